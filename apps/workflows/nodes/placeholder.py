"""Placeholder: stands for an imported node whose type is not supported."""

from __future__ import annotations

from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Parameter,
)
from apps.workflows.engine.port_rules import Listed, PortRule
from apps.workflows.registry import register_node

MAX_PORTS = 100


@register_node
class PlaceholderNode(NodeType):
    """Keeps the data of an unsupported node. Imported disabled; enabled, it fails and says why."""

    type = "placeholder"
    display_name = "Placeholder"
    description = "Stands for a node of another product that could not be converted, and keeps its data."
    group = "flow"
    icon = "circle-dashed"
    color = "logic"
    capabilities = Capabilities(supports_retry=False)
    inputs_rule = PortRule([Listed(parameter="input_ports", most=MAX_PORTS, otherwise=[MAIN])])
    outputs_rule = PortRule([Listed(parameter="output_ports", most=MAX_PORTS, otherwise=[MAIN])])
    summary = "{original_type}"
    parameters = (
        Parameter("original_type", "Original type", default_value="", supports_expressions=False, required=True),
        Parameter("reason", "Why it was not converted", default_value="", supports_expressions=False),
        Parameter("original", "Original data", type="json", default_value={}, supports_expressions=False),
        Parameter("input_ports", "Input ports", type="json", default_value=["main"], supports_expressions=False),
        Parameter("output_ports", "Output ports", type="json", default_value=["main"], supports_expressions=False),
    )
    example = {"original_type": "n8n-nodes-base.slack", "reason": "This node type is not supported yet."}
    documentation = """
An import makes a placeholder of every node that it cannot convert with all its parameters. The node's whole
data is kept under `original`, so nothing is lost: replace it by a supported node, or import again with a
later version.

Placeholders are disabled, so the items of the first input pass through. One that is enabled fails when the
run reaches it.
"""

    def run(self, context: NodeContext) -> NodeResult:
        original = context.raw("original_type")
        raise NodeError(
            f"This step is a placeholder for {original}, which is not supported. "
            "Replace it by another node, or disable it to let the items pass.",
            kind="placeholder",
        )

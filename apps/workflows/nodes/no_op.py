"""No operation: passes everything on."""

from __future__ import annotations

from apps.workflows.engine.node_type import NodeContext, NodeResult, NodeType, single
from apps.workflows.registry import register_node


@register_node
class NoOpNode(NodeType):
    """Passes its items on unchanged."""

    type = "no_op"
    display_name = "No operation"
    description = "Passes the items on unchanged. Useful to join branches or to mark a place."
    group = "flow"
    icon = "arrow-right"
    color = "logic"
    example = {}
    documentation = """
Does nothing on purpose: it marks the end of a branch that needs no step, or gives several branches one
place to come together. Items come out as they went in.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return single(context.items.select(range(len(context.items))))

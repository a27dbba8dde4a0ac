"""Manual trigger: a person, the API or a test starts the workflow."""

from __future__ import annotations

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeResult,
    NodeType,
    Port,
    single,
)
from apps.workflows.registry import register_node


@register_node
class ManualNode(NodeType):
    """Starts a run with the data that the starter gave, or one empty item."""

    type = "manual"
    display_name = "Manual trigger"
    description = "Starts the workflow when somebody runs it, in the designer, over the API or from a test."
    group = "trigger"
    icon = "mouse-pointer-click"
    color = "trigger"
    inputs = ()
    outputs = (Port(MAIN, description="The data that the run was started with, or one empty item"),)
    capabilities = Capabilities(supports_retry=False)
    is_trigger = True
    example = {}
    documentation = """
Use it to run a workflow by hand, or for workflows that are only started over the API.

**Out:** the items of `trigger_data` when the run was started with some, otherwise one empty item, so that the
nodes after it run once.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return single(context.items if len(context.items) else ItemBatch.of([{}]))

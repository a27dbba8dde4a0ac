"""When called by a workflow: begins a workflow that others call."""

from __future__ import annotations

from typing import Any

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
    single,
)
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node


@register_node
class ExecuteWorkflowTriggerNode(NodeType):
    """Starts with the items that the calling workflow hands over."""

    type = "execute_workflow_trigger"
    display_name = "When called by a workflow"
    description = "Starts when another workflow calls this one."
    group = "trigger"
    icon = "log-in"
    color = "trigger"
    inputs = ()
    outputs = (Port(MAIN, description="The items that the caller hands over"),)
    capabilities = Capabilities(supports_retry=False)
    is_trigger = True
    parameters = (
        Parameter(
            "input_mode",
            "Take",
            type="select",
            default_value="all",
            options=[Option("all", "All fields that are handed over"), Option("fields", "Only these fields")],
            supports_expressions=False,
        ),
        Parameter(
            "fields",
            "Fields",
            type="list",
            description="A field that the caller leaves out is null.",
            fields=[Parameter("name", "Name", required=True, supports_expressions=False)],
            display_if={"input_mode": ["fields"]},
            supports_expressions=False,
        ),
    )
    example = {"input_mode": "fields", "fields": [{"name": "order_id"}]}
    documentation = """
Call the workflow from another one with **Execute workflow**. It has to be published, but need not be active; while the
caller is run by hand, a workflow that was never published is called as it is.

**Out:** the items that the caller hands over. With **Only these fields** each item has exactly these: others are left
out, and missing ones are null, so that the nodes that follow can rely on them.
"""

    def run(self, context: NodeContext) -> NodeResult:
        items = context.items if len(context.items) else ItemBatch.of([{}])
        if context.raw("input_mode") != "fields":
            return single(items)
        names = [name for name in map(_name, context.raw("fields") or []) if name]
        return single(ItemBatch([Item({name: item.json.get(name) for name in names}) for item in items]))


def _name(field: Any) -> str:
    return text_of(field.get("name")) if isinstance(field, dict) else ""

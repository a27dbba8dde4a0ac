"""Limit: at most so many items."""

from __future__ import annotations

from apps.workflows.engine.node_type import NodeContext, NodeResult, NodeType, Parameter, single
from apps.workflows.nodes.support.parameters import options, whole_number
from apps.workflows.registry import register_node

MOST = 1_000_000_000


@register_node
class LimitNode(NodeType):
    """Keeps the first or the last items."""

    type = "limit"
    display_name = "Limit"
    description = "Keeps at most so many items, from the beginning or the end."
    group = "flow"
    icon = "list-end"
    color = "data"
    summary = "{keep} · {max_items}"
    parameters = (
        Parameter(
            "max_items",
            "At most",
            type="number",
            default_value=1,
            description="How many items to keep.",
            validation={"min": 0, "max": MOST},
        ),
        Parameter(
            "keep",
            "Keep",
            type="select",
            default_value="first",
            options=options(("first", "The first items"), ("last", "The last items")),
            supports_expressions=False,
        ),
    )
    example = {"max_items": 10, "keep": "first"}
    documentation = """
Passes on at most *At most* items and drops the rest. The order stays as it is.
"""

    def run(self, context: NodeContext) -> NodeResult:
        items = context.items
        most = whole_number(context.param("max_items"), least=0, most=MOST, item=0, parameter="max_items")
        start = max(len(items) - most, 0) if context.param("keep") == "last" else 0
        return single(items.select(range(start, min(start + most, len(items)))))

"""Sort: puts the items in order."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.node_type import (
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    single,
)
from apps.workflows.nodes.support.ordering import order_key
from apps.workflows.nodes.support.parameters import dot_notation_parameter, options
from apps.workflows.nodes.support.paths import get_path
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

_SIMPLE = {"mode": ["simple"]}


@register_node
class SortNode(NodeType):
    """Sorts by fields, or shuffles."""

    type = "sort"
    display_name = "Sort"
    description = "Puts the items in order by one or more fields, or in random order."
    group = "flow"
    icon = "arrow-down-narrow-wide"
    color = "data"
    summary = "{mode} · {fields.field}"
    parameters = (
        Parameter(
            "mode",
            "Order",
            type="select",
            default_value="simple",
            options=[
                Option("simple", "By fields"),
                Option("random", "Random", "The same order when the same run is repeated."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "fields",
            "Fields",
            type="list",
            default_value=[],
            display_if=_SIMPLE,
            validation={"max": 20},
            fields=(
                Parameter("field", "Field", required=True),
                Parameter(
                    "order",
                    "Direction",
                    type="select",
                    default_value="ascending",
                    options=options(("ascending", "Ascending"), ("descending", "Descending")),
                ),
            ),
        ),
        dot_notation_parameter(display_if=_SIMPLE),
    )
    example = {"mode": "simple", "fields": [{"field": "total", "order": "descending"}, {"field": "name"}]}
    documentation = """
**By fields.** The first field decides, the next one where it is equal. Items that are equal in all fields
keep their order. Text is compared without regard to case. Values of different types are kept apart:
booleans, numbers, text, lists, objects; items without a value come last in either direction.

**Random** shuffles the items. A repeated try of the same run gives the same order.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        if parameters.get("mode", "simple") == "simple" and not parameters.get("fields"):
            return {"fields": ["Name at least one field to sort by."]}
        return {}

    def run(self, context: NodeContext) -> NodeResult:
        items = context.items
        positions = list(range(len(items)))
        if context.param("mode") == "random":
            # Seeded by the run: a continued execution must find the order that it left.
            random.Random(context.idempotency_key(0)).shuffle(positions)  # noqa: S311 - no secret
            return single(items.select(positions))
        dotted = bool(context.param("dot_notation"))
        fields = context.param("fields")
        if not fields:
            raise NodeError("Name at least one field to sort by.", kind="bad_value", parameter="fields")
        for entry in reversed(fields):
            _sort_by(context, positions, entry, dotted)
        return single(items.select(positions))


def _sort_by(context: NodeContext, positions: list[int], entry: Mapping[str, Any], dotted: bool) -> None:
    name, descending = str(entry.get("field") or ""), entry.get("order") == "descending"
    keys = [order_key(get_path(item.json, name, dotted), descending) for item in context.items]
    positions.sort(key=keys.__getitem__, reverse=descending)

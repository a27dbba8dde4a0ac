"""Remove duplicates: the first of equal items stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Parameter, single
from apps.workflows.nodes.support.equality import canonical, fields_key
from apps.workflows.nodes.support.parameters import dot_notation_parameter, include_fields_parameter, options
from apps.workflows.nodes.support.paths import MISSING, get_path, names_of, with_path, without_path
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

_SOME = ("selected", "except")


@register_node
class RemoveDuplicatesNode(NodeType):
    """Drops items that are equal to an earlier one."""

    type = "remove_duplicates"
    display_name = "Remove duplicates"
    description = "Keeps the first of all items that are equal, in all fields or in those that you name."
    group = "flow"
    icon = "copy-minus"
    color = "data"
    summary = "{compare} · {include_fields}"
    parameters = (
        Parameter(
            "compare",
            "Compare",
            type="select",
            default_value="all",
            options=options(("all", "All fields"), ("selected", "Selected fields"), ("except", "All fields except")),
            supports_expressions=False,
        ),
        include_fields_parameter({"compare": list(_SOME)}),
        dot_notation_parameter(display_if={"compare": list(_SOME)}),
        Parameter(
            "remove_other_fields",
            "Keep compared fields only",
            type="boolean",
            default_value=False,
            description="Drop the fields that were not compared.",
            display_if={"compare": list(_SOME)},
            supports_expressions=False,
        ),
    )
    example = {"compare": "selected", "include_fields": ["customer.email"]}
    documentation = """
**In:** any number of items. **Out:** the first item of each kind, in the order in which they came.

Values are equal when they have the same type and content: `1` and `1.0` are, `1` and `"1"` are not, and
a field that is missing differs from one that is null. The order of an object's fields does not matter. Files are
not looked at.

Only the items of this run are compared with each other, not those of earlier executions.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        if parameters.get("compare") in _SOME and not parameters.get("include_fields"):
            return {"include_fields": ["Name the fields."]}
        return {}

    def run(self, context: NodeContext) -> NodeResult:
        key, compared = _comparison(context)
        strip = context.param("compare") in _SOME and bool(context.param("remove_other_fields"))
        seen: set[str] = set()
        kept = []
        for position, item in enumerate(context.items):
            found = key(item.json)
            if found not in seen:
                seen.add(found)
                kept.append(Item(compared(item.json) if strip else item.json, item.binary, (Pair(position),)))
        return single(ItemBatch(kept))


def _comparison(context: NodeContext) -> tuple[Callable[[JsonObject], str], Callable[[JsonObject], JsonObject]]:
    """What items are compared by, and the part of an item that this looks at."""
    compare = context.param("compare")
    if compare not in _SOME:
        return canonical, lambda json: json
    names, dotted = names_of(context.param("include_fields")), bool(context.param("dot_notation"))
    if not names:
        raise NodeError("Name the fields to compare.", kind="bad_value", parameter="include_fields")
    if compare == "selected":
        return lambda json: fields_key(json, names, dotted), lambda json: _only(json, names, dotted)
    return lambda json: canonical(_without(json, names, dotted)), lambda json: _without(json, names, dotted)


def _only(json: JsonObject, names: list[str], dotted: bool) -> JsonObject:
    made: JsonObject = {}
    for name in names:
        if (value := get_path(json, name, dotted)) is not MISSING:
            made = with_path(made, name, value, dotted and name not in json)
    return made


def _without(json: JsonObject, names: list[str], dotted: bool) -> JsonObject:
    for name in names:
        json = without_path(json, name, dotted)
    return json

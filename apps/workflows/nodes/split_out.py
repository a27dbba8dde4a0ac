"""Split out: a list inside an item becomes items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Parameter
from apps.workflows.nodes.support.parameters import (
    dot_notation_parameter,
    include_fields_parameter,
    options,
)
from apps.workflows.nodes.support.paths import MISSING, get_path, names_of, without_path
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue


@register_node
class SplitOutNode(NodeType):
    """Makes one item of each entry of one or more lists."""

    type = "split_out"
    display_name = "Split out"
    description = "Makes an item of each entry of a list that is inside of an item."
    group = "flow"
    icon = "ungroup"
    color = "data"
    summary = "{fields.field}"
    parameters = (
        Parameter(
            "fields",
            "Fields to split out",
            type="list",
            required=True,
            default_value=[],
            validation={"min": 1, "max": 20},
            fields=(
                Parameter("field", "Field", required=True, placeholder="order.lines"),
                Parameter("destination", "Put entries under", description="Empty: the field's own name."),
            ),
        ),
        Parameter(
            "include",
            "Other fields",
            type="select",
            default_value="none",
            options=options(("none", "None"), ("all", "All"), ("selected", "Selected")),
            supports_expressions=False,
        ),
        include_fields_parameter({"include": ["selected"]}),
        dot_notation_parameter(),
        Parameter(
            "include_binary",
            "Keep files",
            type="boolean",
            default_value=False,
            description="Give each new item the files of the item that it came from.",
            supports_expressions=False,
        ),
    )
    example = {"fields": [{"field": "order.lines"}], "include": "selected", "include_fields": ["order.id"]}
    documentation = """
**In:** items with a list. **Out:** one item for each entry.

- Entries that are objects become the item themselves, as long as one field is split, it has no destination
  and no other fields are included. In all other cases an entry is put under the field's name (for a path,
  under the whole name) or its destination.
- Several fields are split side by side: the first entries of all go into the first item, and so on.
- A single value counts as a list of one, an object as the list of its values, a missing field as an empty
  list.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        if parameters.get("include") == "selected" and not parameters.get("include_fields"):
            return {"include_fields": ["Name the fields to include."]}
        return {}

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, position: _split(context, item, position))


def _split(context: NodeContext, item: Item, position: int) -> list[Item]:
    dotted = bool(context.param("dot_notation", position))
    include = context.param("include", position)
    fields = _fields(context, position)
    bare = include == "none" and len(fields) == 1 and not fields[0][1]
    rows: list[JsonObject] = []
    for field, destination in fields:
        for row, entry in enumerate(_entries(get_path(item.json, field, dotted))):
            if row == len(rows):
                rows.append({})
            if bare and isinstance(entry, dict):
                rows[row].update(entry)
            else:
                rows[row][destination or field] = entry
    others = _others(context, item, position, [field for field, _ in fields])
    binary = item.binary if context.param("include_binary", position) else None
    return [Item({**others, **row}, binary) for row in rows]


def _fields(context: NodeContext, position: int) -> list[tuple[str, str]]:
    entries = context.param("fields", position)
    fields = [(str(entry.get("field") or "").strip(), str(entry.get("destination") or "").strip()) for entry in entries]
    fields = [(field, destination) for field, destination in fields if field]
    if not fields:
        raise NodeError("Name a field to split out.", kind="bad_value", item=position, parameter="fields")
    return fields


def _entries(value: Any) -> list[Any]:
    if value is MISSING:
        return []
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _others(context: NodeContext, item: Item, position: int, fields: list[str]) -> JsonObject:
    include = context.param("include", position)
    dotted = bool(context.param("dot_notation", position))
    if include == "all":
        rest = item.json
        for field in fields:
            rest = without_path(rest, field, dotted)
        return rest
    if include != "selected":
        return {}
    names = names_of(context.param("include_fields", position))
    found = {name: get_path(item.json, name, dotted) for name in names}
    return {name: value for name, value in found.items() if value is not MISSING}

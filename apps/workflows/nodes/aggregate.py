"""Aggregate: many items become one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import (
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    single,
)
from apps.workflows.nodes.support.parameters import (
    dot_notation_parameter,
    include_fields_parameter,
    options,
)
from apps.workflows.nodes.support.paths import MISSING, BadPath, get_path, names_of, with_path
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

_FIELDS = {"mode": ["fields"]}
_ALL = {"mode": ["all_items"]}


@register_node
class AggregateNode(NodeType):
    """Collects values of all items in lists of a single item."""

    type = "aggregate"
    display_name = "Aggregate"
    description = "Collects all items, or single fields of them, in lists inside of one item."
    group = "flow"
    icon = "group"
    color = "data"
    summary = "{mode} · {fields.field} · {destination}"
    parameters = (
        Parameter(
            "mode",
            "Collect",
            type="select",
            default_value="fields",
            options=[
                Option("fields", "Single fields", "A list for each field."),
                Option("all_items", "Whole items", "One list of all items."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "fields",
            "Fields",
            type="list",
            default_value=[],
            display_if=_FIELDS,
            validation={"max": 100},
            fields=(
                Parameter("field", "Field", required=True),
                Parameter("output_name", "Call it", description="Empty: the last part of the field's name."),
            ),
        ),
        Parameter(
            "merge_lists",
            "Merge lists",
            type="boolean",
            default_value=False,
            description="Fields that are lists give their entries, not a list of lists.",
            display_if=_FIELDS,
            supports_expressions=False,
        ),
        Parameter(
            "keep_missing",
            "Keep missing values",
            type="boolean",
            default_value=False,
            description="As null, so that all lists have as many entries as there are items.",
            display_if=_FIELDS,
            supports_expressions=False,
        ),
        dot_notation_parameter(display_if=_FIELDS),
        Parameter("destination", "Put the list under", default_value="data", display_if=_ALL),
        Parameter(
            "include",
            "Fields of the items",
            type="select",
            default_value="all",
            options=options(("all", "All"), ("selected", "Selected"), ("except", "All except")),
            display_if=_ALL,
            supports_expressions=False,
        ),
        include_fields_parameter({"mode": ["all_items"], "include": ["selected", "except"]}),
        Parameter(
            "include_binary",
            "Keep files",
            type="boolean",
            default_value=False,
            description="Give the new item the files of all items; later ones of the same name get a number.",
            supports_expressions=False,
        ),
    )
    example = {"mode": "fields", "fields": [{"field": "user.email", "output_name": "recipients"}]}
    documentation = """
**In:** any number of items. **Out:** one item.

*Single fields* makes a list for each field. Missing and null values are left out, in lists too, unless you
keep them. *Whole items* puts the JSON of all items into one list; items in which no chosen field is left
are dropped.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        if parameters.get("mode", "fields") != "fields":
            return {}
        fields = parameters.get("fields")
        if not fields:
            return {"fields": ["Name at least one field to collect."]}
        return {}

    def run(self, context: NodeContext) -> NodeResult:
        items = context.items
        if context.param("mode") == "all_items":
            json, used = _whole_items(context, items)
        else:
            json, used = _single_fields(context, items), list(range(len(items)))
        binary = _files(items) if context.param("include_binary") else None
        return single(ItemBatch([Item(json, binary, tuple(Pair(position) for position in used))]))


def _single_fields(context: NodeContext, items: ItemBatch) -> JsonObject:
    dotted = bool(context.param("dot_notation"))
    keep_missing, merge_lists = bool(context.param("keep_missing")), bool(context.param("merge_lists"))
    collected: dict[str, list[Any]] = {}
    for entry in context.param("fields"):
        field = str(entry.get("field") or "").strip()
        name = str(entry.get("output_name") or "").strip() or (field.split(".")[-1] if dotted else field)
        if not field or name in collected:
            problem = f"The name {name!r} is used twice." if field else "A field's name is missing."
            raise NodeError(problem, kind="bad_value", parameter="fields")
        collected[name] = []
        for item in items:
            collected[name] += _values(get_path(item.json, field, dotted), keep_missing, merge_lists)
    json: JsonObject = {}
    for name, values in collected.items():
        try:
            json = with_path(json, name, values, dotted)
        except BadPath as problem:
            raise NodeError(str(problem), kind="bad_value", parameter="fields") from None
    return json


def _values(value: Any, keep_missing: bool, merge_lists: bool) -> list[Any]:
    if value is MISSING or value is None:
        return [None] if keep_missing else []
    if isinstance(value, list):
        kept = value if keep_missing else [entry for entry in value if entry is not None]
        return kept if merge_lists else [kept]
    return [value]


def _whole_items(context: NodeContext, items: ItemBatch) -> tuple[JsonObject, list[int]]:
    include = context.param("include")
    names = set(names_of(context.param("include_fields")))
    chosen: list[Any] = []
    used = []
    for position, item in enumerate(items):
        json = item.json
        if include != "all":
            wanted = include == "selected"
            json = {name: value for name, value in json.items() if (name in names) == wanted}
        if json or include == "all":
            chosen.append(json)
            used.append(position)
    return {str(context.param("destination") or "data"): chosen}, used


def _files(items: ItemBatch) -> JsonObject | None:
    files: JsonObject = {}
    for item in items:
        for name, file in (item.binary or {}).items():
            number = 0
            while (free := f"{name}_{number}" if number else name) in files:
                number += 1
            files[free] = file
    return files or None

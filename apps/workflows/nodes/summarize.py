"""Summarize: figures over items, for all or for each group."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter, single
from apps.workflows.nodes.support.aggregations import AGGREGATIONS, NotANumber, TooLong, is_empty
from apps.workflows.nodes.support.equality import canonical, fields_key
from apps.workflows.nodes.support.parameters import dot_notation_parameter
from apps.workflows.nodes.support.paths import MISSING, get_path, names_of
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_GROUP_FIELDS = 20
_SEPARATES = re.compile(r"[ .]")
_DROPPED = re.compile(r"[\]\[\"]")


@register_node
class SummarizeNode(NodeType):
    """Sums, counts, averages and more, for all items together or for each group."""

    type = "summarize"
    display_name = "Summarize"
    description = "Counts, sums and collects values of all items, together or in groups, as a pivot table does."
    group = "flow"
    icon = "sigma"
    color = "data"
    summary = "{fields.aggregation} · {fields.field}"
    parameters = (
        Parameter(
            "fields",
            "Fields",
            type="list",
            required=True,
            default_value=[],
            validation={"min": 1, "max": 100},
            fields=(
                Parameter(
                    "aggregation",
                    "Work out",
                    type="select",
                    default_value="count",
                    options=[Option(name, known.label) for name, known in AGGREGATIONS.items()],
                ),
                Parameter("field", "Of the field", required=True),
                Parameter(
                    "include_empty",
                    "Include empty values",
                    type="boolean",
                    default_value=False,
                    description="Missing and null values and empty texts too, for counts, lists and joined texts.",
                ),
                Parameter("separator", "Separator", default_value=",", description="Between joined texts."),
                Parameter("output_name", "Call it", description="Empty: such as `sum_price`."),
            ),
        ),
        Parameter(
            "group_by",
            "Group by",
            type="json",
            default_value=[],
            description="A list of field names, or one text with commas. Empty: all items are one group.",
        ),
        Parameter(
            "skip_empty_groups",
            "Skip items without a group",
            type="boolean",
            default_value=False,
            description="Leave items out whose field to group by is missing or empty.",
            supports_expressions=False,
        ),
        Parameter(
            "output",
            "Answer",
            type="select",
            default_value="items",
            options=[
                Option("items", "An item for each group"),
                Option("single_item", "One item", "An object of groups inside of groups."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "ignore_missing",
            "Ignore unknown fields",
            type="boolean",
            default_value=False,
            description="A field that no item has is otherwise an error.",
            supports_expressions=False,
        ),
        dot_notation_parameter(),
    )
    example = {
        "fields": [{"aggregation": "sum", "field": "total"}, {"aggregation": "count", "field": "id"}],
        "group_by": ["customer.country"],
    }
    documentation = """
**In:** any number of items. **Out:** one item for each group, in the order in which the groups were met, or one item
for all.

A result is called by what was done and the field: `sum_total`, `unique_count_customer_id`, `appended_tags`; spaces
and dots in the field become underscores. Empty values (missing, null, empty text) are left out.

- **Sum** and **average** take numbers and texts that spell one; anything else is an error. The sum of nothing is 0,
  the average null.
- **Minimum** and **maximum** put numbers before texts, as the node *Sort* does.
- **One item** gives an object for each field to group by, with the group's value as the name:
  `{"DE": {"sum_total": 5}}`.

Each answer is paired with all the items of its group.
"""

    def run(self, context: NodeContext) -> NodeResult:
        items = context.items
        dotted = bool(context.param("dot_notation"))
        fields = _fields(context)
        if not context.param("ignore_missing"):
            _refuse_unknown(items, fields, dotted)
        names = names_of(context.param("group_by"))
        if len(names) > MAX_GROUP_FIELDS:
            raise NodeError(
                f"At most {MAX_GROUP_FIELDS} fields to group by are allowed.", kind="bad_value", parameter="group_by"
            )
        nested = context.param("output") == "single_item" and bool(names)
        groups = _groups(items, names, dotted, bool(context.param("skip_empty_groups")), by_text=nested)
        found = [(members, _figures(items, members, fields, dotted)) for members in groups]
        if nested:
            return single(_nested(items, names, dotted, found))
        made = []
        for members, figures in found:
            values = _group_values(items[members[0]], names, dotted) if members else []
            labels = {_clean(name): value for name, value in zip(names, values, strict=False)}
            made.append(Item({**labels, **figures}, None, _pairs(members)))
        return single(ItemBatch(made))


def _fields(context: NodeContext) -> list[Mapping[str, Any]]:
    entries: list[Mapping[str, Any]] = context.param("fields")
    names = set()
    for number, entry in enumerate(entries):
        if text_of(entry.get("aggregation", "count")) not in AGGREGATIONS or not text_of(entry.get("field")):
            raise NodeError("Choose a field and what to work out.", kind="bad_value", parameter=f"fields[{number}]")
        names.add(_output_name(entry))
    if not entries or len(names) < len(entries):
        problem = "Two results have the same name." if entries else "Name at least one field."
        raise NodeError(problem, kind="bad_value", parameter="fields")
    return entries


def _output_name(entry: Mapping[str, Any]) -> str:
    prefix = AGGREGATIONS[entry.get("aggregation", "count")].prefix
    return text_of(entry.get("output_name")) or _clean(f"{prefix}_{text_of(entry.get('field'))}")


def _clean(name: str) -> str:
    return _SEPARATES.sub("_", _DROPPED.sub("", name))


def _refuse_unknown(items: ItemBatch, fields: Sequence[Mapping[str, Any]], dotted: bool) -> None:
    for number, entry in enumerate(fields):
        name = text_of(entry.get("field"))
        if items and all(get_path(item.json, name, dotted) is MISSING for item in items):
            raise NodeError(
                f"No item has the field {name!r}.", kind="field_missing", parameter=f"fields[{number}].field"
            )


def _groups(items: ItemBatch, names: list[str], dotted: bool, skip_empty: bool, *, by_text: bool) -> list[list[int]]:
    """The positions of the items of each group; with ``by_text`` values of one spelling are one group."""
    if not names:
        return [list(range(len(items)))]
    groups: dict[str, list[int]] = {}
    for position, item in enumerate(items):
        if skip_empty and any(is_empty(value) for value in _group_values(item, names, dotted)):
            continue
        values = _group_values(item, names, dotted)
        key = canonical([text_of(value) for value in values]) if by_text else fields_key(item.json, names, dotted)
        groups.setdefault(key, []).append(position)
    return list(groups.values())


def _group_values(item: Item, names: Sequence[str], dotted: bool) -> list[JsonValue]:
    found = [get_path(item.json, name, dotted) for name in names]
    return [None if value is MISSING else value for value in found]


def _figures(items: ItemBatch, members: Sequence[int], fields: Sequence[Mapping[str, Any]], dotted: bool) -> JsonObject:
    figures: JsonObject = {}
    for number, entry in enumerate(fields):
        known = AGGREGATIONS[entry.get("aggregation", "count")]
        name = text_of(entry.get("field"))
        all_values = [(at, get_path(items[at].json, name, dotted)) for at in members]
        held = [(at, None if value is MISSING else value) for at, value in all_values]
        if not (known.keeps_empty and entry.get("include_empty")):
            held = [(at, value) for at, value in held if not is_empty(value)]
        try:
            separator = text_of(entry.get("separator", ","))
            figures[_output_name(entry)] = known.work([value for _, value in held], separator)
        except NotANumber as problem:
            raise NodeError(
                str(problem),
                kind="conversion_failed",
                item=held[problem.position][0],
                parameter=f"fields[{number}].field",
            ) from None
        except TooLong as problem:
            raise NodeError(str(problem), kind="too_large", parameter=f"fields[{number}].field") from None
    return figures


def _nested(
    items: ItemBatch, names: Sequence[str], dotted: bool, found: Sequence[tuple[list[int], JsonObject]]
) -> ItemBatch:
    """One item: a level of objects for each field to group by."""
    json: dict[str, Any] = {}
    for members, figures in found:
        *outer, last = [text_of(value) for value in _group_values(items[members[0]], names, dotted)]
        place = json
        for label in outer:
            place = place.setdefault(label, {})
        place[last] = figures
    used = sorted(position for members, _ in found for position in members)
    return ItemBatch([Item(json, None, _pairs(used))])


def _pairs(members: Sequence[int]) -> tuple[Pair, ...]:
    return tuple(Pair(position) for position in members)

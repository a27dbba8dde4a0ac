"""Zones of a column in the words of a rule: the conditions that hold for just these."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from apps.decision_tables.engine.columns import OPERATORS_OF
from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.regions import Cut
from apps.decision_tables.engine.table import InputColumn
from apps.decision_tables.engine.verification.grid import Axis
from apps.decision_tables.engine.verification.inhabitants import key_json
from apps.decision_tables.engine.verification.zones import Shape, Zone, is_end

Entry = dict[str, Any]
_SINGLE = frozenset({Shape.POINT, Shape.OTHER})
_WORDS = {
    "==": "is",
    "!=": "is not",
    "in": "is one of",
    "notIn": "is none of",
    ">": ">",
    ">=": "≥",
    "<": "<",
    "<=": "≤",
}
# Numbers and texts, by their rank among all values.
_ORDERED_KINDS = frozenset({1, 2})
_MAKES = {"date": "date", "datetime": "date and time", "time": "time", "duration": "duration"}


def joined_zones(axis: Axis, start: int, allowed: int) -> int:
    """The zones that one condition can name together with the first one, of those allowed (bits)."""
    everywhere = axis.everywhere
    if allowed == everywhere:
        return everywhere
    zones = axis.line.zones
    shape = zones[start].shape
    values = sum(1 << at for at, zone in enumerate(zones) if zone.shape is not Shape.NULL)
    if shape is not Shape.NULL and allowed & values == values:
        return values
    if shape in _SINGLE and "in" in OPERATORS_OF[axis.line.column.type]:
        return sum(1 << at for at in bits_of(allowed) if zones[at].shape in _SINGLE)
    if shape is not Shape.RANGE:
        return 1 << start
    if not _has_order(axis.line.column, zones[start]):
        return 1 << start
    first = last = start
    while not is_end(zones[first].low) and _continues(zones, first - 1, allowed):
        first -= 1
    while not is_end(zones[last].high) and _continues(zones, last + 1, allowed):
        last += 1
    if is_end(zones[first].low) and is_end(zones[last].high):
        return 1 << start  # all values of one kind, which no condition names
    return sum(1 << at for at in range(first, last + 1))


def _has_order(column: InputColumn, zone: Zone) -> bool:
    """Whether conditions can say what is before or behind the ends of a range: not all kinds have an order."""
    cuts = [cut for cut in (zone.low, zone.high) if cut is not None and not is_end(cut)]
    return column.type != "any" or all(cut[0][0] in _ORDERED_KINDS for cut in cuts)


def _continues(zones: Sequence[Zone], at: int, allowed: int) -> bool:
    return 0 <= at < len(zones) and bool(allowed >> at & 1) and zones[at].shape is Shape.RANGE


def conditions_for(axis: Axis, zones: int) -> list[Entry]:
    """The conditions that hold for the zones of one ``joined_zones``, which began with a zone of a known value."""
    column = axis.line.column
    if zones == axis.everywhere:
        return []
    chosen = [axis.line.zones[at] for at in bits_of(zones)]
    first = chosen[0]
    if first.shape is Shape.NULL:
        return _said(column, [("==", None)], "null")
    if zones.bit_count() == sum(zone.shape is not Shape.NULL for zone in axis.line.zones):
        return _said(column, [("!=", None)], "not(null)")
    whole_kind = is_end(first.low) and is_end(chosen[-1].high)
    if first.shape is Shape.RANGE and not whole_kind and _has_order(column, first):
        return _between(axis, first.low, chosen[-1].high)
    if first.shape in (Shape.ASKED, Shape.RANGE):
        return _values(column, [first.value])
    if any(zone.shape is Shape.OTHER for zone in chosen):
        rest = [zone.value for zone in _points(axis) if zone not in chosen]
        return _values(column, rest, negated=True) if rest else _values(column, [first.value])
    return _values(column, [zone.value for zone in chosen])


def sentence(column: InputColumn, conditions: Sequence[Entry]) -> str:
    """Conditions on a column as people say them."""
    name = column.label or column.name
    parts = []
    for entry in conditions:
        if "feel" in entry:
            parts.append(f"{name}: {entry['feel']}")
        elif entry["value"] is None:
            parts.append(f"{name} has {'no' if entry['operator'] == '==' else 'a'} value")
        else:
            parts.append(f"{name} {_WORDS[entry['operator']]} {_shown(entry['value'])}")
    return " and ".join(parts)


def _shown(value: Any) -> str:
    return (
        ", ".join(map(_shown, value)) if isinstance(value, list) else json.dumps(value, ensure_ascii=False, default=str)
    )


def _points(axis: Axis) -> list[Zone]:
    return [zone for zone in axis.line.zones if zone.shape is Shape.POINT]


def _values(column: InputColumn, values: list[Any], *, negated: bool = False) -> list[Entry]:
    one, many = ("!=", "notIn") if negated else ("==", "in")
    listed = ", ".join(text for value in values if (text := _feel(column.type, value)))
    told = [(many, values)] if len(values) > 1 else [(one, values[0])]
    if many not in OPERATORS_OF[column.type]:
        told = [(one, value) for value in values]
    return _said(column, told, f"not({listed})" if negated else listed)


def _between(axis: Axis, low: Cut | None, high: Cut | None) -> list[Entry]:
    column = axis.line.column
    like = next((cell.sample for cell in axis.line.cells if cell.sample is not None), None)
    low, high = (None if is_end(cut) else cut for cut in (low, high))
    ends = [None if cut is None else key_json(column.type, cut[0], like) for cut in (low, high)]
    if low is not None and high is not None and low == (high[0], 0):
        return _values(column, [ends[0]])
    told: list[tuple[str, Any]] = []
    if low is not None:
        told.append((">" if low[1] else ">=", ends[0]))
    if high is not None:
        told.append(("<=" if high[1] else "<", ends[1]))
    texts = [f"{operator} {_feel(column.type, value)}" for operator, value in told]
    if len(told) == 2:
        opening, closing = "(" if low and low[1] else "[", "]" if high and high[1] else ")"
        texts = [f"{opening}{_feel(column.type, ends[0])}..{_feel(column.type, ends[1])}{closing}"]
    return _said(column, told, texts[0])


def _said(column: InputColumn, told: list[tuple[str, Any]], text: str) -> list[Entry]:
    """By operators where the column takes them, else as FEEL."""
    taken = OPERATORS_OF[column.type] if column.operators is None else column.operators
    if all(operator in taken for operator, _value in told):
        return [{"column": column.name, "operator": operator, "value": value} for operator, value in told]
    return [{"column": column.name, "feel": text}]


def _feel(column_type: str, value: Any) -> str:
    """A JSON value of a column as FEEL writes it."""
    if column_type in _MAKES:
        return f"{_MAKES[column_type]}({json.dumps(value)})"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)

"""What a DMN decision table makes of the rules that matched.

Each policy takes the rows of the matching rules (one value per output column, in the order of the rules) and gives
the rows that count; ``aggregated`` then makes one value of a column. A violated policy gives null, as DMN says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from apps.decision_tables.engine.feel.arithmetic import add
from apps.decision_tables.engine.feel.comparing import compare, same
from apps.decision_tables.engine.feel.values import Value

Row: TypeAlias = tuple[Value, ...]
Orders: TypeAlias = Sequence[Sequence[Value]]

SHORT: Mapping[str, str] = {
    "U": "UNIQUE",
    "A": "ANY",
    "P": "PRIORITY",
    "F": "FIRST",
    "R": "RULE ORDER",
    "O": "OUTPUT ORDER",
    "C": "COLLECT",
}
SINGLE = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})


def policy_name(text: str) -> str:
    """Return the policy's long name, ``UNIQUE`` when nothing is said."""
    words = " ".join(text.upper().replace("_", " ").split())
    return SHORT.get(words, words) or "UNIQUE"


def select(policy: str, rows: list[Row], orders: Orders) -> list[Row] | None:
    """Return the rows that count, none (``None``) where the policy is violated or unknown."""
    chosen = _POLICIES.get(policy)
    return chosen(rows, orders) if chosen is not None else None


def _unique(rows: list[Row], _orders: Orders) -> list[Row] | None:
    return rows if len(rows) == 1 else None


def _any(rows: list[Row], _orders: Orders) -> list[Row] | None:
    agree = all(same(list(row), list(rows[0])) for row in rows)
    return rows[:1] if agree else None


def _first(rows: list[Row], _orders: Orders) -> list[Row]:
    return rows[:1]


def _priority(rows: list[Row], orders: Orders) -> list[Row]:
    return _output_order(rows, orders)[:1]


def _output_order(rows: list[Row], orders: Orders) -> list[Row]:
    return sorted(rows, key=lambda row: [_rank(value, order) for value, order in zip(row, orders, strict=True)])


def _all(rows: list[Row], _orders: Orders) -> list[Row]:
    return rows


_POLICIES: Mapping[str, Callable[[list[Row], Orders], list[Row] | None]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "OUTPUT ORDER": _output_order,
    "RULE ORDER": _all,
    "COLLECT": _all,
}


def _rank(value: Value, order: Sequence[Value]) -> int:
    for index, allowed in enumerate(order):
        if same(value, allowed):
            return index
    return len(order)


def aggregated(aggregation: str, values: Sequence[Value]) -> Value:
    """Return SUM, COUNT, MIN or MAX of a column; null where it is not defined."""
    if aggregation == "COUNT":
        return Decimal(len(values))
    if not values or aggregation not in ("SUM", "MIN", "MAX"):
        return None
    return _sum(values) if aggregation == "SUM" else _extreme(values, -1 if aggregation == "MIN" else 1)


def _sum(values: Sequence[Value]) -> Value:
    total = values[0]
    for value in values[1:]:
        total = add(total, value)
    return None if isinstance(total, str) else total


def _extreme(values: Sequence[Value], sign: int) -> Value:
    best = values[0]
    for value in values[1:]:
        order = compare(value, best)
        if order is None:
            return None
        if order * sign > 0:
            best = value
    return best

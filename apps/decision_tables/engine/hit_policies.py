"""What matching rules come to under each hit policy.

The bits of a mask stand for the enabled rules in the order of ``ranking``: the lowest bit is the first, or the most
important one where the policy goes by importance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from apps.decision_tables.engine.coercion import domain_of, feel_value, plain_json
from apps.decision_tables.engine.faults import expression_failed
from apps.decision_tables.engine.feel.arithmetic import add
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.table import FeelOutput, OutputColumn, Rule, Table

Outputs = Mapping[str, Any]
BY_IMPORTANCE = frozenset({"PRIORITY", "OUTPUT_ORDER"})


def ranking(table: Table) -> list[Rule]:
    """The enabled rules as their bits stand: by priority and row, before that by importance of constant outputs."""
    rows = sorted((rule for rule in table.rules if rule.enabled), key=lambda rule: rule.priority)
    if table.hit_policy in BY_IMPORTANCE and not ranks_late(table):
        columns = ranked_columns(table)
        rows.sort(key=lambda rule: importance(columns, answer_of(table, rule)))
    return rows


def ranked_columns(table: Table) -> list[tuple[OutputColumn, dict[Any, int]]]:
    """The output columns that say what is important, each with the place of every allowed value."""
    return [
        (column, {_key(column, value): at for at, value in enumerate(column.allowed_values)})
        for column in table.output_columns
        if column.allowed_values
    ]


def ranks_late(table: Table) -> bool:
    """Whether importance is known only when expressions have been worked out."""
    names = {column.name for column in table.output_columns if column.allowed_values}
    return any(isinstance(rule.outputs.get(name), FeelOutput) for rule in table.rules if rule.enabled for name in names)


def importance(columns: Sequence[tuple[OutputColumn, Mapping[Any, int]]], outputs: Outputs) -> tuple[int, ...]:
    """How far down the lists of allowed values the outputs are; what is not in a list comes last."""
    return tuple(
        len(places) if outputs[column.name] is None else places.get(_key(column, outputs[column.name]), len(places))
        for column, places in columns
    )


def answer_of(table: Table, rule: Rule) -> dict[str, Any]:
    """The outputs of a rule over the defaults of its columns; null where there is neither."""
    return {column.name: rule.outputs.get(column.name, column.default_value) for column in table.output_columns}


def default_answer(table: Table) -> dict[str, Any]:
    """What a table answers when no rule matches."""
    defaults = {
        column.name: column.default_value for column in table.output_columns if column.default_value is not None
    }
    return {**defaults, **table.default_outputs}


def agreement(columns: Sequence[OutputColumn], outputs: Outputs) -> tuple[Any, ...]:
    """What outputs that are the same have in common."""
    return tuple(None if outputs[column.name] is None else (_key(column, outputs[column.name]),) for column in columns)


def gathered(table: Table, answers: Sequence[Outputs]) -> dict[str, Any]:
    """The outputs of several rules, per column: a list, or what COLLECT makes of it."""
    aggregate = _AGGREGATES.get(table.aggregation or "list") if table.hit_policy == "COLLECT" else None
    lists = {column.name: [answer[column.name] for answer in answers] for column in table.output_columns}
    if aggregate is None:
        return lists
    return {
        column.name: aggregate(column, [value for value in lists[column.name] if value is not None])
        for column in table.output_columns
    }


def _key(column: OutputColumn, value: Any) -> Any:
    domain = domain_of(column.type)
    return domain.key(domain.read(value))


def _sum(column: OutputColumn, values: Sequence[Any]) -> Any:
    if not values:
        return None
    read = domain_of(column.type).read
    total: Value = feel_value(read(values[0]))
    for value in values[1:]:
        total = add(total, feel_value(read(value)))
    if total is None or (not isinstance(total, Decimal) and column.type == "any"):
        raise expression_failed(f"the output {column.name!r}", "sum", "these values cannot be added.")
    return plain_json(total)


def _extreme(pick: Callable[..., Any]) -> Callable[[OutputColumn, Sequence[Any]], Any]:
    def extreme(column: OutputColumn, values: Sequence[Any]) -> Any:
        return pick(values, key=lambda value: _key(column, value), default=None)

    return extreme


def _count(_column: OutputColumn, values: Sequence[Any]) -> int:
    return len(values)


_AGGREGATES: Mapping[str, Callable[[OutputColumn, Sequence[Any]], Any]] = {
    "sum": _sum,
    "min": _extreme(min),
    "max": _extreme(max),
    "count": _count,
}

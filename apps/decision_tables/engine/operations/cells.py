"""The cells of one column in one rule or in all: read, set, and taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apps.collaboration.contracts import State
from apps.decision_tables.engine.operations.places import Entry, columns_of, exchanged, rules_of, with_member

INPUTS, OUTPUTS = "input_columns", "output_columns"


def conditions_of(rule: Entry, column: str) -> list[Entry] | None:
    """The conditions of a rule on a column, without the column's name; None when there are none."""
    found = [
        {name: value for name, value in entry.items() if name != "column"}
        for entry in rule.get("conditions") or []
        if entry["column"] == column
    ]
    return found or None


def with_conditions(rule: Entry, column: str, entries: list[Entry] | None) -> Entry:
    """The rule with these conditions on the column, where its first one stood, else at the end."""
    held: list[Entry] = rule.get("conditions") or []
    at = next((at for at, entry in enumerate(held) if entry["column"] == column), len(held))
    added = [{"column": column, **entry} for entry in entries or []]
    rest = [entry for entry in held[at:] if entry["column"] != column]
    return {**rule, "conditions": [*held[:at], *added, *rest]}


def cell_of(side: str, rule: Entry, column: str) -> Any:
    """What a rule has in a column: conditions or an output, None for nothing."""
    if side == INPUTS:
        return conditions_of(rule, column)
    return (rule.get("outputs") or {}).get(column)


def with_cell(side: str, rule: Entry, column: str, value: Any) -> Entry:
    """The rule with another cell; null takes it away."""
    if side == INPUTS:
        return with_conditions(rule, column, value)
    return {**rule, "outputs": with_member(rule.get("outputs") or {}, column, value)}


def column_cells(state: State, side: str, column: str) -> dict[str, Any]:
    """The cells of a column by rule; rules without one are left out."""
    found = ((rule["id"], cell_of(side, rule, column)) for rule in rules_of(state))
    return {rule_id: cell for rule_id, cell in found if cell is not None}


def with_column_cells(state: State, side: str, column: str, cells: Mapping[str, Any]) -> State:
    """The state with exactly these cells in the column."""

    def changed(rule: Entry) -> Entry:
        cell = cells.get(rule["id"])
        if cell is None and cell_of(side, rule, column) is None:
            return rule
        return with_cell(side, rule, column, cell)

    return {**state, "rules": [changed(rule) for rule in rules_of(state)]}


def default_of(state: State, side: str, column: str) -> Any:
    """What ``default_outputs`` has for an output column."""
    return (state.get("default_outputs") or {}).get(column) if side == OUTPUTS else None


def with_default(state: State, side: str, column: str, value: Any) -> State:
    """The state with another value for the column in ``default_outputs``, or none."""
    if default_of(state, side, column) is None and value is None:
        return state
    return {**state, "default_outputs": with_member(state.get("default_outputs") or {}, column, value)}


def with_column(state: State, side: str, column: Entry) -> State:
    """The state with another column in the place of the one with its name."""
    return {**state, side: exchanged(columns_of(state, side), "name", column["name"], column)}


def with_rule(state: State, rule_id: str, change: Callable[[Entry], Entry]) -> State:
    """The state with one rule changed."""
    return {**state, "rules": [change(rule) if rule["id"] == rule_id else rule for rule in rules_of(state)]}

"""Whether a table still reads after an edit. Only what the edit touches is read, so that a cell costs the same in a
table of any length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.collaboration.contracts import OperationError, State, Unfit
from apps.decision_tables.engine.faults import TableInvalid
from apps.decision_tables.engine.operations.cells import cell_of, with_cell
from apps.decision_tables.engine.operations.places import SIDES, Entry, columns_of, rules_of
from apps.decision_tables.engine.reading import read_table
from exprsn.kernel.jsonvalue import is_deeper_than

MAX_VALUE_DEPTH = 80
MAX_NAMED = 50
_RULE = re.compile(r"rules\[(\d+)\](?:\.|$)")
Faults = Mapping[str, Sequence[str]]


def require_depth(value: Any) -> None:
    """Refuse a value that is nested too deeply."""
    if is_deeper_than(value, MAX_VALUE_DEPTH):
        raise Unfit(f"The value is nested deeper than {MAX_VALUE_DEPTH} levels.", code="json_too_deep", place="new")


def faults_of(document: State) -> Faults:
    """What is wrong with a table, by place; nothing when it reads."""
    try:
        read_table(document)
    except TableInvalid as error:
        return error.errors
    return {}


def require_readable(document: State, code: str = "invalid_value") -> None:
    """Refuse a value with which the table could not be read."""
    faults = faults_of(document)
    if faults:
        place, messages = next(iter(faults.items()))
        raise refused(f"{place}: {messages[0]}", code, faults)


def require_rules(state: State, rules: Sequence[Entry], columns: Iterable[str] | None = None) -> None:
    """Refuse rules that do not fit the columns of the table. ``columns`` are those that matter, all without it."""
    wanted = None if columns is None else set(columns)
    sides = {side: [_bare(column, wanted) for column in columns_of(state, side)] for side in SIDES}
    require_cells({"schema_version": 1, **sides, "rules": list(rules)})


def require_column_cells(state: State, side: str, column: str) -> None:
    """Refuse a state in which the column itself, or a cell of it, cannot be read."""
    empty: Entry = {"conditions": [], "outputs": {}}
    rules = [
        with_cell(side, {**empty, "id": rule["id"]}, column, cell)
        for rule in rules_of(state)
        if (cell := cell_of(side, rule, column)) is not None
    ]
    require_cells({**state, "rules": rules}, column)


def require_texts(state: State, name: str) -> None:
    """Refuse a state in which a FEEL text no longer reads, after a name like "unit price" has come or gone."""
    if not name.isidentifier():
        require_cells(state)


def require_cells(document: State, column: str | None = None) -> None:
    """Refuse a table that does not read, naming the cells at fault."""
    faults = faults_of(document)
    if not faults:
        return
    rules = rules_of(document)
    place, messages = next(iter(faults.items()))
    found = _RULE.match(place)
    if found is None:
        raise refused(f"{place}: {messages[0]}", "invalid_value", faults)
    named = dict.fromkeys(str(rules[int(at[1])].get("id")) for at in map(_RULE.match, faults) if at)
    message = f"Rule {rules[int(found[1])].get('id')}, {place[found.end() :] or 'as a whole'}: {messages[0]}"
    if len(named) > 1:
        message += f" {len(named) - 1} more rules have such a cell."
    error = refused(message, "cell_invalid", faults)
    error.params["cells"] = [{"rule": rule, "column": column} for rule in list(named)[:MAX_NAMED]]
    raise error


def refused(message: str, code: str, faults: Faults) -> OperationError:
    """The refusal of a new value, with all its faults for programs."""
    error = Unfit(message, code=code, place="new")
    error.params["faults"] = dict(list(faults.items())[:MAX_NAMED])
    return error


def _bare(column: Entry, wanted: set[str] | None) -> Entry:
    told = wanted is None or column["name"] in wanted
    kept = ("name", "type", "operators", "allowed_values") if told else ("name", "type")
    return {name: column[name] for name in kept if name in column}

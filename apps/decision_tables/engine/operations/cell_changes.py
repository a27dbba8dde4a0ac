"""One cell: the conditions of a rule on a column, or one output."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, State, Unfit
from apps.decision_tables.engine.operations.cells import INPUTS, OUTPUTS, cell_of, with_cell, with_rule
from apps.decision_tables.engine.operations.checking import require_depth, require_rules
from apps.decision_tables.engine.operations.places import Entry, find_rule, require_column, require_path, require_rule

_SIDES = {"conditions": INPUTS, "outputs": OUTPUTS}


def require_conditions(new: Any) -> None:
    """Refuse what is no list of conditions without their column."""
    listed = isinstance(new, list) and new and all(isinstance(entry, dict) and "column" not in entry for entry in new)
    if new is not None and not listed:
        message = "Send a list of conditions, {operator, value} or {feel}, without their column; null for none."
        raise Unfit(message, code="invalid_value", place="new")


def _check(state: State, path: Path, new: Any) -> None:
    require_path(path, "rules", 4)
    side = _SIDES.get(path[2])
    if side is None:
        raise Unfit("The third part of the path must be conditions or outputs.", code="invalid_path")
    require_rule(state, path[1])
    require_column(state, side, path[3])
    require_depth(new)
    if side == INPUTS:
        require_conditions(new)
    empty: Entry = {"id": path[1], "conditions": [], "outputs": {}}
    require_rules(state, [with_cell(side, empty, path[3], new)], {path[3]})


def _read(state: State, path: Path) -> Any:
    rule = find_rule(state, path[1])
    return None if rule is None else cell_of(_SIDES[path[2]], rule, path[3])


def _apply(state: State, path: Path, new: Any) -> State:
    return with_rule(state, path[1], lambda rule: with_cell(_SIDES[path[2]], rule, path[3], new))


CELL_CHANGED = OperationType("cell_changed", _check, _read, _apply)

"""Columns: added, removed, moved and renamed, together with their cells."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.decision_tables.engine.columns import MAX_COLUMNS
from apps.decision_tables.engine.operations.cell_changes import require_conditions
from apps.decision_tables.engine.operations.cells import (
    INPUTS,
    column_cells,
    default_of,
    with_column_cells,
    with_default,
)
from apps.decision_tables.engine.operations.checking import require_column_cells, require_depth, require_texts
from apps.decision_tables.engine.operations.places import (
    SIDES,
    columns_of,
    find_column,
    predecessor,
    put_after,
    require_column,
    require_members,
    require_nothing,
    require_side,
    rules_of,
    taken_out,
)

_REQUIRED, _OPTIONAL = frozenset({"column", "after"}), frozenset({"cells", "default"})


def _check_added(state: State, path: Path, new: Any) -> None:
    require_side(path, 2)
    require_members(new, _REQUIRED, _OPTIONAL)
    require_depth(new)
    side, name = path
    if not isinstance(new["column"], dict) or new["column"].get("name") != name:
        raise Unfit("The column's name must be the one in the path.", code="invalid_value", place="new")
    present = find_column(state, side, name)
    if present is not None:
        raise Refused("There is a column of this name already. Choose another.", code="column_exists", current=present)
    if sum(len(columns_of(state, each)) for each in SIDES) >= MAX_COLUMNS:
        raise Refused(f"A table may have at most {MAX_COLUMNS} columns.", code="too_many_columns")
    require_column_anchor(state, side, name, new["after"])
    require_new_cells(state, side, new)
    after = _apply_added(state, path, new)
    require_column_cells(after, side, name)
    require_texts(after, name)


def require_new_cells(state: State, side: str, new: dict[str, Any]) -> None:
    """Refuse cells of rules that there are not, and a default where there is none."""
    cells = new.get("cells", {})
    if not isinstance(cells, dict) or (side == INPUTS and "default" in new):
        raise Unfit("cells is an object by rule id; default is for outputs.", code="invalid_value", place="new")
    unknown = next(iter(cells.keys() - {rule["id"] for rule in rules_of(state)}), None)
    if unknown is not None:
        raise Refused(f"There is no rule with the id {unknown!r}.", code="rule_not_found", place="new")
    if side == INPUTS:
        for cell in cells.values():
            require_conditions(cell)


def require_column_anchor(state: State, side: str, name: str, after: Any) -> None:
    """Refuse a place behind what is no column, or behind itself."""
    if after is None:
        return
    if not isinstance(after, str) or after == name:
        raise Unfit("Say behind which other column, or null for the first place.", code="invalid_value", place="new")
    require_column(state, side, after, place="new")


def _apply_added(state: State, path: Path, new: Any) -> State:
    side, name = path
    state = {**state, side: put_after(columns_of(state, side), "name", new["after"], new["column"])}
    return with_default(with_column_cells(state, side, name, new.get("cells", {})), side, name, new.get("default"))


def _check_removed(state: State, path: Path, new: Any) -> None:
    require_side(path, 2)
    require_column(state, *path)
    require_nothing(new)
    side, name = path
    if side == INPUTS and any(name in (each.get("provides") or {}) for each in state.get("requires") or []):
        message = "Another table provides this column. Take it out of the requirements first."
        raise Refused(message, code="column_in_use")
    require_texts(_apply_removed(state, path, new), name)


def _read_column(state: State, path: Path) -> Any:
    side, name = path
    column = find_column(state, side, name)
    if column is None:
        return None
    before = predecessor(columns_of(state, side), "name", name)
    found = {"column": column, "after": before, "cells": column_cells(state, side, name)}
    default = default_of(state, side, name)
    return found if default is None else {**found, "default": default}


def _apply_removed(state: State, path: Path, new: Any) -> State:
    side, name = path
    bare = with_default(with_column_cells(state, side, name, {}), side, name, None)
    return {**bare, side: taken_out(columns_of(state, side), "name", name)}


def _check_moved(state: State, path: Path, new: Any) -> None:
    require_side(path, 3, "position")
    require_column(state, path[0], path[1])
    require_column_anchor(state, path[0], path[1], new)


def _read_moved(state: State, path: Path) -> Any:
    return predecessor(columns_of(state, path[0]), "name", path[1])


def _apply_moved(state: State, path: Path, new: Any) -> State:
    side, name = path[:2]
    columns = columns_of(state, side)
    column = next(column for column in columns if column["name"] == name)
    return {**state, side: put_after(taken_out(columns, "name", name), "name", new, column)}


COLUMN_ADDED = OperationType("column_removed", _check_added, _read_column, _apply_added)
COLUMN_REMOVED = OperationType("column_added", _check_removed, _read_column, _apply_removed)
COLUMN_MOVED = OperationType("column_moved", _check_moved, _read_moved, _apply_moved)

"""A column gets another type, and its cells with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from apps.collaboration.contracts import Path, State, Unfit
from apps.decision_tables.engine.columns import TYPES
from apps.decision_tables.engine.operations.cells import (
    INPUTS,
    column_cells,
    default_of,
    with_column,
    with_column_cells,
    with_default,
)
from apps.decision_tables.engine.operations.checking import MAX_NAMED, require_column_cells
from apps.decision_tables.engine.operations.columns import require_new_cells
from apps.decision_tables.engine.operations.converting import (
    Inconvertible,
    converted_column,
    converted_condition,
    converted_output,
)
from apps.decision_tables.engine.operations.places import Entry, require_column, require_members

_REQUIRED, _OPTIONAL = frozenset({"column", "cells"}), frozenset({"default"})


def check_type(state: State, path: Path, new: Any) -> None:
    """Refuse a type, or a whole column, that the cells cannot follow."""
    side, name = path[:2]
    column = require_column(state, side, name)
    if isinstance(new, str):
        _require_convertible(state, side, column, new)
    else:
        require_members(new, _REQUIRED, _OPTIONAL)
        if not isinstance(new["column"], dict) or new["column"].get("name") != name:
            raise Unfit("The column keeps its name.", code="invalid_value", place="new")
        require_new_cells(state, side, new)
    require_column_cells(apply_type(state, path, new), side, name)


def _require_convertible(state: State, side: str, column: Entry, kind: str) -> None:
    if kind not in TYPES:
        raise Unfit(f"There is no such type. Use one of: {', '.join(TYPES)}.", code="invalid_value", place="new")
    name = column["name"]
    if not _converts(lambda: (converted_column(column, kind), converted_output(default_of(state, side, name), kind))):
        message = f"A default or an allowed value of the column is no {kind}. Change it first."
        raise Unfit(message, code="cell_invalid", place="new")
    cells = column_cells(state, side, name)
    unfit = [rule for rule, cell in cells.items() if not _converts(partial(_cell, side, cell, kind))]
    if unfit:
        message = f"The cells of {len(unfit)} rules are no {kind}, the first in rule {unfit[0]}. Change them first."
        error = Unfit(message, code="cell_invalid", place="new")
        error.params["cells"] = [{"rule": rule, "column": name} for rule in unfit[:MAX_NAMED]]
        raise error


def _converts(conversion: Callable[[], Any]) -> bool:
    try:
        conversion()
    except Inconvertible:
        return False
    return True


def _cell(side: str, cell: Any, kind: str) -> Any:
    return [converted_condition(entry, kind) for entry in cell] if side == INPUTS else converted_output(cell, kind)


def read_type(state: State, path: Path) -> Any:
    """The column, all its cells and its default: what a change of the type may change."""
    side, name = path[:2]
    column = require_column(state, side, name)
    found = {"column": column, "cells": column_cells(state, side, name)}
    default = default_of(state, side, name)
    return found if default is None else {**found, "default": default}


def apply_type(state: State, path: Path, new: Any) -> State:
    """The state with another type of the column, or with another column, cells and default altogether."""
    side, name = path[:2]
    if isinstance(new, str):
        column = require_column(state, side, name)
        cells = {rule: _cell(side, cell, new) for rule, cell in column_cells(state, side, name).items()}
        default = converted_output(default_of(state, side, name), new)
        new = {"column": converted_column(column, new), "cells": cells, "default": default}
    state = with_column_cells(with_column(state, side, new["column"]), side, name, new["cells"])
    return with_default(state, side, name, new.get("default"))

"""One field of a column."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State
from apps.decision_tables.engine.operations.cells import INPUTS, with_column
from apps.decision_tables.engine.operations.checking import require_column_cells, require_depth, require_readable
from apps.decision_tables.engine.operations.column_types import apply_type, check_type, read_type
from apps.decision_tables.engine.operations.places import find_column, require_column, require_side, with_member

_COMMON = ("type", "label", "allowed_values")
# What cells are measured by; the others are read without them.
_MEASURES = frozenset({"allowed_values", "operators"})
FIELDS = {"input_columns": (*_COMMON, "operators", "expression"), "output_columns": (*_COMMON, "default_value")}


def _check(state: State, path: Path, new: Any) -> None:
    require_side(path, 3)
    fields = FIELDS[path[0]]
    if path[2] not in fields:
        kind = "An input" if path[0] == INPUTS else "An output"
        message = f"{kind} column has no such field to change. There are: {', '.join(fields)}."
        raise Refused(message, code="unknown_field")
    require_depth(new)
    if path[2] == "type":
        check_type(state, path, new)
        return
    require_column(state, path[0], path[1])
    after = _apply(state, path, new)
    if path[2] in _MEASURES:
        require_column_cells(after, path[0], path[1])
    else:
        require_readable({**after, "rules": []})


def _read(state: State, path: Path) -> Any:
    if path[2] == "type":
        return read_type(state, path)
    return (find_column(state, path[0], path[1]) or {}).get(path[2])


def _apply(state: State, path: Path, new: Any) -> State:
    if path[2] == "type":
        return apply_type(state, path, new)
    column = require_column(state, path[0], path[1])
    return with_column(state, path[0], with_member(column, path[2], new))


COLUMN_CHANGED = OperationType("column_changed", _check, _read, _apply)

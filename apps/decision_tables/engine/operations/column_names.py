"""A column gets another name: its cells, defaults and requirements follow."""

from __future__ import annotations

from functools import partial
from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.decision_tables.engine.operations.cells import INPUTS
from apps.decision_tables.engine.operations.checking import require_readable, require_texts
from apps.decision_tables.engine.operations.places import (
    Entry,
    columns_of,
    exchanged,
    find_column,
    require_column,
    require_members,
    require_side,
    rules_of,
)

_MEMBERS = frozenset({"from", "to"})
# The second part of the path: no column can have this name, so that the same path takes the edit back.
NAMES = "*names"


def _check(state: State, path: Path, new: Any) -> None:
    require_side(path, 2, NAMES)
    require_members(new, _MEMBERS)
    side, source, target = path[0], new["from"], new["to"]
    if not (isinstance(source, str) and isinstance(target, str)):
        raise Unfit("from and to are names of columns.", code="invalid_value", place="new")
    require_column(state, side, source, place="new")
    if source == target:
        raise Unfit("Choose another name than the present one.", code="invalid_value", place="new")
    present = find_column(state, side, target)
    if present is not None:
        message = "There is a column of this name already. Choose another."
        raise Refused(message, code="column_exists", place="new", current=present)
    after = _apply(state, path, new)
    require_readable({**after, "rules": []})
    for name in (source, target):
        require_texts(after, name)


def _read(state: State, path: Path) -> Any:
    return None


def _read_for(state: State, path: Path, new: Any) -> Any:
    return {"from": new["to"], "to": new["from"]}


def _apply(state: State, path: Path, new: Any) -> State:
    side, source, target = path[0], new["from"], new["to"]
    columns = columns_of(state, side)
    column = next(column for column in columns if column["name"] == source)
    renamed = {**state, side: exchanged(columns, "name", source, {**column, "name": target})}
    key = partial(_with_key, source=source, target=target)
    if side == INPUTS:
        changes: Entry = {
            "rules": [_with_conditions(rule, source, target) for rule in rules_of(state)],
            "requires": [key(each, "provides") for each in state.get("requires") or []],
        }
    else:
        changes = {
            "rules": [key(rule, "outputs") for rule in rules_of(state)],
            "default_outputs": key(state, "default_outputs").get("default_outputs"),
        }
    return renamed | {name: changes[name] for name in changes if name in state}


def _with_conditions(rule: Entry, source: str, target: str) -> Entry:
    """The rule with its conditions on the renamed column."""
    if not any(entry["column"] == source for entry in rule.get("conditions") or []):
        return rule
    held = rule["conditions"]
    return {**rule, "conditions": [{**each, "column": target} if each["column"] == source else each for each in held]}


def _with_key(holder: Entry, member: str, *, source: str, target: str) -> Entry:
    """The holder in which one object has another key, in the same place."""
    held = holder.get(member)
    if not held or source not in held:
        return holder
    return {**holder, member: {target if key == source else key: value for key, value in held.items()}}


COLUMN_RENAMED = OperationType("column_renamed", _check, _read, _apply, read_for=_read_for)

"""The whole table in one operation."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, State, Unfit
from apps.decision_tables.engine.operations.checking import faults_of, refused, require_depth
from apps.decision_tables.engine.reading import normalized


def stored_document(document: State) -> State:
    """A valid document as it is kept: ids given, and no priorities where they are the row numbers anyway.

    Without them a rule that is moved to another row takes the importance of that row.
    """
    filled = normalized(document)
    rules = filled.get("rules", [])
    if any(rule.get("priority", row) != row for row, rule in enumerate(rules, 1)):
        return filled
    bare = [{name: value for name, value in rule.items() if name != "priority"} for rule in rules]
    return {**filled, "rules": bare}


def _check(state: State, path: Path, new: Any) -> None:
    if path:
        raise Unfit("The path of the whole document is empty.", code="invalid_path")
    require_depth(new)
    faults = faults_of(new)
    if faults:
        place, messages = next(iter(faults.items()))
        raise refused(f"The table is not valid. {place}: {messages[0]}", "table_invalid", faults)


def _read(state: State, path: Path) -> Any:
    return state


def _apply(state: State, path: Path, new: Any) -> State:
    return stored_document(new)


DOCUMENT_REPLACED = OperationType("document_replaced", _check, _read, _apply, replaces=True)

"""The whole definition in one operation."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.workflows.engine.validation.shape import shape_faults


def _check(state: State, path: Path, new: Any) -> None:
    if path:
        raise Unfit("The path of the whole document is empty.", code="invalid_path")
    faults = shape_faults(new)
    if faults:
        message = f"The definition does not have the right shape. {faults[0].path}: {faults[0].message}"
        raise Unfit(message, code="definition_invalid", place="new")
    ids = [node["id"] for node in new["nodes"]]
    known = set(ids)
    if len(known) < len(ids):
        raise Refused("Two nodes have the same id.", code="node_exists", place="new")
    ends = (entry[end] for entry in new["connections"] for end in ("source", "target"))
    if any(end not in known for end in ends):
        raise Refused("A connection leads to a node that is not there.", code="connection_end_missing", place="new")


def _read(state: State, path: Path) -> Any:
    return state


def _apply(state: State, path: Path, new: Any) -> State:
    return {"schema_version": 1, **new}


DOCUMENT_REPLACED = OperationType("document_replaced", _check, _read, _apply, replaces=True)

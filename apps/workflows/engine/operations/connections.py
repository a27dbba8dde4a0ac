"""Connections, named by their ends: ``source:source_output>target:target_input``."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.workflows.engine.operations.nodes import find_node
from apps.workflows.engine.operations.values import require_path, require_shape
from apps.workflows.engine.validation.schema import MAX_CONNECTIONS


def connection_key(entry: dict[str, Any]) -> str:
    """The name of a connection in paths."""
    source = f"{entry['source']}:{entry.get('source_output') or 'main'}"
    return f"{source}>{entry['target']}:{entry.get('target_input') or 'main'}"


def _find(state: State, key: str) -> Any:
    # The test of the source spares most of the keys of a large document.
    found = (entry for entry in state["connections"] if key.startswith(entry["source"]))
    return next((entry for entry in found if connection_key(entry) == key), None)


def _check_added(state: State, path: Path, new: Any) -> None:
    require_path(path, "connections", 2)
    require_shape("connection", new)
    if connection_key(new) != path[1]:
        message = "The path must name the ends: source:source_output>target:target_input."
        raise Unfit(message, code="invalid_path")
    for end in ("source", "target"):
        if find_node(state, new[end]) is None:
            raise Refused(f"There is no node with the id of the connection's {end}.", code="connection_end_missing")
    present = _find(state, path[1])
    if present is not None:
        raise Refused("These ends are connected already.", code="connection_exists", current=present)
    if len(state["connections"]) >= MAX_CONNECTIONS:
        raise Refused(f"A workflow may have at most {MAX_CONNECTIONS} connections.", code="too_many_connections")


def _check_removed(state: State, path: Path, new: Any) -> None:
    require_path(path, "connections", 2)
    if new is not None:
        raise Unfit("Nothing is put in the place of what is removed: leave new out.", code="invalid_value", place="new")
    if _find(state, path[1]) is None:
        raise Refused("These ends are not connected.", code="connection_not_found")


def _read(state: State, path: Path) -> Any:
    return _find(state, path[1])


def _apply_added(state: State, path: Path, new: Any) -> State:
    return {**state, "connections": [*state["connections"], new]}


def _apply_removed(state: State, path: Path, new: Any) -> State:
    gone = _find(state, path[1])
    return {**state, "connections": [entry for entry in state["connections"] if entry is not gone]}


CONNECTION_ADDED = OperationType("connection_removed", _check_added, _read, _apply_added)
CONNECTION_REMOVED = OperationType("connection_added", _check_removed, _read, _apply_removed)

"""Nodes: added, removed, moved, and their fields changed."""

from __future__ import annotations

import math
from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.workflows.engine.operations.members import with_member
from apps.workflows.engine.operations.values import require_member, require_path, require_shape
from apps.workflows.engine.validation.schema import MAX_NODES, NODE

# What is not changed by ``node_updated``: the id never, position and parameters by operations of their own.
FIELDS = frozenset(NODE["properties"]) - {"id", "position", "parameters"}


def find_node(state: State, node_id: str) -> dict[str, Any] | None:
    """The node with this id."""
    return next((node for node in state["nodes"] if node["id"] == node_id), None)


def require_node(state: State, path: Path) -> dict[str, Any]:
    """The node that a path names, or ``node_not_found``."""
    node = find_node(state, path[1])
    if node is None:
        raise Refused("There is no node with this id; somebody may have removed it.", code="node_not_found")
    return node


def with_node_member(state: State, node_id: str, name: str, value: Any) -> State:
    """The state with one field of a node changed; null removes it."""
    nodes = list(state["nodes"])
    at = next(at for at, node in enumerate(nodes) if node["id"] == node_id)
    nodes[at] = with_member(nodes[at], name, value)
    return {**state, "nodes": nodes}


def _check_added(state: State, path: Path, new: Any) -> None:
    require_path(path, "nodes", 2)
    require_shape("node", new)
    if new["id"] != path[1]:
        raise Unfit("The node's id must be the one in the path.", code="invalid_value", place="new")
    present = find_node(state, path[1])
    if present is not None:
        raise Refused("There is a node with this id already. Choose another id.", code="node_exists", current=present)
    if len(state["nodes"]) >= MAX_NODES:
        raise Refused(f"A workflow may have at most {MAX_NODES} nodes.", code="too_many_nodes")


def _check_removed(state: State, path: Path, new: Any) -> None:
    require_path(path, "nodes", 2)
    node = require_node(state, path)
    _require_nothing(new)
    if any(path[1] in (entry["source"], entry["target"]) for entry in state["connections"]):
        message = "The node is connected. Remove its connections before it, in the same batch."
        raise Refused(message, code="node_connected", current=node)


def _require_nothing(new: Any) -> None:
    if new is not None:
        raise Unfit("Nothing is put in the place of what is removed: leave new out.", code="invalid_value", place="new")


def _read_node(state: State, path: Path) -> Any:
    return find_node(state, path[1])


def _apply_added(state: State, path: Path, new: Any) -> State:
    return {**state, "nodes": [*state["nodes"], new]}


def _apply_removed(state: State, path: Path, new: Any) -> State:
    gone = find_node(state, path[1])
    return {**state, "nodes": [node for node in state["nodes"] if node is not gone]}


def _check_moved(state: State, path: Path, new: Any) -> None:
    require_path(path, "nodes", 3)
    if path[2] != "position":
        raise Unfit('The path of a move ends with "position".', code="invalid_path")
    require_node(state, path)
    # Null takes the first move of a node without a position back.
    if new is not None and not _is_position(new):
        raise Unfit("Send a position as {x, y} with finite numbers.", code="invalid_value", place="new")


def _is_position(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"x", "y"} and all(map(_is_finite, value.values()))


def _is_finite(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _check_updated(state: State, path: Path, new: Any) -> None:
    require_path(path, "nodes", 3)
    if path[2] not in FIELDS:
        message = f"A node has no field of this name to change. There are: {', '.join(sorted(FIELDS))}."
        raise Refused(message, code="unknown_field")
    require_node(state, path)
    if new is not None:
        require_member("node", path[2], new)
    elif path[2] == "type":
        raise Unfit("A node always has a type.", code="invalid_value", place="new")


def _read_field(state: State, path: Path) -> Any:
    node = find_node(state, path[1])
    return None if node is None else node.get(path[2])


def _apply_field(state: State, path: Path, new: Any) -> State:
    return with_node_member(state, path[1], path[2], new)


NODE_ADDED = OperationType("node_removed", _check_added, _read_node, _apply_added)
NODE_REMOVED = OperationType("node_added", _check_removed, _read_node, _apply_removed)
NODE_MOVED = OperationType("node_moved", _check_moved, _read_field, _apply_field)
NODE_UPDATED = OperationType("node_updated", _check_updated, _read_field, _apply_field)

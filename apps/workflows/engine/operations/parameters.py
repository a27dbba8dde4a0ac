"""Parameters of nodes, as deep as a path leads."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.workflows.engine.operations.members import with_member
from apps.workflows.engine.operations.nodes import find_node, require_node, with_node_member
from apps.workflows.engine.operations.values import require_depth, require_path

MAX_PARAMETER_DEPTH = 8
_PREFIX = 3


def _check(state: State, path: Path, new: Any) -> None:
    require_path(path, "nodes", _PREFIX + 1, _PREFIX + MAX_PARAMETER_DEPTH)
    if path[2] != "parameters":
        raise Unfit('The third part of the path must be "parameters".', code="invalid_path")
    node = require_node(state, path)
    require_depth(new)
    place: Any = node.get("parameters")
    for depth, part in enumerate(path[_PREFIX:], _PREFIX):
        place = _step(place, part, path[: depth + 1])


def _step(place: Any, part: str, so_far: Path) -> Any:
    """What the part leads to; a missing parent leads to nothing, which is no fault: it will be made."""
    if place is None:
        return None
    if isinstance(place, dict):
        return place.get(part)
    at = _position(part, place)
    if at is None:
        message = f"Nothing is at {' → '.join(so_far)}: what is there has no such position."
        raise Refused(message, code="path_not_found", current=place)
    return place[at]


def _position(part: str, holder: Any) -> int | None:
    """The list position that a decimal text names, if the list has it."""
    if not (isinstance(holder, list) and part.isascii() and part.isdecimal() and len(part) <= 9):
        return None
    at = int(part)
    return at if at < len(holder) and str(at) == part else None


def _read(state: State, path: Path) -> Any:
    node = find_node(state, path[1])
    place: Any = None if node is None else node.get("parameters")
    for part in path[_PREFIX:]:
        place = _step(place, part, path)
    return place


def _apply(state: State, path: Path, new: Any) -> State:
    node = find_node(state, path[1])
    held = (node or {}).get("parameters")
    return with_node_member(state, path[1], "parameters", _changed(held, path[_PREFIX:], new))


def _changed(holder: Any, parts: Path, new: Any) -> Any:
    """A copy of the holder with the value in its place. Removing where nothing is makes no parents."""
    if not parts:
        return new
    if isinstance(holder, list):
        at = int(parts[0])
        return [*holder[:at], _changed(holder[at], parts[1:], new), *holder[at + 1 :]]
    if holder is None and new is None:
        return None
    inner = holder or {}
    return with_member(inner, parts[0], _changed(inner.get(parts[0]), parts[1:], new))


PARAMETER_CHANGED = OperationType("parameter_changed", _check, _read, _apply)

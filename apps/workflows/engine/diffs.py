"""What changed between two definitions: nodes, connections, variables, settings. Nothing is lost: the old definition
and the differences make the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_MISSING = object()
_ENDS = (("source", ""), ("source_output", "main"), ("target", ""), ("target_input", "main"))


def diff_definitions(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """``{nodes: {added, removed, changed: [{id, name, changes}], moved, positions}, connections: {added, removed},
    variables, settings}``.

    ``changes`` (and variables, settings) are ``[{path, keys, old?, new?}]``: the place for people and as keys; a side
    that has nothing there is left out. A place on the canvas is no change: such nodes are ``moved``, and ``positions``
    says from where to where. Nodes are told apart by their ids; their order means nothing.
    """
    return {
        "nodes": _nodes(_by_id(old), _by_id(new)),
        "connections": _connections(old, new),
        "variables": list(_changes(old.get("variables", {}), new.get("variables", {}))),
        "settings": list(_changes(old.get("settings", {}), new.get("settings", {}))),
    }


def _by_id(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in document.get("nodes", [])}


def _nodes(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> dict[str, Any]:
    both = [node_id for node_id in new if node_id in old]
    changed = [(node_id, list(_changes(_still(old[node_id]), _still(new[node_id])))) for node_id in both]
    moved = [node_id for node_id in both if not _same(old[node_id].get("position"), new[node_id].get("position"))]
    return {
        "added": [node for node_id, node in new.items() if node_id not in old],
        "removed": [node for node_id, node in old.items() if node_id not in new],
        "changed": [
            {"id": node_id, "name": new[node_id].get("name", node_id), "changes": changes}
            for node_id, changes in changed
            if changes
        ],
        "moved": moved,
        "positions": {
            node_id: {"old": old[node_id].get("position"), "new": new[node_id].get("position")} for node_id in moved
        },
    }


def _still(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if name != "position"}


def _connections(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    before, after = _drawn(old), _drawn(new)
    return {
        "added": [connection for key, connection in after.items() if key not in before],
        "removed": [connection for key, connection in before.items() if key not in after],
    }


def _drawn(document: Mapping[str, Any]) -> dict[tuple[str, ...], dict[str, str]]:
    """The connections by their four ends, defaults filled in; their type follows from the ports."""
    found = {}
    for connection in document.get("connections", []):
        ends = {name: connection.get(name) or otherwise for name, otherwise in _ENDS}
        found[tuple(ends.values())] = ends
    return found


def _changes(old: Any, new: Any, keys: tuple[str | int, ...] = ()) -> Iterator[dict[str, Any]]:
    """Every place at which two values differ, as deep down as they have the same shape."""
    if _same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from _changes(old.get(name, _MISSING), new.get(name, _MISSING), (*keys, name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for at, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _changes(before, after, (*keys, at))
    else:
        sides = {name: value for name, value in (("old", old), ("new", new)) if value is not _MISSING}
        yield {"path": _path(keys), "keys": list(keys), **sides}


def _same(old: Any, new: Any) -> bool:
    """Whether two values are the same JSON: true is not 1, but 1.0 is."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(old[name], new[name]) for name in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_same(one, other) for one, other in zip(old, new, strict=True))
    return bool(old == new)


def _path(keys: tuple[str | int, ...]) -> str:
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text

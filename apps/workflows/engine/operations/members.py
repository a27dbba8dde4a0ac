"""Settings and variables: named values beside the nodes."""

from __future__ import annotations

from functools import partial
from typing import Any

from apps.collaboration.contracts import OperationType, Path, State
from apps.workflows.engine.operations.values import require_depth, require_member, require_path


def with_member(holder: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """A copy with the member set, or without it for null; the order of the others stays."""
    if value is not None:
        return {**holder, name: value}
    return {key: member for key, member in holder.items() if key != name}


def _check(root: str, state: State, path: Path, new: Any) -> None:
    require_path(path, root, 2)
    if root == "settings" and new is not None:
        require_member(root, path[1], new)
    require_depth(new)


def _read(state: State, path: Path) -> Any:
    return state.get(path[0], {}).get(path[1])


def _apply(state: State, path: Path, new: Any) -> State:
    return {**state, path[0]: with_member(state.get(path[0], {}), path[1], new)}


SETTINGS_CHANGED = OperationType("settings_changed", partial(_check, "settings"), _read, _apply)
VARIABLES_CHANGED = OperationType("variables_changed", partial(_check, "variables"), _read, _apply)

"""Settings of the table: hit policy, aggregation, defaults, metadata, requirements."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.decision_tables.engine.operations.checking import require_depth, require_readable
from apps.decision_tables.engine.operations.places import with_member

FIELDS = ("hit_policy", "aggregation", "default_outputs", "metadata", "requires")


def _check(state: State, path: Path, new: Any) -> None:
    if len(path) != 1:
        raise Unfit("The path of a setting is its name alone.", code="invalid_path")
    if path[0] not in FIELDS:
        raise Refused(f"A table has no such setting. There are: {', '.join(FIELDS)}.", code="unknown_field")
    require_depth(new)
    require_readable({**_apply(state, path, new), "rules": []})


def _read(state: State, path: Path) -> Any:
    return state.get(path[0])


def _apply(state: State, path: Path, new: Any) -> State:
    return with_member(state, path[0], new)


SETTINGS_CHANGED = OperationType("settings_changed", _check, _read, _apply)

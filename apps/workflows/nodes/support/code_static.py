"""Static data in code: it travels in whole, and what the code changed in it is applied entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.node_type import NodeContext, NodeError
from apps.workflows.engine.ports_static import MAX_NAME, StaticChange
from exprsn.kernel.jsonvalue import JsonObject

MAX_CHANGES = 500
_WORD = "getWorkflowStaticData"


def asks_for_static_data(source: str) -> bool:
    """Whether code may ask for static data."""
    return _WORD in source


def static_data_for(context: NodeContext, source: str) -> dict[str, JsonObject]:
    """The static data that code may ask for, by the words it uses; nothing for code that does not ask."""
    if not asks_for_static_data(source):
        return {}
    return {word: context.ports.static_data.read(scope) for word, scope in _scopes(context).items()}


def keep_static_data(context: NodeContext, before: Mapping[str, JsonObject], after: Mapping[str, Any]) -> None:
    """Apply what the code changed. Entries that it left alone are not touched, so other runs may change them.

    Each change has a key of its own: a node that is run again after a crash changes nothing twice.
    """
    changes = [
        change
        for word, scope in _scopes(context).items()
        if word in before and isinstance(after.get(word), dict)
        for change in _changes(scope, before[word], after[word])
    ]
    if len(changes) > MAX_CHANGES:
        raise NodeError(
            f"The code changed {len(changes)} entries of static data; at most {MAX_CHANGES} can be changed at once.",
            kind="static_data_too_large",
        )
    for change in changes:
        key = f"{context.idempotency_key(0)}:{change.scope}:{change.name}"
        context.ports.static_data.apply(change, key)


def _scopes(context: NodeContext) -> dict[str, str]:
    return {"global": "", "node": context.node.id}


def _changes(scope: str, before: JsonObject, after: Mapping[str, Any]) -> list[StaticChange]:
    changes = [
        StaticChange("set", scope, name, value)
        for name, value in after.items()
        if name not in before or before[name] != value
    ]
    changes += [StaticChange("delete", scope, name) for name in before if name not in after]
    for change in changes:
        if not 0 < len(change.name) <= MAX_NAME:
            raise NodeError(
                f"Names of static data have 1 to {MAX_NAME} characters.", kind="bad_value", parameter="code"
            )
    return changes

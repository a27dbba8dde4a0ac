"""How many runs of a workflow may be at work at the same time, and what they are counted by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.workflows.engine.definition import WorkflowSettings
from exprsn.kernel.expressions import UNDEFINED, ExpressionError, Template, compile_template, to_json

# What an expression that runs are counted by may name: the item that starts the run.
KEY_NAMES = frozenset({"$json", "$trigger"})
QUEUE, REJECT, CANCEL_OLDEST = "queue", "reject", "cancel_oldest"


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` runs at once for each value of ``key``; ``on_limit`` is ``queue``, ``reject`` or ``cancel_oldest``.

    ``whole``: a run keeps its place from its first step to its end, also while it waits.
    """

    most: int
    on_limit: str
    whole: bool
    key: str


def limit_of(settings: WorkflowSettings) -> Limit | None:
    """The limit that settings ask for, if any. A single run is one of the whole workflow, and others queue."""
    if settings.single_run:
        return Limit(1, QUEUE, True, "")
    if settings.max_concurrent_executions:
        return Limit(settings.max_concurrent_executions, settings.on_limit, False, settings.concurrency_key)
    return None


def compile_key(text: str) -> Template:
    """The template of a ``concurrency_key``. Raises ``ExpressionError``, also for what only the sandbox could run."""
    return compile_template(text.removeprefix("="))


def key_of(text: str, item: Mapping[str, Any]) -> str:
    """The value that a run is counted by, as text; empty where there is none.

    A value that cannot be had counts as none: a run must not be lost for it.
    """
    if not text:
        return ""
    try:
        value = to_json(compile_key(text).evaluate(_ItemOnly(item)))
    except ExpressionError:
        return ""
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)


class _ItemOnly:
    """Of all names there is the item."""

    __slots__ = ("_item",)

    def __init__(self, item: Mapping[str, Any]) -> None:
        self._item = item

    def resolve(self, name: str) -> Any:
        return self._item if name in KEY_NAMES else UNDEFINED

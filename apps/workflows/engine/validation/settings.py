"""The settings of a definition, as far as their shape does not say it."""

from __future__ import annotations

from apps.workflows.engine.concurrency import KEY_NAMES, compile_key
from apps.workflows.engine.definition import WorkflowSettings
from apps.workflows.engine.validation.faults import Fault
from exprsn.kernel.expressions import ExpressionError

_KEY = "definition.settings.concurrency_key"


def settings_faults(settings: WorkflowSettings) -> list[Fault]:
    """An expression that runs are counted by must be one that can be evaluated before there is a run."""
    if not settings.concurrency_key:
        return []
    try:
        template = compile_key(settings.concurrency_key)
    except ExpressionError as error:
        return [Fault(_KEY, error.code, error.message, line=error.line, column=error.column)]
    strange = sorted(template.names - KEY_NAMES)
    if strange:
        message = f"Only {', '.join(sorted(KEY_NAMES))} are known before a run begins, not {', '.join(strange)}."
        return [Fault(_KEY, "unknown_name", message)]
    if settings.single_run or not settings.max_concurrent_executions:
        message = "Nothing is counted by this value: set how many runs with the same value there may be at once."
        return [Fault(_KEY, "key_without_limit", message, "warning")]
    return []

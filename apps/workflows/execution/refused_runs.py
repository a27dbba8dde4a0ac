"""Runs that were asked for and cannot begin: rows that say why, so that people find them where they look."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from apps.workflows.constants import ExecutionStatus
from apps.workflows.engine.definition import WorkflowSettings
from apps.workflows.execution.accept import RunRefused, Start, Take, queued_rows
from apps.workflows.execution.writer import history
from apps.workflows.live.topics import execution_changed
from apps.workflows.models import Execution


def refused_run(start: Start, error: dict[str, Any], take: Take) -> Execution:
    """Insert a run that ended with this error before its first step. Raises ``RunRefused`` as ``queue_run`` does."""
    # Limits count runs that are at work.
    rows = queued_rows(replace(start, settings=WorkflowSettings()))
    execution = rows[0]
    assert isinstance(execution, Execution)
    execution.status = ExecutionStatus.ERROR
    execution.error = error
    execution.hinted_at = None
    execution.started_at = execution.finished_at = execution.created_at
    execution.total_duration_ms = 0
    if not history.write(rows, partial(take, execution.id)):
        raise RunRefused
    execution_changed(execution)
    return execution

"""What a round of tests came to, as JSON for people and programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.workflows.engine.samples import cut_value
from apps.workflows.engine.testing.assertions import Failure
from apps.workflows.engine.testing.coverage import Coverage
from apps.workflows.engine.testing.running import PASSED, CaseOutcome
from apps.workflows.models import WorkflowTest, WorkflowVersion
from exprsn.kernel.clock import utc_now
from exprsn.kernel.redaction import redact

MAX_VALUE = 2_000
MAX_FAILURES = 50
MAX_PATH = 500
MAX_MESSAGE = 300

Ran = tuple[WorkflowTest, CaseOutcome]


def report_of(version: WorkflowVersion, ran: Sequence[Ran], coverage: Coverage, duration_ms: float) -> dict[str, Any]:
    """``{passed, failed, duration_ms, version, coverage, results}``."""
    passed = sum(outcome.status == PASSED for _, outcome in ran)
    return {
        "passed": passed,
        "failed": len(ran) - passed,
        "duration_ms": duration_ms,
        "version": version.number,
        "coverage": coverage.to_data(),
        "results": [_result(test, outcome) for test, outcome in ran],
    }


def short_result(version: WorkflowVersion, outcome: CaseOutcome) -> dict[str, Any]:
    """What stays with the test."""
    return {
        "status": outcome.status,
        "at": utc_now().isoformat(),
        "duration_ms": outcome.duration_ms,
        "version": version.number,
        "failures": len(outcome.failures),
        "message": outcome.failures[0].message[:MAX_MESSAGE] if outcome.failures else "",
    }


def _result(test: WorkflowTest, outcome: CaseOutcome) -> dict[str, Any]:
    error = None
    if outcome.error is not None:
        told = {"message": outcome.error.get("message", ""), "kind": outcome.error.get("kind", "")}
        error = {**redact(told), "node": outcome.failed_node or None}
    return {
        "test": str(test.id),
        "name": test.name,
        "status": outcome.status,
        "duration_ms": outcome.duration_ms,
        "run_status": outcome.run_status or None,
        "path": list(outcome.path[:MAX_PATH]),
        "failures": [_failure(failure) for failure in outcome.failures[:MAX_FAILURES]],
        "unmocked": list(outcome.unmocked),
        "error": error,
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "assertion": failure.assertion,
        "kind": failure.kind,
        "message": redact(failure.message),
        "node": failure.node or None,
        "expected": _short(failure.expected),
        "actual": _short(failure.actual),
    }


def _short(value: Any) -> Any:
    return cut_value(redact(value), MAX_VALUE)[0]

"""Tests as the gate before a version goes live."""

from __future__ import annotations

from typing import Any

from apps.workflows.engine.testing.running import PASSED
from apps.workflows.models import Workflow, WorkflowVersion
from apps.workflows.services.test_cases.running import run_tests
from apps.workflows.services.test_cases.storing import MAX_TESTS, tests_of
from exprsn.kernel.errors import Conflict

MAX_MESSAGES = 5


def has_required_tests(workflow: Workflow, version: WorkflowVersion) -> bool:
    """Whether the workflow has tests that this version must pass: its setting ``require_tests`` is not off."""
    settings = version.document.value.get("settings")
    is_off = isinstance(settings, dict) and settings.get("require_tests") is False
    return not is_off and tests_of(workflow).exists()


def require_tests_pass(workflow: Workflow, version: WorkflowVersion) -> None:
    """Run the tests on a version; refused with ``tests_failed``, which names those that fail, and ``tests_busy``."""
    report = run_tests(workflow, version, list(tests_of(workflow)[:MAX_TESTS]))
    if not report["failed"]:
        return
    errors: dict[str, list[str]] = {}
    for result in report["results"]:
        if result["status"] != PASSED:
            errors.setdefault(result["name"], []).extend(_messages(result))
    message = f"{report['failed']} of the workflow’s tests failed. Mend them, or publish with skip_tests."
    raise Conflict(message, code="tests_failed", errors=errors, params={"report": report})


def _messages(result: dict[str, Any]) -> list[str]:
    return [failure["message"] for failure in result["failures"][:MAX_MESSAGES]]

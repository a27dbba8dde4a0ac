"""Filters in the query of lists: what they may be, and their values checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter

from apps.workflows.constants import (
    ApprovalStatus,
    Environment,
    ExecutionStatus,
    LogLevel,
    TriggerMode,
    WorkflowScope,
    WorkflowStatus,
)
from apps.workflows.selectors.executions import MAX_SHOWN
from exprsn.kernel.errors import InvalidInput

Choices = Mapping[str, type[TextChoices]]
_WORKFLOWS: Choices = {"status": WorkflowStatus, "environment": Environment, "scope": WorkflowScope}
_EXECUTIONS: Choices = {"status": ExecutionStatus, "environment": Environment, "trigger_mode": TriggerMode}
_APPROVALS: Choices = {"status": ApprovalStatus}
_LOGS: Choices = {"level": LogLevel}


def _offered(choices: Choices, noun: str) -> list[OpenApiParameter]:
    return [
        OpenApiParameter(name, str, enum=allowed.values, description=f"Only {noun} with this {name}.")
        for name, allowed in choices.items()
    ]


WORKFLOW_FILTERS = [
    *_offered(_WORKFLOWS, "workflows"),
    OpenApiParameter("folder", str, description="Only workflows in this folder."),
    OpenApiParameter("tag", str, description="Only workflows with this tag."),
    OpenApiParameter("search", str, description="Text in the name, the description or the slug."),
]
EXECUTION_FILTERS = [
    *_offered(_EXECUTIONS, "executions"),
    OpenApiParameter("workflow", str, description="Only executions of the workflow with this id."),
    OpenApiParameter("parent", str, description="Only executions that the one with this id called."),
    OpenApiParameter("search", str, description="Text in the workflow's name or in the error."),
    OpenApiParameter("since", str, description="Not before this moment (ISO 8601)."),
    OpenApiParameter("until", str, description="Before this moment (ISO 8601)."),
]
LOG_FILTERS = _offered(_LOGS, "lines")
NODE_FILTERS = [
    OpenApiParameter("items", str, description="first:N gives so many items of each port, at most 1,000."),
    OpenApiParameter("fields", str, enum=["summary"], description="Leaves the items out; their counts stay."),
]


def workflow_filters(query: Mapping[str, str]) -> dict[str, Any]:
    """The filters of workflows; raises ``invalid_filter``."""
    return _with_choices(query, _WORKFLOWS)


def execution_filters(query: Mapping[str, str]) -> dict[str, Any]:
    """The filters of executions, ids and moments read; raises ``invalid_filter``."""
    filters = _with_choices(query, _EXECUTIONS)
    for name in ("workflow", "parent"):
        if filters.get(name):
            filters[name] = _id(name, filters[name])
    for name in ("since", "until"):
        if filters.get(name):
            filters[name] = _moment(name, filters[name])
    return filters


def retry_filters(given: Mapping[str, str]) -> dict[str, Any]:
    """The filters of executions in a body; raises ``invalid_filter``, for names that are none too."""
    for name in given.keys() - {offered.name for offered in EXECUTION_FILTERS}:
        raise _wrong(name, "There is no such filter.")
    return execution_filters(given)


def log_filters(query: Mapping[str, str]) -> dict[str, Any]:
    """The filters of log lines; raises ``invalid_filter``."""
    return _with_choices(query, _LOGS)


def approval_filters(query: Mapping[str, str]) -> dict[str, Any]:
    """The filters of approvals, ids read; raises ``invalid_filter``."""
    filters = _with_choices(query, _APPROVALS)
    for name in ("workflow", "execution"):
        if filters.get(name):
            filters[name] = _id(name, filters[name])
    if filters.get("assigned") not in (None, "", "me"):
        raise _wrong("assigned", "Must be me.")
    return filters


def items_wanted(query: Mapping[str, str]) -> int | None:
    """How many items of each port: ``items=first:100``; none with ``fields=summary``, all without either."""
    if query.get("fields"):
        if query["fields"] != "summary":
            raise _wrong("fields", "Must be summary.")
        return 0
    if not query.get("items"):
        return None
    way, _, count = query["items"].partition(":")
    if way != "first" or not count.isascii() or not count.isdecimal() or len(count) > 4 or int(count) > MAX_SHOWN:
        raise _wrong("items", f"Must be first: and a number up to {MAX_SHOWN}, as in first:100.")
    return int(count)


def _with_choices(query: Mapping[str, str], choices: Choices) -> dict[str, Any]:
    filters: dict[str, Any] = {name: query[name] for name in query}
    for name, allowed in choices.items():
        if filters.get(name) and filters[name] not in allowed.values:
            raise _wrong(name, f"Must be one of {', '.join(allowed.values)}.")
    return filters


def _id(name: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise _wrong(name, "Must be the id of a workflow.") from None


def _moment(name: str, text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _wrong(name, "Must be an ISO 8601 moment.")
    return found


def _wrong(name: str, message: str) -> InvalidInput:
    return InvalidInput(f"The filter {name} is wrong.", code="invalid_filter", errors={name: [message]})

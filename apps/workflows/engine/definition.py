"""A workflow's definition as frozen values, parsed from its JSON document.

Parsing is tolerant: what the document leaves out takes its default, what has the wrong type is treated
as left out. Whether a document is *right* is the business of ``validation``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCHEMA_VERSION = 1


# ``on_doubt`` of a node: nobody knows whether its effect happened, so a person is asked.
STOP_AND_ASK = "stop_and_ask"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and when a node that failed is tried again. Delays in milliseconds."""

    enabled: bool = False
    max_retries: int = 3
    delay_ms: float = 1000
    exponential_backoff: bool = False
    backoff_multiplier: float = 2
    max_delay_ms: float = 10_000
    retry_on: tuple[str, ...] = ()

    def delay_before(self, retry: int) -> float:
        """Seconds to wait before retry number ``retry`` (from 1)."""
        factor = self.backoff_multiplier ** (retry - 1) if self.exponential_backoff else 1
        return float(min(self.delay_ms * factor, self.max_delay_ms)) / 1000

    def allows(self, kind: str, retryable: bool) -> bool:
        """Whether an error of this kind is worth another try."""
        return kind in self.retry_on if self.retry_on else retryable


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a definition."""

    id: str
    type: str
    name: str
    type_version: float = 1
    x: float = 0
    y: float = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""
    disabled: bool = False
    run_if: str = ""
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    on_doubt: str = "retry"
    on_error: str = "stop"
    timeout_seconds: float | None = None
    execute_once: bool = False
    always_output_data: bool = False
    pinned_data: tuple[Mapping[str, Any], ...] | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """From an output port of one node to an input port of another."""

    source: str
    source_output: str
    target: str
    target_input: str


@dataclass(frozen=True, slots=True)
class WholeRetry:
    """How often a whole run that failed is accepted again, and after how many milliseconds."""

    enabled: bool = False
    max_retries: int = 3
    delay_ms: float = 1000


@dataclass(frozen=True, slots=True)
class WorkflowSettings:
    """The settings of a definition that the engine and the runtime follow."""

    timezone: str = ""
    timeout_seconds: float | None = None
    error_workflow: str = ""
    save_progress: str = "side_effects"
    save_success: bool = True
    save_error: bool = True
    save_manual: bool = True
    execution_mode: str = "sequential"
    single_run: bool = False
    max_concurrent_executions: int = 0
    on_limit: str = "queue"
    concurrency_key: str = ""
    priority: str = "normal"
    retry: WholeRetry = field(default_factory=WholeRetry)


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole definition."""

    nodes: tuple[Node, ...]
    connections: tuple[Connection, ...]
    variables: Mapping[str, Any]
    settings: WorkflowSettings


def upgrade(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document in the present schema version: each step of the chain raises it by one."""
    return document


def parse_definition(document: Mapping[str, Any]) -> Definition:
    """The definition that a stored document describes."""
    document = upgrade(document)
    return Definition(
        nodes=tuple(_node(entry) for entry in _objects(document.get("nodes"))),
        connections=tuple(_connection(entry) for entry in _objects(document.get("connections"))),
        variables=_object(document.get("variables")),
        settings=_settings(_object(document.get("settings"))),
    )


def _node(entry: Mapping[str, Any]) -> Node:
    position = _object(entry.get("position"))
    pinned = entry.get("pinned_data")
    return Node(
        id=_text(entry, "id"),
        type=_text(entry, "type"),
        name=_text(entry, "name") or _text(entry, "id"),
        type_version=_number(entry, "type_version", 1) or 1,
        x=_number(position, "x", 0) or 0,
        y=_number(position, "y", 0) or 0,
        parameters=_object(entry.get("parameters")),
        credentials={kind: str(found) for kind, found in _object(entry.get("credentials")).items()},
        notes=_text(entry, "notes"),
        disabled=entry.get("disabled") is True,
        run_if=_text(entry, "run_if"),
        retry=_retry(_object(entry.get("retry"))),
        on_doubt=_text(entry, "on_doubt") or "retry",
        on_error=_text(entry, "on_error") or "stop",
        timeout_seconds=_number(entry, "timeout_seconds", None),
        execute_once=entry.get("execute_once") is True,
        always_output_data=entry.get("always_output_data") is True,
        pinned_data=tuple(_objects(pinned)) if isinstance(pinned, list) else None,
    )


def _retry(entry: Mapping[str, Any]) -> RetryPolicy:
    retry_on = entry.get("retry_on")
    return RetryPolicy(
        enabled=entry.get("enabled") is True,
        max_retries=int(_number(entry, "max_retries", 3) or 0),
        delay_ms=_number(entry, "delay_ms", 1000) or 0,
        exponential_backoff=entry.get("exponential_backoff") is True,
        backoff_multiplier=_number(entry, "backoff_multiplier", 2) or 1,
        max_delay_ms=_number(entry, "max_delay_ms", 10_000) or 0,
        retry_on=tuple(str(kind) for kind in retry_on) if isinstance(retry_on, list) else (),
    )


def _connection(entry: Mapping[str, Any]) -> Connection:
    return Connection(
        source=_text(entry, "source"),
        source_output=_text(entry, "source_output") or "main",
        target=_text(entry, "target"),
        target_input=_text(entry, "target_input") or "main",
    )


def _settings(entry: Mapping[str, Any]) -> WorkflowSettings:
    return WorkflowSettings(
        timezone=_text(entry, "timezone"),
        timeout_seconds=_number(entry, "timeout_seconds", None),
        error_workflow=_text(entry, "error_workflow"),
        save_progress=_text(entry, "save_progress") or "side_effects",
        save_success=entry.get("save_success") is not False,
        save_error=entry.get("save_error") is not False,
        save_manual=entry.get("save_manual") is not False,
        execution_mode=_text(entry, "execution_mode") or "sequential",
        single_run=entry.get("single_run") is True,
        max_concurrent_executions=max(0, int(_number(entry, "max_concurrent_executions", 0) or 0)),
        on_limit=_text(entry, "on_limit") or "queue",
        concurrency_key=_text(entry, "concurrency_key"),
        priority=_text(entry, "priority") or "normal",
        retry=_whole_retry(_object(entry.get("retry"))),
    )


def _whole_retry(entry: Mapping[str, Any]) -> WholeRetry:
    return WholeRetry(
        enabled=entry.get("enabled") is True,
        max_retries=int(_number(entry, "max_retries", 3) or 0),
        delay_ms=_number(entry, "delay_ms", 1000) or 0,
    )


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _number(entry: Mapping[str, Any], name: str, default: float | None) -> float | None:
    value = entry.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else default

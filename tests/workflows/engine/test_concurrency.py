"""Limits as the settings say them, and what runs are counted by."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.concurrency import Limit, key_of, limit_of
from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.validation.document import validate
from apps.workflows.registry import node_types
from tests.workflows.main_job.definitions import MANUAL, chain, fields


def settings_of(**settings: Any) -> Any:
    return parse_definition(chain(MANUAL, settings=settings)).settings


@pytest.mark.parametrize(
    ("settings", "limit"),
    [
        ({}, None),
        ({"max_concurrent_executions": 0, "on_limit": "reject"}, None),
        ({"max_concurrent_executions": -3}, None),
        ({"max_concurrent_executions": 2}, Limit(2, "queue", False, "")),
        (
            {"max_concurrent_executions": 2, "on_limit": "reject", "concurrency_key": "={{ $json.a }}"},
            Limit(2, "reject", False, "={{ $json.a }}"),
        ),
        # One run at a time is one of the whole workflow, and the others wait.
        ({"single_run": True, "max_concurrent_executions": 2, "on_limit": "reject"}, Limit(1, "queue", True, "")),
    ],
)
def test_the_limit_of_settings(settings: dict[str, Any], limit: Limit | None) -> None:
    assert limit_of(settings_of(**settings)) == limit


@pytest.mark.parametrize(
    ("text", "item", "key"),
    [
        ("", {"a": 1}, ""),
        ("={{ $json.a }}", {"a": "x"}, "x"),
        ("={{ $trigger.a }}", {"a": 7}, "7"),
        ("={{ $json.a }}", {"a": {"c": 1, "b": "ü"}}, '{"b": "ü", "c": 1}'),
        ("={{ $json.a }}-{{ $json.b }}", {"a": 1, "b": "x"}, "1-x"),
        ("={{ $json.a }}", {"a": "x\ud800"}, "x\ufffd"),
        ("={{ $json.a }}", {}, ""),
        ("={{ $json.a }}", {"a": ""}, ""),
        ("={{ $json.a.b }}", {"a": None}, ""),
        ("={{ $workflow.id }}", {}, ""),
        ("={{ $json. }}", {"a": 1}, ""),
        ("all", {"a": 1}, "all"),
    ],
)
def test_what_a_run_is_counted_by(text: str, item: dict[str, Any], key: str) -> None:
    assert key_of(text, item) == key


@pytest.mark.parametrize(
    ("settings", "faults"),
    [
        ({"concurrency_key": "={{ $json.a }}", "max_concurrent_executions": 1}, []),
        ({"concurrency_key": "={{ $json. }}", "max_concurrent_executions": 1}, [("expression_syntax_error", "error")]),
        ({"concurrency_key": "={{ $vars.a }}", "max_concurrent_executions": 1}, [("unknown_name", "error")]),
        ({"concurrency_key": "={{ $json.a }}"}, [("key_without_limit", "warning")]),
        ({"concurrency_key": "={{ $json.a }}", "single_run": True}, [("key_without_limit", "warning")]),
        ({"max_concurrent_executions": -1}, [("wrong_shape", "error")]),
        ({"retry": {"max_retries": 21}}, [("wrong_shape", "error")]),
        ({"retry": {"enabled": True, "max_retries": 2, "delay_ms": 5}, "priority": "low"}, []),
    ],
)
def test_faults_of_settings_are_named_with_their_place(settings: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    found = validate(chain(MANUAL, fields("a", x="1"), settings=settings), node_types.get)
    assert [(fault.code, fault.severity) for fault in found] == faults
    assert all(fault.path.startswith("definition.settings.") for fault in found)


def test_a_whole_retry_has_defaults() -> None:
    retry = settings_of(retry={"enabled": True}).retry
    assert (retry.enabled, retry.max_retries, retry.delay_ms) == (True, 3, 1000)
    assert not settings_of(retry="often").retry.enabled

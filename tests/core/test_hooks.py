"""The correlation id travels with tasks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from celery import shared_task

from apps.core.hooks import HEADER, begin_task, end_task, send_correlation_id
from exprsn.kernel.correlation import bind_correlation_id, correlation_id

seen: list[str] = []


@shared_task(name="tests.note_id")
def note_id() -> None:
    seen.append(correlation_id())


def test_whoever_sends_a_task_names_the_id() -> None:
    headers: dict[str, str] = {}
    with bind_correlation_id("c-1"):
        send_correlation_id(headers=headers)
    assert headers == {HEADER: "c-1"}
    send_correlation_id(headers=(bare := {}))
    assert bare == {}


@pytest.mark.parametrize("offered", ["c-2", "", "not\nsane"])
def test_a_task_from_the_broker_takes_the_id_over_or_has_its_own(offered: str) -> None:
    task = SimpleNamespace(name="t", request=SimpleNamespace(is_eager=False, **{HEADER: offered}))
    begin_task(task=task)
    within = correlation_id()
    end_task(task=task, state="SUCCESS")
    assert within == offered if offered == "c-2" else len(within) == 36
    assert correlation_id() == ""


def test_a_task_in_place_keeps_the_present_id() -> None:
    seen.clear()
    with bind_correlation_id("c-3"):
        note_id.apply()
        assert correlation_id() == "c-3"
    assert seen == ["c-3"]


def test_an_end_without_a_beginning_is_nothing() -> None:
    end_task(task=SimpleNamespace(request=SimpleNamespace()), state=None)

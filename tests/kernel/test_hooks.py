from __future__ import annotations

import pytest

from exprsn.kernel.hooks import HookPoint


def test_calls_by_priority_then_by_order_of_adding() -> None:
    heard: list[str] = []
    point = HookPoint("saved")
    point.add(lambda: heard.append("late"), priority=10)
    point.add(lambda: heard.append("first"))
    point.add(lambda: heard.append("second"))
    point.add(lambda: heard.append("early"), priority=-1)
    point.call()
    assert heard == ["early", "first", "second", "late"]
    assert len(point) == 4


def test_an_action_stops_at_the_first_exception() -> None:
    heard: list[str] = []
    point = HookPoint("saved")

    def fail() -> None:
        raise ValueError("no")

    point.add(fail)
    point.add(lambda: heard.append("after"))
    with pytest.raises(ValueError, match="no"):
        point.call()
    assert heard == []


def test_a_filter_passes_the_value_on() -> None:
    point = HookPoint("title")
    point.add(lambda text, suffix: text + suffix)
    point.add(lambda text, suffix: text.upper())
    assert point.filter("a", "b") == "AB"


def test_a_robust_call_reports_what_failed_and_goes_on() -> None:
    heard: list[str] = []
    point = HookPoint("saved")

    @point.add
    def fail() -> None:
        raise ValueError("no")

    point.add(lambda: heard.append("after"))
    (failure,) = point.call_robust()
    assert failure.listener is fail
    assert str(failure.error) == "no"
    assert heard == ["after"]


def test_nobody_listening_changes_nothing() -> None:
    point = HookPoint("quiet")
    point.call(1)
    assert point.filter(1) == 1
    assert point.call_robust(1) == []


def test_a_removed_listener_is_silent() -> None:
    heard: list[int] = []
    point = HookPoint("saved")
    listener = point.add(heard.append)
    point.remove(listener)
    point.remove(listener)
    point.call(1)
    assert heard == []


def test_listeners_may_change_while_a_call_runs() -> None:
    point = HookPoint("saved")

    @point.add
    def once() -> None:
        point.remove(once)

    point.call()
    assert len(point) == 0

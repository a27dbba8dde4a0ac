"""Schedules after a time in which nothing ran, across changes of the clock, and shown before they are saved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.workflows.execution.schedules import start_due_schedules
from apps.workflows.models import Execution, ExecutionPayload, Schedule
from apps.workflows.registry import next_schedule_times
from tests.people import Person
from tests.workflows.main_job.definitions import chain, fields, go_live

pytestmark = pytest.mark.django_db
HOURLY = [{"unit": "hours", "interval": 1, "minute": 0}]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def planned(person: Person, first: datetime, **parameters: Any) -> Schedule:
    """A live schedule that is due at ``first``."""
    go_live(person, chain(("clock", "schedule", {"rules": HOURLY, **parameters}), fields("a", x="1")))
    Schedule.plain.update(next_run_at=first)
    return Schedule.plain.get()


def started_for() -> list[str]:
    rows = ExecutionPayload.plain.filter(kind="trigger").order_by("execution_id")
    return [row.value[0]["json"]["scheduled_for"][11:16] for row in rows]


def after(hours: float, seconds: float = 5) -> list[str]:
    """What is started when somebody looks again so long after noon, and that nothing is started twice."""
    with time_machine.travel(NOON + timedelta(hours=hours, seconds=seconds), tick=False):
        start_due_schedules()
        assert start_due_schedules() == 0
        assert Schedule.plain.get().next_run_at == NOON + timedelta(hours=int(hours) + 1)
    return started_for()


@pytest.mark.parametrize(
    ("parameters", "times"),
    [
        ({}, ["12:00"]),
        ({"missed_runs": "once"}, ["12:00"]),
        ({"missed_runs": "all"}, ["12:00", "13:00", "14:00", "15:00"]),
        ({"missed_runs": "all", "missed_limit": 2}, ["12:00", "13:00"]),
        ({"missed_runs": "all", "missed_limit": 1}, ["12:00"]),
        ({"missed_runs": "skip"}, ["15:00"]),
    ],
)
def test_what_becomes_of_missed_times(owner: Person, parameters: dict[str, Any], times: list[str]) -> None:
    planned(owner, NOON, **parameters)
    assert after(3) == times


def test_skipped_times_start_nothing_when_none_is_in_time(owner: Person) -> None:
    planned(owner, NOON, missed_runs="skip")
    assert after(3.5) == []
    assert Schedule.plain.get().last_run_at is None


@pytest.mark.parametrize(("seconds", "times"), [(90, ["12:00"]), (91, [])])
def test_the_grace_is_exact(owner: Person, seconds: float, times: list[str]) -> None:
    planned(owner, NOON, missed_runs="skip", grace_seconds=90)
    assert after(0, seconds) == times


@pytest.mark.parametrize("policy", ["skip", "once", "all"])
def test_a_time_that_was_not_missed_starts_once(owner: Person, policy: str) -> None:
    planned(owner, NOON, missed_runs=policy)
    assert after(0) == ["12:00"]
    assert Execution.plain.count() == 1


def test_each_missed_run_says_when_it_was_started_and_for_when(owner: Person) -> None:
    planned(owner, NOON, missed_runs="all")
    after(1)
    items = [row.value[0]["json"] for row in ExecutionPayload.plain.filter(kind="trigger").order_by("execution_id")]
    assert items[0] == {
        "triggered_at": "2026-03-02T13:00:05+00:00",
        "trigger_type": "schedule",
        "scheduled_for": "2026-03-02T12:00:00+00:00",
    }


def test_two_who_look_at_once_start_one_run(owner: Person) -> None:
    """The second read the row before the first had changed it."""
    schedule = planned(owner, NOON)
    from_before = [schedule]
    with time_machine.travel(NOON, tick=False):
        assert start_due_schedules() == 1
        Schedule.plain.filter(id__in=[row.id for row in from_before]).update(last_run_at=None)
        assert start_due_schedules() == 0
    assert Execution.plain.count() == 1


@pytest.mark.parametrize(
    ("rule", "after", "expected"),
    [
        # Clocks go forward on 29 March at 2:00: 2:30 happens as 3:30, and the day after as itself.
        ({"unit": "days", "hour": 2, "minute": 30}, "2026-03-28T12:00", ["2026-03-29T01:30", "2026-03-30T00:30"]),
        # Clocks go back on 25 October at 3:00: 2:30 comes twice and is taken once, the first time.
        ({"unit": "days", "hour": 2, "minute": 30}, "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ({"unit": "cron", "expression": "30 2 * * *"}, "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ({"unit": "hours", "minute": 0}, "2026-03-29T00:30", ["2026-03-29T01:00", "2026-03-29T02:00"]),
        ({"unit": "hours", "minute": 0}, "2026-10-25T00:30", ["2026-10-25T01:00", "2026-10-25T02:00"]),
    ],
)
def test_changes_of_the_clock_in_both_directions(rule: dict[str, Any], after: str, expected: list[str]) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    found = next_schedule_times([rule], "Europe/Berlin", moment, 2)
    assert [time.isoformat()[:16] for time in found] == expected


PREVIEW = "/api/v1/schedules/preview/"


def test_the_next_five_times_are_shown(mate: Person) -> None:
    body = {
        "rules": [{"unit": "days", "hour": 9}, {"unit": "cron", "expression": "0 21 * * *"}],
        "timezone": "Europe/Berlin",
    }
    with time_machine.travel(datetime(2026, 3, 28, 12, 0, tzinfo=UTC), tick=False):
        answer = mate.api.post(PREVIEW, body, format="json")
    assert (answer.status_code, answer.json()["timezone"]) == (200, "Europe/Berlin")
    assert [time[:16] for time in answer.json()["times"]] == [
        "2026-03-28T20:00", "2026-03-29T07:00", "2026-03-29T19:00", "2026-03-30T07:00", "2026-03-30T19:00",
    ]  # fmt: skip


def test_without_a_zone_that_of_the_organization_counts(owner: Person) -> None:
    owner.organization.timezone = "Asia/Kolkata"
    owner.organization.save()
    with time_machine.travel(NOON, tick=False):
        told = owner.api.post(PREVIEW, {"rules": [{"unit": "days", "hour": 9}]}, format="json").json()
    assert (told["timezone"], told["times"][0][:16]) == ("Asia/Kolkata", "2026-03-03T03:30")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"rules": [{"unit": "days"}, {"unit": "cron", "expression": "x"}]}, "rules[1]"),
        ({"rules": []}, "rules"),
        ({"rules": [{"unit": "days"}], "timezone": "Mars/Base"}, "timezone"),
        ({}, "rules"),
    ],
)
def test_wrong_rules_are_named(owner: Person, body: dict[str, Any], place: str) -> None:
    answer = owner.api.post(PREVIEW, body, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [place])


def test_nobody_asks_without_a_token() -> None:
    assert APIClient().post(PREVIEW, {"rules": HOURLY}, format="json").status_code == 401

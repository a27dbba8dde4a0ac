from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.nodes.schedule_rules import next_times, rule_faults
from apps.workflows.registry import next_schedule_time

BERLIN = "Europe/Berlin"
SPRING = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # half past midnight of the night that loses an hour
AUTUMN = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # half past midnight of the night that has one more

_MOMENTS = st.integers(1735689600, 1798761600).map(lambda second: datetime.fromtimestamp(second, UTC))


def local(rule: Any, after: Any, count: Any, zone: Any = BERLIN) -> Any:
    return [
        moment.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M%z") for moment in next_times([rule], zone, after, count)
    ]


def at(text: Any) -> Any:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"unit": "seconds", "interval": 30}, ["2026-05-05T10:07:30", "2026-05-05T10:08:00"]),
        ({"unit": "minutes", "interval": 15}, ["2026-05-05T10:15:00", "2026-05-05T10:30:00"]),
        ({"unit": "hours", "interval": 6, "minute": 5}, ["2026-05-05T12:05:00", "2026-05-05T18:05:00"]),
        ({"unit": "hours", "interval": 48}, ["2026-05-07T00:00:00", "2026-05-09T00:00:00"]),
        ({"unit": "days", "hour": 9, "minute": 30}, ["2026-05-06T09:30:00", "2026-05-07T09:30:00"]),
        ({"unit": "days", "interval": 2}, ["2026-05-07T00:00:00", "2026-05-09T00:00:00"]),
        ({"unit": "weeks", "weekdays": [1, 0], "hour": 8}, ["2026-05-10T08:00:00", "2026-05-11T08:00:00"]),
        ({"unit": "weeks", "hour": 8}, ["2026-05-06T08:00:00", "2026-05-07T08:00:00"]),
        ({"unit": "months", "day_of_month": 31}, ["2026-05-31T00:00:00", "2026-07-31T00:00:00"]),
        ({"unit": "months", "interval": 3}, ["2026-07-01T00:00:00", "2026-10-01T00:00:00"]),
        ({"unit": "cron", "expression": "0 9 * * 1-5"}, ["2026-05-06T09:00:00", "2026-05-07T09:00:00"]),
        ({"unit": "cron", "expression": "30 0 9 * * *"}, ["2026-05-06T09:00:30", "2026-05-07T09:00:30"]),
        ({"unit": "cron", "expression": "@daily"}, ["2026-05-06T00:00:00", "2026-05-07T00:00:00"]),
    ],
)
def test_next_times_of_a_rule(rule: Any, expected: Any) -> None:
    assert next_times([rule], "UTC", at("2026-05-05T10:07:01"), 2) == [at(text) for text in expected]


def test_a_skipped_wall_time_happens_later() -> None:
    for rule in (
        {"unit": "days", "hour": 2, "minute": 30},
        {"unit": "cron", "expression": "30 2 * * *"},
    ):
        assert local(rule, SPRING, 2) == ["03-29 03:30+0200", "03-30 02:30+0200"]


def test_a_doubled_wall_time_happens_once() -> None:
    for rule in (
        {"unit": "days", "hour": 2, "minute": 30},
        {"unit": "cron", "expression": "30 2 * * *"},
    ):
        assert local(rule, AUTUMN, 2) == ["10-25 02:30+0200", "10-26 02:30+0100"]


def test_a_cron_line_with_any_hour_follows_real_time() -> None:
    rule = {"unit": "cron", "expression": "30 * * * *"}
    assert local(rule, SPRING, 3) == ["03-29 01:30+0100", "03-29 03:30+0200", "03-29 04:30+0200"]
    assert local(rule, AUTUMN, 4) == [
        "10-25 01:30+0200",
        "10-25 02:30+0200",
        "10-25 02:30+0100",
        "10-25 03:30+0100",
    ]


def test_a_cron_line_with_any_hour_finds_the_change_months_ahead() -> None:
    rule = {"unit": "cron", "expression": "0 * 1 11 *"}
    assert local(rule, SPRING, 2) == ["11-01 00:00+0100", "11-01 01:00+0100"]


def test_hours_follow_real_time() -> None:
    assert local({"unit": "hours", "interval": 1, "minute": 15}, AUTUMN, 4) == [
        "10-25 01:15+0200",
        "10-25 02:15+0200",
        "10-25 02:15+0100",
        "10-25 03:15+0100",
    ]
    assert local({"unit": "hours", "interval": 2}, AUTUMN, 2) == ["10-25 02:00+0200", "10-25 04:00+0100"]


def test_zones_with_half_hours() -> None:
    assert local({"unit": "hours", "minute": 15}, AUTUMN, 1, "Asia/Kolkata") == ["10-25 04:15+0530"]


def test_several_rules_are_merged_without_doubles() -> None:
    rules = [{"unit": "hours", "interval": 1}, {"unit": "minutes", "interval": 30}]
    assert next_times(rules, "UTC", at("2026-05-05T10:00:00"), 3) == [
        at("2026-05-05T10:30:00"),
        at("2026-05-05T11:00:00"),
        at("2026-05-05T11:30:00"),
    ]


def test_an_impossible_day_is_never_due() -> None:
    assert next_times([{"unit": "cron", "expression": "0 0 30 2 *"}], "UTC", SPRING) == []
    assert next_schedule_time([{"unit": "cron", "expression": "0 * 30 2 *"}], "UTC", SPRING) is None


def test_an_unknown_zone_counts_as_utc() -> None:
    assert next_schedule_time([{"unit": "days"}], "Mars/Base", SPRING) == at("2026-03-29T00:00:00")


def test_rules_that_are_not_understood_count_for_nothing() -> None:
    assert next_times([{"unit": "fortnights"}, "daily"], "UTC", SPRING) == []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"unit": "years"}, "The unit is one of seconds, minutes, hours, days, weeks, months, cron."),
        ({"unit": "minutes", "interval": 0}, "The interval in minutes is a whole number from 1 to 10080."),
        ({"unit": "minutes", "interval": True}, "The interval in minutes is a whole number from 1 to 10080."),
        (
            {"unit": "days", "hour": 24},
            "The hour is a whole number from 0 to 23, the minute from 0 to 59.",
        ),
        ({"unit": "months", "day_of_month": 32}, "The day of the month is a whole number from 1 to 31."),
        ({"unit": "weeks", "weekdays": [7]}, "Weekdays are whole numbers from 0 (Sunday) to 6 (Saturday)."),
        ({"unit": "cron"}, "Give a cron line of five fields, for example 0 9 * * 1-5."),
        (
            {"unit": "cron", "expression": "* * *"},
            "A cron line has five fields, or six with the seconds first.",
        ),
        (
            {"unit": "cron", "expression": "R R * * *"},
            "The cron line is not understood: R and H choose a random time.",
        ),
        (
            {"unit": "cron", "expression": "99 * * * *"},
            "The cron line is not understood: [99 * * * *] is not acceptable, out of range",
        ),
    ],
)
def test_faults_of_rules(rule: Any, message: Any) -> None:
    assert rule_faults([{"unit": "days"}, rule], "rules") == {"rules[1]": [message]}


def test_faults_of_the_list() -> None:
    assert rule_faults("daily", "rules") == {"rules": ["Give between 1 and 20 rules."]}


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["0 3 * * *", "*/20 * * * *", "15 2 * * 0", "0 */5 * * *"]),
    _MOMENTS,
    st.sampled_from([BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_cron_moments_are_later_and_in_order(expression: Any, after: Any, zone: Any) -> None:
    found = next_times([{"unit": "cron", "expression": expression}], zone, after, 12)
    assert found == sorted(set(found))
    assert found[0] > after


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(["seconds", "minutes", "hours", "days", "weeks", "months"]),
            "interval": st.integers(1, 60),
            "hour": st.integers(0, 23),
            "minute": st.integers(0, 59),
        }
    ),
    _MOMENTS,
)
def test_what_is_next_does_not_depend_on_when_one_asks(rule: Any, after: Any) -> None:
    first, second = next_times([rule], BERLIN, after, 2)
    assert next_times([rule], BERLIN, first) == [second]

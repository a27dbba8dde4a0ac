"""Calendar, zones, and arithmetic with dates, times and durations."""

import datetime as python
import zoneinfo
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.feel import temporal_calendar as calendar
from apps.decision_tables.engine.feel.arithmetic import add, divide, multiply, negate, subtract
from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.comparing import same
from apps.decision_tables.engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, date_of_days
from apps.decision_tables.engine.feel.temporal_properties import has_properties
from apps.decision_tables.engine.feel.temporal_zones import is_zone, offset_at, offset_of_instant
from tests.decision_tables.feel_values.examples import wrong
from tests.decision_tables.feel_values.strategies import DAYS, FIRST_DAY, LAST_DAY, MOMENTS, NEAR_DATES

ONE_DAY = DaysDuration(86_400 * 10**9)


@given(st.integers(FIRST_DAY, LAST_DAY))
@settings(max_examples=100)
def test_a_day_number_is_the_number_of_its_date(days: int) -> None:
    date = date_of_days(days)
    assert date is not None
    assert date.days == days
    assert add(date, ONE_DAY) == date_of_days(days + 1)


@given(st.dates())
@settings(max_examples=50)
def test_the_calendar_agrees_with_pythons(date: python.date) -> None:
    days = calendar.day_number(date.year, date.month, date.day)
    assert days == date.toordinal() - python.date(1970, 1, 1).toordinal()
    assert calendar.weekday(days) == date.isoweekday()


@given(NEAR_DATES, DAYS)
@settings(max_examples=100)
def test_what_was_added_is_the_difference(date: Date, duration: DaysDuration) -> None:
    whole = DaysDuration(duration.nanos // ONE_DAY.nanos * ONE_DAY.nanos)
    later = add(date, whole)
    assert later is None or subtract(later, date) == whole


@given(MOMENTS, DAYS)
@settings(max_examples=100)
def test_adding_to_a_moment_can_be_taken_back(moment: DateTime, duration: DaysDuration) -> None:
    later = add(moment, duration)
    if later is not None and moment.time.zone is None:
        assert same(subtract(later, duration), moment)
        assert subtract(later, moment) == duration
        assert subtract(moment, later) == negate(duration)


ARITHMETIC = """
@"2026-01-31" + @"P1M" → @"2026-02-28"
@"2024-02-29" + @"P1Y" → @"2025-02-28"
@"2026-03-31" - @"P1M" → @"2026-02-28"
@"P1D" + @"2026-01-31" → @"2026-02-01"
@"2026-01-01" + @"PT23H" → @"2026-01-01"
@"2026-01-01" - @"PT1H" → @"2025-12-31"
@"2026-01-31T10:00:00" + @"P1M" → @"2026-02-28T10:00:00"
@"2026-01-31T23:00:00Z" + @"PT2H" → @"2026-02-01T01:00:00Z"
@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H" → @"2026-03-29T03:30:00@Europe/Paris"
@"23:00:00Z" + @"PT2H" → @"01:00:00Z"
@"01:00:00" - @"PT2H" → @"23:00:00"
@"2026-01-02" - @"2026-01-01" → @"P1D"
@"2026-01-02T00:00:00Z" - @"2026-01-01" → @"P1D"
@"2026-01-02" - @"2026-01-01T12:00:00Z" → @"PT12H"
@"2026-01-02" - @"2026-01-01T12:00:00" → null
@"2026-01-01T10:00:00Z" - @"2026-01-01T10:00:00" → null
@"2026-01-01T10:00:00+02:00" - @"2026-01-01T10:00:00Z" → @"-PT2H"
@"10:00:00" - @"08:30:00" → @"PT1H30M"
@"10:00:00" - @"08:30:00Z" → null
@"2026-01-01" + @"2026-01-01" → null
@"10:00:00" + @"P1M" → null
@"P1M" + @"P1D" → null
@"P1Y" - @"P1M" → @"P11M"
@"PT1H" + @"PT30M" → @"PT1H30M"
@"P1Y" * 1.5 → @"P1Y6M"
-2 * @"PT1H" → @"-PT2H"
@"PT1H" / 4 → @"PT15M"
@"PT1H" / 0 → null
@"P1Y" / 0 → null
@"P1Y" / @"P3M" → 4
@"PT1H" / @"PT0S" → null
@"P1Y" / @"P1D" → null
@"PT0S" * 5 → @"PT0S"
@"P1M" * 1e-6000 → @"P0M"
@"P1M" * 1e40 → null
@"P1D" * 1e30 → null
@"999999999-12-31" + @"P1D" → null
@"999999999-12-31T00:00:00" + @"P1M" → null
@"999999999-12-31T00:00:00" + @"P1D" → null
2 + "a" → null
"a" - "b" → null
"a" * 2 → null
2 / "a" → null
"a" ** 2 → null
-@"2026-01-01" → null
@"2026-01-01".weekday → 4
@"2026-01-01T10:20:30.5Z".second → 30.5
@"2026-07-01T10:00:00@Europe/Paris".time offset → @"PT2H"
@"10:00:00@Europe/Paris".time offset → null
@"10:00:00".time offset → null
@"10:00:00-01:00".time offset → @"-PT1H"
@"2026-01-01".hour → null
@"-P1DT25H61M1.5S".days → -2
@"-P1DT25H61M1.5S".hours → -2
@"-P1DT25H61M1.5S".minutes → -1
@"-P1DT25H61M1.5S".seconds → -1.5
@"-P14M".years → -1
@"P14M".months → 2
[1..5).end included → false
range("(..5)").start → null
"""


def test_the_arithmetic_of_the_standard() -> None:
    assert wrong(ARITHMETIC.strip().split("\n")) == []


@pytest.mark.parametrize(
    ("zone", "date", "hours"),
    [
        ("Europe/Paris", Date(2026, 7, 1), 2),
        ("Europe/Paris", Date(99_999, 7, 1), 2),
        ("Asia/Kolkata", Date(2026, 1, 1), 5.5),
        ("Nowhere/City", Date(2026, 1, 1), 0),
    ],
)
def test_the_offset_of_a_zone(zone: str, date: Date, hours: float) -> None:
    assert offset_at(zone, date.days, 43_200) == hours * 3600
    assert offset_of_instant(zone, date.days, 43_200) == hours * 3600


def test_long_ago_zones_had_local_mean_time() -> None:
    assert offset_at("Europe/Paris", Date(-44, 3, 15).days, 0) == 561


def test_durations_have_bounds() -> None:
    longest = DaysDuration(10**34 - 1)
    assert add(longest, DaysDuration(1)) is None
    assert multiply(MonthsDuration(10**33), Decimal(11)) is None
    assert divide(MonthsDuration(10**30), Decimal("1e-10")) is None


@pytest.mark.parametrize("name", ["../etc/passwd", "Europe", "a" * 100, "", "Europe/Paris\n", "localtime/../x"])
def test_what_is_no_zone(name: str) -> None:
    assert not is_zone(name)


@given(st.integers(-(2**31), 2**32), st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe"]))
@settings(max_examples=60)
def test_zones_agree_with_pythons(timestamp: int, zone: str) -> None:
    ahead = python.datetime.fromtimestamp(timestamp, zoneinfo.ZoneInfo(zone)).utcoffset()
    assert ahead is not None
    assert offset_of_instant(zone, *divmod(timestamp, 86_400)) == int(ahead.total_seconds())


@given(st.dates())
@settings(max_examples=60)
def test_weeks_and_days_agree_with_pythons(date: python.date) -> None:
    ours = Date(date.year, date.month, date.day)
    assert FUNCTIONS["week of year"].call([ours]) == date.isocalendar().week
    assert FUNCTIONS["day of year"].call([ours]) == date.timetuple().tm_yday
    assert FUNCTIONS["day of week"].call([ours]) == date.strftime("%A")
    assert FUNCTIONS["month of year"].call([ours]) == date.strftime("%B")


@given(NEAR_DATES, NEAR_DATES)
@settings(max_examples=60)
def test_months_between_are_the_most_that_fit(start: Date, end: Date) -> None:
    months = FUNCTIONS["years and months duration"].call([start, end])
    step = MonthsDuration(1 if start.days <= end.days else -1)
    beyond = add(start, add(months, step))
    reached = add(start, months)
    assert isinstance(reached, Date)
    assert isinstance(beyond, Date)
    assert abs(beyond.days - start.days) > abs(end.days - start.days) or beyond.day < start.day
    assert abs(reached.days - start.days) <= abs(end.days - start.days)


def test_only_some_values_have_properties() -> None:
    assert has_properties(ONE_DAY)
    assert not has_properties("text")

"""Random FEEL values."""

from decimal import Decimal

from hypothesis import strategies as st

from apps.decision_tables.engine.feel.temporal import (
    NANOS,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    date_of_days,
)
from apps.decision_tables.engine.feel.temporal_calendar import HIGHEST_YEAR, LOWEST_YEAR, day_number
from apps.decision_tables.engine.feel.values import Range

FIRST_DAY, LAST_DAY = day_number(LOWEST_YEAR, 1, 1), day_number(HIGHEST_YEAR, 12, 31)
ZONES = ("Europe/Paris", "America/New_York", "Etc/UTC", "Asia/Kolkata")

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)
DATES = st.integers(FIRST_DAY, LAST_DAY).map(date_of_days)
NEAR_DATES = st.integers(-200_000, 200_000).map(date_of_days)
OFFSETS = st.none() | st.integers(-18 * 3600, 18 * 3600)


def times(offsets: st.SearchStrategy[int | None] = OFFSETS) -> st.SearchStrategy[Time]:
    """Times of day, local or at an offset."""
    below_60 = st.integers(0, 59)
    return st.builds(Time, st.integers(0, 23), below_60, below_60, st.integers(0, NANOS - 1), offsets)


ZONED_TIMES = st.builds(Time, st.integers(0, 23), st.integers(0, 59), st.just(0), zone=st.sampled_from(ZONES))
TIMES = times() | times(st.just(0)) | ZONED_TIMES
MOMENTS = st.builds(DateTime, DATES, TIMES)
DAYS = st.builds(DaysDuration, st.integers(-(10**22), 10**22))
MONTHS = st.builds(MonthsDuration, st.integers(-(10**9), 10**9))
TEMPORALS = DATES | TIMES | MOMENTS | DAYS | MONTHS
SCALARS = st.none() | st.booleans() | NUMBERS | st.text(max_size=5) | TEMPORALS
RANGES = st.builds(lambda low, size: Range(low, True, low + size, False), NUMBERS, st.integers(0, 9).map(Decimal))
VALUES = st.recursive(
    SCALARS | RANGES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)

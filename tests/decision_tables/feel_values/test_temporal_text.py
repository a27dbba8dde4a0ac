"""Dates, times and durations from text and back."""

import pytest
from hypothesis import given, settings

from apps.decision_tables.engine.feel import temporal_reading as reading
from apps.decision_tables.engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from apps.decision_tables.engine.feel.temporal_text import Temporal, text_of
from tests.decision_tables.feel_values.strategies import TEMPORALS

OTHER = """
2026-1-1 2026-13-01 2026-02-29 998-01-01 01998-01-01 +2026-01-01 9999999999-01-01 2026-01-01T 2026-01-01Z 2026
24:00:00 10:60:00 10:00:60 10:00 1:00:00 10:00:00. 10:00:00+1:00 10:00:00+18:01 10:00:00+01:60 10:00:00+01:00:60
10:00:00@Nowhere/City 10:00:00@ 10:00:00@Europe 10:00:00+01:00@Europe/Paris 10:00:00@../../etc/passwd 2026-01-01T10
2026-13-01T10:00:00 P PT P1DT P1H PT1D P1Y1D 1Y P-1D +P1D P1.5D P1W ٢٠٢٦-01-01
"""


@given(TEMPORALS)
@settings(max_examples=100)
def test_what_was_written_is_read_back_unchanged(value: Temporal) -> None:
    assert reading.parse_temporal(text_of(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-31", Date(2026, 1, 31)),
        ("-0001-12-31", Date(-1, 12, 31)),
        ("0000-02-29", Date(0, 2, 29)),
        ("999999999-12-31", Date(999_999_999, 12, 31)),
        ("10:30:00", Time(10, 30, 0)),
        ("10:30:00z", Time(10, 30, 0, 0, 0)),
        ("10:30:00.25-01:30", Time(10, 30, 0, 250_000_000, -5400)),
        ("10:30:00+01:00:30", Time(10, 30, 0, 0, 3630)),
        ("10:30:00@Europe/Paris", Time(10, 30, 0, zone="Europe/Paris")),
        ("10:30:00.1234567891", Time(10, 30, 0, 123_456_789)),
        ("2026-01-31T00:00:00Z", DateTime(Date(2026, 1, 31), Time(0, 0, 0, 0, 0))),
        ("P1DT2H3M4.5S", DaysDuration(93_784_500_000_000)),
        ("PT0.S", DaysDuration(0)),
        ("-P1Y2M", MonthsDuration(-14)),
    ],
)
def test_a_text_is_read(text: str, value: Temporal) -> None:
    assert reading.parse_temporal(text) == value


@pytest.mark.parametrize("text", ["", *OTHER.split()])
def test_another_text_is_null(text: str) -> None:
    assert reading.parse_temporal(text) is None


@pytest.mark.parametrize("start", ["2026-01-01T10:00:00.", "10:00:00.", "P", "PT"])
def test_a_text_beyond_all_measure_is_null(start: str) -> None:
    assert reading.parse_temporal(start + "9" * 5000 + "S") is None


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("PT36H", "P1DT12H"),
        ("PT0.500S", "PT0.5S"),
        ("-PT61M", "-PT1H1M"),
        ("P0D", "PT0S"),
        ("P0Y", "P0M"),
        ("P24M", "P2Y"),
        ("-P13M", "-P1Y1M"),
        ("P11M", "P11M"),
        ("10:00:00+00:00", "10:00:00Z"),
        ("10:00:00-05:30", "10:00:00-05:30"),
        ("10:00:00.120", "10:00:00.12"),
    ],
)
def test_the_normal_form(text: str, normal: str) -> None:
    value = reading.parse_temporal(text)
    assert value is not None
    assert text_of(value) == normal

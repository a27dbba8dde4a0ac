from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.node_type import NodeError

DAY = "2026-03-28T12:30:15.250Z"


def answer(run_node: Any, parameters: Any, item: Any = None, **more: Any) -> Any:
    (json,) = run_node("date_time", {"include_input": False, **parameters}, [item or {}], **more).json()
    return json["date"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, "2026-03-01T12:00:00.000Z"),
        ({"include_time": False}, "2026-03-01T00:00:00.000Z"),
        ({"timezone": "Asia/Kolkata"}, "2026-03-01T17:30:00.000+05:30"),
        ({"operation": "format", "date": DAY}, "2026-03-28"),
        ({"operation": "format", "date": DAY, "format": "dd.MM.yyyy 'at' H:mm", "timezone": "Europe/Berlin"},
         "28.03.2026 at 13:30"),
        ({"operation": "format", "date": "March 5, 2026", "format": "EEEE"}, "Thursday"),
        ({"operation": "format", "date": "2026-03-28 10:00", "format": "X"}, "1774692000"),
        ({"operation": "format", "date": 1774692000, "format": "yyyy-MM-dd HH"}, "2026-03-28 10"),
        ({"operation": "format", "date": "1774692000000", "format": "yyyy-MM-dd HH"}, "2026-03-28 10"),
        ({"operation": "format", "date": "28.3.2026", "input_format": "d.M.yyyy"}, "2026-03-28"),
        ({"operation": "add", "date": DAY, "amount": 1, "unit": "days"}, "2026-03-29T12:30:15.250Z"),
        ({"operation": "add", "date": "2026-03-28T12:00", "amount": "1", "unit": "day", "timezone": "Europe/Berlin"},
         "2026-03-29T12:00:00.000+02:00"),
        ({"operation": "add", "date": "2026-01-31", "amount": 1, "unit": "months"}, "2026-02-28T00:00:00.000Z"),
        ({"operation": "add", "date": "2026-01-31", "amount": 0.5, "unit": "days"}, "2026-01-31T12:00:00.000Z"),
        ({"operation": "subtract", "date": DAY, "amount": 90, "unit": "minutes"}, "2026-03-28T11:00:15.250Z"),
        ({"operation": "difference", "start": "2026-03-01", "end": "2026-03-04T02:00"}, {"days": 3 + 2 / 24}),
        ({"operation": "difference", "start": "2026-03-01", "end": "2026-03-04T02:00", "units": ["days", "hour"]},
         {"days": 3, "hours": 2}),
        ({"operation": "difference", "start": "2026-03-04", "end": "2026-03-01"}, {"days": -3}),
        ({"operation": "difference", "start": "2026-03-01", "end": "2026-03-04T02:00", "units": ["days", "hours"],
          "as_iso": True}, "P3DT2H"),
        ({"operation": "extract", "date": DAY}, 3),
        ({"operation": "extract", "date": DAY, "part": "week"}, 13),
        ({"operation": "extract", "date": DAY, "part": "weekday"}, 6),
        ({"operation": "extract", "date": DAY, "part": "day_of_year"}, 87),
        ({"operation": "extract", "date": DAY, "part": "hour", "timezone": "America/New_York"}, 8),
        ({"operation": "round", "date": DAY}, "2026-03-01T00:00:00.000Z"),
        ({"operation": "round", "date": DAY, "nearest": "hours"}, "2026-03-28T12:00:00.000Z"),
        ({"operation": "round", "date": DAY, "direction": "up"}, "2026-03-31T23:59:59.999Z"),
    ],
)  # fmt: skip
def test_answers(run_node: Any, parameters: Any, expected: Any) -> None:
    assert answer(run_node, parameters) == expected


def test_the_zone_of_the_workflow_rules(run_node: Any) -> None:
    given = {"operation": "format", "date": "2026-06-01T22:00:00Z", "format": "yyyy-MM-dd HH:mm z"}
    assert answer(run_node, given, timezone="Europe/Berlin") == "2026-06-02 00:00 Europe/Berlin"


def test_the_answer_is_put_into_the_item(run_node: Any) -> None:
    given = {"operation": "extract", "date": "={{ $json.at }}", "part": "day", "output_field": "parts.day"}
    ran = run_node("date_time", given, [{"at": "2026-01-02"}, {"at": "2026-01-03", "parts": {"x": 1}}])
    assert ran.json() == [
        {"at": "2026-01-02", "parts": {"day": 2}},
        {"at": "2026-01-03", "parts": {"x": 1, "day": 3}},
    ]
    assert ran.pairs() == [[(0, 0)], [(1, 0)]]


@pytest.mark.parametrize(
    ("parameters", "parameter", "message"),
    [
        ({"timezone": "Mars/Base"}, "timezone", "There is no time zone 'Mars/Base'."),
        ({"operation": "format", "date": "soon"}, "date", "'soon' is not a date."),
        ({"operation": "format", "date": None}, "date", "'' is not a date."),
        ({"operation": "format", "date": {"a": 1}}, "date", "is not a date"),
        ({"operation": "format", "date": 10**300}, "date", "is not a date"),
        ({"operation": "format", "date": "1.2.2026", "input_format": "d.M.yyyy HH"}, "date", "is not a date"),
        ({"operation": "format", "date": "1", "input_format": "QQ"}, "input_format", "cannot hold “QQ”"),
        ({"operation": "format", "date": DAY, "format": "y" * 2_000}, "format", "longer than"),
        ({"operation": "add", "date": DAY, "amount": "much"}, "amount", "is not an amount of time"),
        ({"operation": "add", "date": DAY, "amount": 1e14}, "amount", "The years 1 to 9999 are known."),
        ({"operation": "add", "date": DAY, "unit": "fortnights"}, "unit", "There is no unit 'fortnights'"),
        ({"operation": "difference", "start": DAY, "end": "x"}, "end", "is not a date"),
        ({"operation": "difference", "start": DAY, "end": DAY, "units": []}, "units", "Choose units out of"),
        ({"operation": "extract", "date": DAY, "part": "mood"}, "part", "There is no part 'mood'."),
        ({"output_field": "[]"}, "output_field", "A field name is missing."),
    ],
)
def test_refusals(run_node: Any, parameters: Any, parameter: Any, message: Any) -> None:
    with pytest.raises(NodeError) as refused:
        answer(run_node, parameters)
    assert (refused.value.parameter, refused.value.item) == (parameter, 0)
    assert message in refused.value.message


_MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=60, deadline=None)
@given(_MOMENTS, st.integers(-10_000, 10_000), st.sampled_from(["weeks", "days", "hours", "minutes", "seconds"]))
def test_adding_is_the_inverse_of_subtracting(run_node: Any, moment: datetime, amount: int, unit: str) -> None:
    moment = moment.replace(microsecond=0)
    common = {"amount": amount, "unit": unit}
    there = answer(run_node, {"operation": "add", "date": moment.isoformat(), **common})
    assert datetime.fromisoformat(there) == moment + timedelta(**{unit: amount})
    back = answer(run_node, {"operation": "subtract", "date": there, **common})
    assert datetime.fromisoformat(back) == moment

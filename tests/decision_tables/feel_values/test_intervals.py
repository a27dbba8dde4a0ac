"""Points and ranges: what the functions say of each two that lie differently."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.values import Range
from tests.decision_tables.feel_values.examples import wrong

NAMES = ("before", "after", "meets", "met by", "overlaps", "overlaps before", "overlaps after", "finishes")
NAMES += ("finished by", "includes", "during", "starts", "started by", "coincides")
# Which of the functions are true of the two ranges, by their places in NAMES.
TABLE = {
    "[1..5] [6..8]": "before",
    "[1..5) [5..8]": "before",
    "[1..5] [5..8]": "meets overlaps overlaps_before",
    "[1..5] [3..8]": "overlaps overlaps_before",
    "[3..8] [1..5]": "overlaps overlaps_after",
    "[5..8] [1..5]": "met_by overlaps overlaps_after",
    "(5..8] [1..5]": "after",
    "[1..5] [1..5]": "overlaps finishes finished_by includes during starts started_by coincides",
    "[1..5) (1..5]": "overlaps overlaps_before",
    "(1..5] [1..5)": "overlaps overlaps_after",
    "[1..5] (1..5]": "overlaps overlaps_before finished_by includes",
    "(1..5] [1..5]": "overlaps overlaps_after finishes during",
    "[1..5) [1..5]": "overlaps during starts",
    "[1..5] [1..9]": "overlaps during starts",
    "[3..5] [1..5]": "overlaps overlaps_after finishes during",
    "[2..4] [1..5]": "overlaps during",
    "[1..5] [2..4]": "overlaps includes",
    "[1..9] [1..5]": "overlaps includes started_by",
}
OPPOSITES = (
    ("before", "after"),
    ("meets", "met by"),
    ("overlaps before", "overlaps after"),
    ("finishes", "finished by"),
    ("includes", "during"),
    ("starts", "started by"),
)
NUMBERS = st.integers(0, 6).map(Decimal)
ENDS = st.lists(NUMBERS, min_size=2, max_size=2, unique=True).map(sorted)
RANGES = st.builds(lambda ends, low, high: Range(ends[0], low, ends[1], high), ENDS, st.booleans(), st.booleans())


@pytest.mark.parametrize(("ranges", "true"), TABLE.items())
def test_what_is_true_of_two_ranges(ranges: str, true: str) -> None:
    first, second = ranges.split()
    held = {name.replace("_", " ") for name in true.split()}
    assert wrong(f"{name}({first}, {second}) → {str(name in held).lower()}" for name in NAMES) == []


@given(RANGES, RANGES)
@settings(max_examples=100)
def test_opposites_hold_of_the_ranges_the_other_way_round(a: Range, b: Range) -> None:
    for name, opposite in OPPOSITES:
        assert FUNCTIONS[name].call([a, b]) is FUNCTIONS[opposite].call([b, a])


@given(RANGES, RANGES)
@settings(max_examples=100)
def test_two_ranges_lie_apart_or_overlap(a: Range, b: Range) -> None:
    held: dict[str, Any] = {name: FUNCTIONS[name].call([a, b]) for name in NAMES}
    assert held["before"] + held["after"] + held["overlaps"] == 1
    assert held["coincides"] == (held["includes"] and held["during"]) == (a == b)
    assert not held["meets"] or held["overlaps"]


@given(NUMBERS, RANGES)
@settings(max_examples=100)
def test_a_point_lies_before_in_or_after_a_range(point: Decimal, interval: Range) -> None:
    places = [FUNCTIONS[name].call([point, interval]) for name in ("before", "during", "after")]
    assert places.count(True) == 1
    assert FUNCTIONS["includes"].call([interval, point]) is places[1]
    assert not FUNCTIONS["starts"].call([point, interval]) or places[1]


@given(RANGES)
@settings(max_examples=50)
def test_a_range_is_read_from_its_text(interval: Range) -> None:
    assert FUNCTIONS["range"].call([FUNCTIONS["string"].call([interval])]) == interval

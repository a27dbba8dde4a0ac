from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exprsn.kernel.errors import InvalidInput
from exprsn.kernel.rates import MAX_KEPT, CallRate


@pytest.mark.parametrize(
    ("text", "calls", "seconds"),
    [("10/s", 10, 1.0), (" 60/min ", 60, 60.0), ("100/h", 100, 3600.0), ("1000/sec", 100, 0.1), ("150/min", 75, 30.0)],
)
def test_rates_are_read_and_high_ones_counted_over_less(text: str, calls: int, seconds: float) -> None:
    assert CallRate.parse(text) == CallRate(calls, seconds)


@pytest.mark.parametrize("text", ["", "10", "0/s", "-1/s", "10/d", "1.5/s", "ten/s", "9999999/s"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        CallRate.parse(text)
    assert refused.value.code == "invalid_rate"


def test_the_next_moment_is_now_or_when_the_oldest_that_counts_is_long_enough_ago() -> None:
    rate = CallRate.parse("2/s")
    assert rate.next_moment([], 5.0) == 5.0
    assert rate.next_moment([4.0], 5.0) == 5.0
    assert rate.next_moment([4.5, 4.8], 5.0) == 5.5
    assert rate.next_moment([1.0, 3.0, 4.8], 5.0) == 5.0


@given(st.integers(1, 500), st.lists(st.floats(0, 0.5), max_size=300))
def test_no_stretch_of_the_time_has_more_calls_than_the_rate(calls: int, steps: list[float]) -> None:
    rate = CallRate.parse(f"{calls}/s")
    assert rate.calls <= MAX_KEPT
    now, taken = 1000.0, []
    for step in steps:
        now += step
        at = rate.next_moment(taken, now)
        assert at >= now
        taken.append(at)
    assert taken == sorted(taken)
    for first, later in zip(taken, taken[rate.calls :], strict=False):
        assert later - first >= rate.seconds - 1e-9

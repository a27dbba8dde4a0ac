from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exprsn.kernel.errors import InvalidInput
from exprsn.kernel.retry import Backoff


def test_fixed_waits_are_all_the_same() -> None:
    assert list(Backoff.fixed(4, 1.5).delays()) == [1.5, 1.5, 1.5]


def test_exponential_waits_double_up_to_the_longest() -> None:
    waits = Backoff.exponential(6, 1, max_delay=5, jitter=0)
    assert list(waits.delays()) == [1, 2, 4, 5, 5]


def test_one_attempt_never_waits() -> None:
    assert list(Backoff(attempts=1).delays()) == []


def test_jitter_takes_its_share_away() -> None:
    waits = Backoff(attempts=3, first=8, jitter=0.5)
    assert list(waits.delays(lambda: 0.5)) == [6.0, 12.0]


def test_many_failures_do_not_overflow() -> None:
    assert Backoff(first=1, factor=1e6, max_delay=9).delay(100_000) == 9
    assert Backoff(first=0, max_delay=9).delay(900) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"attempts": 0},
        {"first": -1},
        {"factor": 0.5},
        {"max_delay": -1},
        {"jitter": 1.1},
        {"first": float("nan")},
    ],
)
def test_senseless_values_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as caught:
        Backoff(**wrong)
    assert caught.value.code == "invalid_backoff"


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 30), st.floats(0, 100), st.floats(1, 10), st.floats(0, 100), st.floats(0, 1))
def test_no_wait_is_negative_or_longer_than_the_longest(
    attempts: int, first: float, factor: float, longest: float, jitter: float
) -> None:
    found = list(Backoff(attempts, first, factor, longest, jitter).delays())
    assert len(found) == attempts - 1
    assert all(0 <= wait <= longest for wait in found)

from __future__ import annotations

from exprsn.kernel.breaker import Breaker


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def opened() -> tuple[Breaker, Time]:
    time = Time()
    breaker = Breaker(clock=time)
    for _ in range(5):
        breaker.failed()
    return breaker, time


def half_open() -> tuple[Breaker, Time]:
    breaker, time = opened()
    time.now += 30
    return breaker, time


def test_four_failures_leave_it_closed_and_the_fifth_opens_it() -> None:
    breaker = Breaker(clock=Time())
    for _ in range(4):
        breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert breaker.state.value == "open"
    assert not breaker.allows()


def test_a_success_between_starts_the_count_again() -> None:
    breaker = Breaker(clock=Time())
    for _ in range(4):
        breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.state.value == "closed"


def test_it_stays_open_until_the_time_is_over() -> None:
    breaker, time = opened()
    time.now += 29.9
    assert breaker.state.value == "open"
    time.now += 0.1
    assert breaker.state.value == "half_open"


def test_half_open_lets_one_trial_through_at_a_time() -> None:
    breaker, _ = half_open()
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()


def test_two_successes_close_it() -> None:
    breaker, _ = half_open()
    breaker.succeeded()
    assert breaker.state.value == "half_open"
    breaker.succeeded()
    assert breaker.state.value == "closed"


def test_one_failure_opens_it_again_for_the_whole_time() -> None:
    breaker, time = half_open()
    assert breaker.allows()
    breaker.failed()
    time.now += 29.9
    assert breaker.state.value == "open"


def test_a_trial_that_never_reports_does_not_block_for_ever() -> None:
    breaker, time = half_open()
    assert breaker.allows()
    time.now += 30
    assert breaker.allows()


def test_reports_of_calls_from_before_do_not_move_an_open_breaker() -> None:
    breaker, _ = opened()
    breaker.succeeded()
    breaker.failed()
    assert breaker.state.value == "open"


def test_a_breaker_made_of_its_record_goes_on_where_the_other_was() -> None:
    breaker, time = half_open()
    assert breaker.allows()
    again = Breaker(clock=time, record=breaker.record)
    assert not again.allows()
    again.succeeded()
    third = Breaker(clock=time, record=again.record)
    third.succeeded()
    assert third.state.value == "closed"
    assert Breaker(clock=time, record=Breaker(clock=time).record).allows()

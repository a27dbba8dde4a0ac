from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
import time_machine

from exprsn.kernel.clock import monotonic, utc_now
from exprsn.kernel.correlation import bind_correlation_id, correlation_id, sane_correlation_id
from exprsn.kernel.ids import first_id_at, new_id


def test_ids_are_version_seven_of_the_present_millisecond() -> None:
    with time_machine.travel(datetime(2026, 1, 2, tzinfo=UTC), tick=False):
        made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == 1767312000000


def test_the_first_id_of_a_moment_parts_before_from_after() -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    with time_machine.travel(moment, tick=False) as traveller:
        at = new_id()
        traveller.shift(-1)
        before = new_id()
    assert before < first_id_at(moment) <= at
    assert first_id_at(moment).version == 7


def test_later_ids_sort_later_and_none_comes_twice() -> None:
    with time_machine.travel(datetime(2026, 1, 2, tzinfo=UTC), tick=False) as traveller:
        early = {new_id() for _ in range(500)}
        traveller.shift(0.001)
        late = {new_id() for _ in range(500)}
    assert len(early | late) == 1000
    assert max(early) < min(late)


def test_ids_sort_in_the_order_in_which_they_were_made_even_within_a_millisecond() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_threads_get_ids_of_their_own() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [one for many in pool.map(lambda _: [new_id() for _ in range(500)], range(16)) for one in many]
    assert len(set(made)) == len(made) == 8000
    assert len({one.int >> 62 for one in made}) == 8000


def test_a_clock_that_was_set_back_is_believed() -> None:
    new_id()
    with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC), tick=False):
        assert new_id().int >> 80 == 1577836800000


def test_the_clock_is_aware_and_never_goes_back() -> None:
    assert utc_now().tzinfo is UTC
    assert monotonic() <= monotonic()


@pytest.mark.parametrize("offered", ["abc-123", "!", "~" * 128])
def test_a_sane_correlation_id_is_taken_over(offered: str) -> None:
    assert sane_correlation_id(offered) == offered


@pytest.mark.parametrize("offered", ["", "a b", "ü", "a\n", "x" * 129])
def test_any_other_is_replaced(offered: str) -> None:
    assert UUID(sane_correlation_id(offered)).version == 7


def test_a_correlation_id_holds_within_its_block() -> None:
    assert correlation_id() == ""
    with bind_correlation_id("outer"), bind_correlation_id("inner") as bound:
        assert bound == correlation_id() == "inner"
    assert correlation_id() == ""

"""The pace: never more than ten in any second, at once after a rest, and regular changes without delay."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, repeat

from hypothesis import given
from hypothesis import strategies as st

from apps.core.live.messages import joined
from apps.core.live.outbox import Frame
from apps.core.live.pace import EARLY, EARLY_RELAYED, HELD_SECONDS, SOON_SECONDS, Pace, Rhythm, hold_until

SPACING = 0.1
GAPS = st.lists(st.floats(0.0, 0.4), min_size=1, max_size=120)


def sent_at(arrivals: list[float], early: float) -> list[float]:
    """When messages go, if each goes as soon as it may."""
    pace, sent = Pace(early), []
    for arrival in arrivals:
        if sent and arrival <= sent[-1]:
            continue  # merged into the one that waits
        due = pace.due(arrival, SPACING)
        pace.sent(due, SPACING)
        sent.append(due)
    return sent


@given(GAPS, st.sampled_from([EARLY, EARLY_RELAYED, 1.0]))
def test_never_more_than_ten_in_any_second(gaps: list[float], early: float) -> None:
    sent = sent_at(list(accumulate(gaps)), early)
    assert all(bisect_left(sent, start + 1 - 1e-9) - at <= 10 for at, start in enumerate(sent))


@given(GAPS)
def test_nothing_waits_longer_than_a_spacing_and_what_was_borrowed(gaps: list[float]) -> None:
    """Evenly paced, a message waits for its turn; only what earlier ones took early comes on top."""
    pace, last = Pace(), 0.0
    for arrival in accumulate(gaps):
        if arrival < last:
            continue
        last = pace.due(arrival, SPACING)
        assert last - arrival <= (1 + EARLY) * SPACING + 1e-9
        pace.sent(last, SPACING)


def test_the_first_after_a_rest_goes_at_once() -> None:
    pace = Pace()
    for moment in (5.0, 7.0, 7.2):
        assert pace.due(moment, SPACING) == moment
        pace.sent(moment, SPACING)
    assert pace.due(7.21, SPACING) > 7.21


def regular_delays(gap: float, seconds: float = 20.0) -> list[float]:
    """How long each of regular changes waits in a room, by its own rules."""
    pace, rhythm, waiting, delays = Pace(), Rhythm(), [], []
    until = 0.0
    for now in accumulate(repeat(gap, int(seconds / gap))):
        if waiting and until <= now:
            pace.sent(until, SPACING)
            delays += [until - since for since in waiting]
            waiting = []
        rhythm.heard(now)
        waiting.append(now)
        until = hold_until(pace, rhythm, now, waiting[0], SPACING)
        if until <= now:
            pace.sent(now, SPACING)
            delays += [now - since for since in waiting]
            waiting = []
    return sorted(delays)


def test_regular_changes_wait_for_one_other_at_most() -> None:
    for rate in (6, 9, 15, 18, 20):
        delays = regular_delays(1 / rate)
        assert delays[int(0.95 * len(delays))] <= 1 / rate + SOON_SECONDS, rate
        assert delays[-1] <= (1 + EARLY) * SPACING


def test_a_rhythm_holds_only_what_may_be_held() -> None:
    rhythm = Rhythm()
    assert rhythm.worth_holding_until(1.0) == 0.0
    for moment in (1.0, 1.05, 1.051, 1.1):  # a change with two hints counts once
        rhythm.heard(moment)
    assert 1.1 < rhythm.worth_holding_until(1.1) <= 1.1 + HELD_SECONDS
    assert rhythm.worth_holding_until(1.1 - HELD_SECONDS) == 0.0


def test_a_message_is_made_once_for_all_who_get_the_same() -> None:
    one, other = Frame(b'{"a":1}'), Frame(b'{"b":"\xc3\xa9"}')
    assert joined([one]) == '{"a":1}'
    text = joined([one, other])
    assert text == '{"type":"batch","frames":[{"a":1},{"b":"é"}]}'
    assert joined([one, other]) is text
    assert joined([other, one]) == '{"type":"batch","frames":[{"b":"é"},{"a":1}]}'

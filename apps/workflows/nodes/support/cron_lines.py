"""Cron lines, over croniter, with clock changes handled as Vixie cron does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from croniter import CroniterError, croniter

MAX_LENGTH = 200
_YEARS = 9
_DICE = re.compile(r"(?<![a-z])[rh](?![a-z])", re.IGNORECASE)


class BadCron(ValueError):
    """A cron line that is not understood."""


@dataclass(frozen=True, slots=True)
class CronLine:
    """A checked cron line."""

    text: str
    has_seconds: bool
    follows_real_time: bool


def parse_cron(text: Any) -> CronLine:
    """Check a cron line. Raises ``BadCron``."""
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_LENGTH:
        raise BadCron("Give a cron line of five fields, for example 0 9 * * 1-5.")
    text = " ".join(text.split())
    fields = text.split(" ")
    if not text.startswith("@") and len(fields) not in (5, 6):
        raise BadCron("A cron line has five fields, or six with the seconds first.")
    if _DICE.search(text):
        raise BadCron("The cron line is not understood: R and H choose a random time.")
    has_seconds = len(fields) == 6
    try:
        croniter(text, datetime(2026, 1, 1), second_at_beginning=True)  # noqa: DTZ001 - wall time on purpose
    except (CroniterError, ValueError, KeyError, AttributeError) as problem:
        raise BadCron(f"The cron line is not understood: {problem}") from None
    hour = fields[2 if has_seconds else 1] if not text.startswith("@") else ("*" if text == "@hourly" else "0")
    return CronLine(text, has_seconds, hour.startswith("*"))


def cron_moments(line: CronLine, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """The moments (UTC) later than ``after``; ends when none is found for nine years."""
    if line.follows_real_time:
        return _real_moments(line, zone, after)
    return _wall_moments(line, zone, after)


def _wall_clock(line: CronLine, wall: datetime) -> Iterator[datetime]:
    """Wall times after ``wall``, without a zone."""
    times = croniter(line.text, wall, second_at_beginning=True, max_years_between_matches=_YEARS)
    while True:
        try:
            yield times.get_next(datetime)
        except CroniterError:
            return


def _wall_moments(line: CronLine, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    start = after.astimezone(zone).replace(tzinfo=None) - timedelta(hours=3)
    last = after
    for wall in _wall_clock(line, start):
        due = wall.replace(tzinfo=zone).astimezone(UTC)  # fold 0: the first of two, after a gap
        if due > last:
            last = due
            yield due


def _real_moments(line: CronLine, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """Read the line with the offset of now until the clock changes, then with the new one."""
    offset = _offset(after, zone)
    while True:
        wall = (after + offset).replace(tzinfo=None)
        for found in _wall_clock(line, wall):
            due = found.replace(tzinfo=UTC) - offset
            if _offset(due, zone) != offset:
                change = _first_change(after, due, zone, offset)
                after, offset = change - timedelta(microseconds=1), _offset(change, zone)
                break
            yield due
        else:
            return


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _first_change(start: datetime, end: datetime, zone: ZoneInfo, offset: timedelta) -> datetime:
    """The whole second at which the zone first leaves ``offset`` after ``start``."""
    while end - start > timedelta(days=1) and _offset(start + timedelta(days=1), zone) == offset:
        start += timedelta(days=1)
    low, high = start, min(start + timedelta(days=1), end)
    while high - low > timedelta(milliseconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(middle, zone) == offset else (low, middle)
    return high.replace(microsecond=0)

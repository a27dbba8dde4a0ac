"""Named time zones (``Europe/Paris``) and their offset at a moment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from apps.decision_tables.engine.feel.temporal_calendar import civil

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}")
LONGEST_NAME = 64
# A time that has a zone but no date is taken to be of this day.
REFERENCE_DAY = 10_957  # 2000-01-01
_FIRST_YEAR = 1800
_LAST_YEAR = 2400


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def is_zone(name: str) -> bool:
    """Whether the time zone is known."""
    return _zone(name) is not None


def offset_at(name: str, days: int, second_of_day: int) -> int:
    """Seconds that the zone's clocks are ahead of UTC at a local moment; 0 for a zone that is not known."""
    zone = _zone(name)
    return 0 if zone is None else _ahead(_moment(days, second_of_day, zone))


def offset_of_instant(name: str, days: int, second_of_day: int) -> int:
    """The same at a moment that is given in UTC."""
    zone = _zone(name)
    return 0 if zone is None else _ahead(_moment(days, second_of_day, UTC).astimezone(zone))


def _moment(days: int, second_of_day: int, zone: tzinfo) -> datetime:
    """Python's calendar has few years; but rules repeat every 400 years, and before 1800 there was local mean time."""
    year, month, day = civil(days)
    if year > _LAST_YEAR:
        year = _LAST_YEAR - 400 + year % 400
    elif year < _FIRST_YEAR:
        year = _FIRST_YEAR - 400 + year % 400
    hour, rest = divmod(second_of_day, 3600)
    return datetime(year, month, day, hour, rest // 60, rest % 60, tzinfo=zone)


def _ahead(moment: datetime) -> int:
    ahead = moment.utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds())

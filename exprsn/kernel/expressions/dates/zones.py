"""Time zones by name: IANA zones, fixed offsets, and the zone of the run."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

_FIXED = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?\Z", re.IGNORECASE)
_PRELOADED: dict[str, bytes] = {}
_MAX_NAME = 100
_UTC = frozenset({"utc", "gmt", "z", "etc/utc", "utc+0"})
_OWN = frozenset({"", "local", "system", "default"})


def zone_of(name: str, own: tzinfo) -> tzinfo | None:
    """The zone with a name; ``own`` for ``local`` and ``default``; None when there is none."""
    lower = name.strip().lower()
    if lower in _OWN:
        return own
    if lower in _UTC:
        return UTC
    return _named(name.strip()) if len(name) <= _MAX_NAME else None


@lru_cache(maxsize=512)
def _named(name: str) -> tzinfo | None:
    found = _FIXED.match(name)
    if found is not None:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        return fixed_zone(-minutes if found["sign"] == "-" else minutes)
    try:
        data = _PRELOADED.get(name)
        return ZoneInfo(name) if data is None else ZoneInfo.from_file(BytesIO(data), key=name)
    except (KeyError, ValueError, OSError):
        return None


def preload_zones() -> None:
    """Read the data of all zones, for a process that will soon be able to read no files."""
    for folder in map(Path, TZPATH):
        for name in available_timezones() if folder.is_dir() else ():
            file = folder / name
            if name not in _PRELOADED and file.is_file():
                _PRELOADED[name] = file.read_bytes()


def fixed_zone(minutes: int) -> tzinfo | None:
    """A zone that is always this far from UTC; None when that is a day or more."""
    if minutes == 0:
        return UTC
    return timezone(timedelta(minutes=minutes)) if abs(minutes) < 1440 else None


def zone_name(zone: tzinfo | None) -> str:
    """How Luxon names a zone: ``Europe/Berlin``, ``UTC``, ``UTC+3``."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    offset = zone.utcoffset(None) if zone is not None else None
    if not offset:
        return "UTC"
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def offset_minutes(value: datetime) -> int:
    """How far the clock of a moment is ahead of UTC."""
    offset = value.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def offset_text(minutes: int, style: str) -> str:
    """An offset as ``narrow`` (+2), ``short`` (+02:00) or ``techie`` (+0200)."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    if style == "narrow":
        return f"{sign}{hours}" + (f":{rest}" if rest else "")
    return f"{sign}{hours:02d}{':' if style == 'short' else ''}{rest:02d}"

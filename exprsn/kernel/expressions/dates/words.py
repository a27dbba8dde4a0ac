"""English words for months, days and zones."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from exprsn.kernel.expressions.dates.zones import offset_minutes, offset_text

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# American English abbreviates the zones of the United States; the others are offsets.
_AMERICAN = {
    "EST": "Eastern Standard Time", "EDT": "Eastern Daylight Time", "CST": "Central Standard Time",
    "CDT": "Central Daylight Time", "MST": "Mountain Standard Time", "MDT": "Mountain Daylight Time",
    "PST": "Pacific Standard Time", "PDT": "Pacific Daylight Time", "AKST": "Alaska Standard Time",
    "AKDT": "Alaska Daylight Time",
}  # fmt: skip


def zone_abbreviation(value: datetime) -> str:
    """``EST``, ``UTC`` or ``GMT+1``."""
    minutes = offset_minutes(value)
    if isinstance(value.tzinfo, ZoneInfo):
        name = value.tzname() or ""
        if name in _AMERICAN and value.tzinfo.key.startswith(("America/", "US/")):
            return name
        return "UTC" if value.tzinfo.key in {"UTC", "Etc/UTC"} else f"GMT{_short(minutes)}"
    return "UTC" if minutes == 0 else f"UTC{offset_text(minutes, 'narrow')}"


def zone_long_name(value: datetime) -> str:
    """``Eastern Standard Time``, ``UTC`` or ``GMT+01:00``."""
    short = zone_abbreviation(value)
    if not short.startswith("GMT"):
        return _AMERICAN.get(short, short)
    minutes = offset_minutes(value)
    return f"GMT{offset_text(minutes, 'short')}" if minutes else "Greenwich Mean Time"


def _short(minutes: int) -> str:
    if not minutes:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")

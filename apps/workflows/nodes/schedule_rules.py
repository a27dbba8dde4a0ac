"""When schedules are due: intervals and cron lines in a time zone, safe across changes of the clock.

A rule is ``{unit, interval, hour, minute, weekdays, day_of_month, expression}``; fields that a unit does
not use are ignored. Nothing is remembered between calls: what is due next follows from the moment asked for.

- ``seconds``, ``minutes``: real time, counted from 1970 (every 15 minutes is :00, :15, :30, :45)
- ``hours``: real time at the given minute, in local hours that ``interval`` divides
- ``days``, ``weeks``, ``months``: local wall time on every n-th day, week (from Monday) or month, counted
  from 1970; a month without the day is left out. Wall times that a clock change skips happen as many
  minutes later; times that happen twice are taken once, the first time.
- ``cron``: five fields, or six with the seconds first; an hour field that begins with ``*`` follows real
  time, a fixed hour follows wall time as above.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from apps.workflows.nodes.support.cron_lines import BadCron, cron_moments, parse_cron
from apps.workflows.nodes.support.values import zone_of

UNITS = ("seconds", "minutes", "hours", "days", "weeks", "months", "cron")
MAX_INTERVAL = {"seconds": 86_400, "minutes": 10_080, "hours": 744, "days": 366, "weeks": 104, "months": 60}
MAX_RULES = 20
_EPOCH = date(1970, 1, 1)
_EPOCH_MONDAY = date(1969, 12, 29)
# Twice the longest interval (60 months), so that the next two moments are always found.
_SEARCH_DAYS = 366 * 11


def next_times(rules: Sequence[Any], timezone: str, after: datetime, count: int = 1) -> list[datetime]:
    """The next moments (UTC, later than ``after``) at which any rule is due, earliest first, each once.

    Rules that are not understood count for nothing; ``rule_faults`` names them.
    """
    zone = zone_of(timezone) or ZoneInfo("UTC")
    start = after.astimezone(UTC)
    found: set[datetime] = set()
    for rule in rules[:MAX_RULES]:
        if isinstance(rule, Mapping) and not rule_faults([rule], ""):
            found.update(islice(_moments(rule, zone, start), count))
    return sorted(found)[:count]


def rule_faults(rules: Any, path: str) -> dict[str, list[str]]:
    """What is wrong with a list of rules: path → messages."""
    if not isinstance(rules, list) or not 1 <= len(rules) <= MAX_RULES:
        return {path: [f"Give between 1 and {MAX_RULES} rules."]}
    faults = {}
    for position, rule in enumerate(rules):
        fault = _rule_fault(rule)
        if fault:
            faults[f"{path}[{position}]"] = [fault]
    return faults


def _rule_fault(rule: Any) -> str:
    if not isinstance(rule, Mapping) or rule.get("unit") not in UNITS:
        return f"The unit is one of {', '.join(UNITS)}."
    unit = rule["unit"]
    if unit == "cron":
        return _cron_fault(rule)
    most = MAX_INTERVAL[unit]
    if not _is_within(rule.get("interval", 1), 1, most):
        return f"The interval in {unit} is a whole number from 1 to {most}."
    if not _is_within(rule.get("hour", 0), 0, 23) or not _is_within(rule.get("minute", 0), 0, 59):
        return "The hour is a whole number from 0 to 23, the minute from 0 to 59."
    if not _is_within(rule.get("day_of_month", 1), 1, 31):
        return "The day of the month is a whole number from 1 to 31."
    weekdays = rule.get("weekdays", [])
    if not isinstance(weekdays, list) or not all(_is_within(day, 0, 6) for day in weekdays):
        return "Weekdays are whole numbers from 0 (Sunday) to 6 (Saturday)."
    return ""


def _cron_fault(rule: Mapping[str, Any]) -> str:
    try:
        parse_cron(rule.get("expression"))
    except BadCron as problem:
        return str(problem)
    return ""


def _is_within(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _moments(rule: Mapping[str, Any], zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    unit, interval = rule["unit"], rule.get("interval", 1)
    if unit == "cron":
        return cron_moments(parse_cron(rule["expression"]), zone, after)
    if unit == "seconds":
        return _steps(interval, after)
    if unit == "minutes":
        return _steps(interval * 60, after)
    if unit == "hours":
        return _hours(interval, rule.get("minute", 0), zone, after)
    return _days(rule, zone, after)


def _steps(seconds: int, after: datetime) -> Iterator[datetime]:
    due = int(after.timestamp()) // seconds * seconds + seconds
    while True:
        yield datetime.fromtimestamp(due, UTC)
        due += seconds


def _hours(interval: int, minute: int, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    hour = after.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    while True:
        local = hour.astimezone(zone)
        due = hour + timedelta(minutes=(minute - local.minute) % 60)
        local = due.astimezone(zone)
        counted = local.hour if interval < 24 else (local.date() - _EPOCH).days * 24 + local.hour
        if due > after and counted % interval == 0 and not (local.fold and interval > 1):
            yield due
        hour += timedelta(hours=1)


def _days(rule: Mapping[str, Any], zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    at = time(rule.get("hour", 0), rule.get("minute", 0))
    first = after.astimezone(zone).date() - timedelta(days=1)
    for offset in range(_SEARCH_DAYS):
        day = first + timedelta(days=offset)
        if _day_fits(rule, day):
            due = datetime.combine(day, at, zone).astimezone(UTC)
            if due > after:
                yield due


def _day_fits(rule: Mapping[str, Any], day: date) -> bool:
    interval = int(rule.get("interval", 1))
    if rule["unit"] == "days":
        return (day - _EPOCH).days % interval == 0
    if rule["unit"] == "weeks":
        weekdays: list[int] = rule.get("weekdays") or [0, 1, 2, 3, 4, 5, 6]
        return (day - _EPOCH_MONDAY).days // 7 % interval == 0 and day.isoweekday() % 7 in weekdays
    months = (day.year - 1970) * 12 + day.month - 1
    return months % interval == 0 and day.day == int(rule.get("day_of_month", 1))

"""Functions that make values of other values: numbers, texts, dates, times, durations, ranges."""

from __future__ import annotations

from decimal import Decimal

from apps.decision_tables.engine.feel.builtins.range_reading import read_range
from apps.decision_tables.engine.feel.builtins.signatures import (
    ANY,
    DATE,
    DATE_OR_MOMENT,
    DAYS,
    MOMENT,
    NUMBER,
    TEXT,
    TIME,
    Builtin,
    Signature,
    may,
    needs,
)
from apps.decision_tables.engine.feel.decimals import parse_number
from apps.decision_tables.engine.feel.temporal import (
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    at_midnight,
    day_of,
    make_date,
    make_time,
)
from apps.decision_tables.engine.feel.temporal_reading import parse_date, parse_date_time, parse_duration, parse_time
from apps.decision_tables.engine.feel.text import text_of_value
from apps.decision_tables.engine.feel.values import Value

_LARGEST = Decimal(10**10)


def _number(text: str, grouping: str | None = None, point: str | None = None) -> Value:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        return None
    if grouping is not None and grouping == point:
        return None
    if grouping is not None:
        text = text.replace(grouping, "")
    if point == ",":
        text = text.replace(".", "?").replace(",", ".")
    return parse_number(text)


def _whole(*numbers: Decimal) -> list[int] | None:
    """The numbers as Python's, null where one is no whole number (or is far too large for a date)."""
    if any(abs(number) > _LARGEST or number != int(number) for number in numbers):
        return None
    return [int(number) for number in numbers]


def _date(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    parts = _whole(year, month, day)
    return None if parts is None else make_date(*parts)


def _time(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None = None, zone: str | None = None
) -> Time | None:
    parts = _whole(hour, minute)
    if parts is None or not 0 <= second < 60:
        return None
    whole = int(second)
    nano = int((second - whole) * NANOS)
    ahead = None if offset is None else int(offset.nanos // NANOS)
    return make_time(parts[0], parts[1], whole, nano, ahead, zone)


def _moment(date: Date | DateTime, time: Time) -> DateTime:
    return DateTime(day_of(date), time)


def _moment_at_offset(
    year: Decimal, month: Decimal, day: Decimal, hour: Decimal, minute: Decimal, second: Decimal, offset: Value = None
) -> DateTime | None:
    if isinstance(offset, Decimal):
        if abs(offset) > 24:
            return None
        offset = DaysDuration(int(offset * 3600) * NANOS)
    date = _date(year, month, day)
    time = _time(hour, minute, second, offset if isinstance(offset, DaysDuration) else None)
    return None if date is None or time is None else DateTime(date, time)


def _moment_in_zone(
    year: Decimal, month: Decimal, day: Decimal, hour: Decimal, minute: Decimal, second: Decimal, zone: str
) -> DateTime | None:
    date, time = _date(year, month, day), _time(hour, minute, second, None, zone)
    return None if date is None or time is None else DateTime(date, time)


def _months_between(start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    """The whole months from one day to another; negative where the other comes first."""
    first, last = day_of(start), day_of(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


_FROM_TEXT = needs("from", TEXT)
_FROM_DATE = needs("from", DATE)
_FROM_MOMENT = needs("from", MOMENT)
_DATE_PARTS = (needs("year", NUMBER), needs("month", NUMBER), needs("day", NUMBER))
_CLOCK = (needs("hour", NUMBER), needs("minute", NUMBER), needs("second", NUMBER))
_GROUPING = may("grouping separator", TEXT.or_null())
_POINT = may("decimal separator", TEXT.or_null())
_EITHER_DAY = (needs("from", DATE_OR_MOMENT), needs("to", DATE_OR_MOMENT))

FUNCTIONS = (
    Builtin("number", Signature(_number, _FROM_TEXT, _GROUPING, _POINT)),
    Builtin("string", Signature(text_of_value, needs("from", ANY))),
    Builtin(
        "date",
        Signature(parse_date, _FROM_TEXT),
        Signature(lambda date: date, _FROM_DATE),
        Signature(lambda moment: moment.date, _FROM_MOMENT),
        Signature(_date, *_DATE_PARTS),
    ),
    Builtin(
        "time",
        Signature(parse_time, _FROM_TEXT),
        Signature(lambda time: time, needs("from", TIME)),
        Signature(lambda moment: moment.time, _FROM_MOMENT),
        Signature(lambda date: at_midnight(date, utc=True).time, _FROM_DATE),
        Signature(_time, *_CLOCK, may("offset", DAYS.or_null())),
    ),
    Builtin(
        "date and time",
        Signature(parse_date_time, _FROM_TEXT),
        Signature(lambda moment: moment, _FROM_MOMENT),
        Signature(lambda date: at_midnight(date, utc=True), _FROM_DATE),
        Signature(_moment, needs("date", DATE_OR_MOMENT), needs("time", TIME)),
        Signature(_moment_at_offset, *_DATE_PARTS, *_CLOCK, may("offset", DAYS.or_null(), "hour offset")),
        Signature(_moment_at_offset, *_DATE_PARTS, *_CLOCK, needs("offset", NUMBER, "hour offset")),
        Signature(_moment_in_zone, *_DATE_PARTS, *_CLOCK, needs("timezone", TEXT)),
    ),
    Builtin("duration", Signature(parse_duration, _FROM_TEXT)),
    Builtin("years and months duration", Signature(_months_between, *_EITHER_DAY)),
    Builtin("range", Signature(read_range, _FROM_TEXT)),
)

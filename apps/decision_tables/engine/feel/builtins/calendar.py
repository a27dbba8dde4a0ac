"""Functions on dates, and those that read the clock."""

from __future__ import annotations

from decimal import Decimal

from apps.decision_tables.engine.feel.builtins.signatures import ANY, DATE_OR_MOMENT, Builtin, Signature, needs
from apps.decision_tables.engine.feel.comparing import identical
from apps.decision_tables.engine.feel.temporal import Date, DateTime, day_of
from apps.decision_tables.engine.feel.temporal_calendar import day_number
from apps.decision_tables.engine.feel.values import FeelFunction, Value

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _day_of_year(value: Date | DateTime) -> Decimal:
    date = day_of(value)
    return Decimal(date.days - day_number(date.year, 1, 1) + 1)


def _week_of_year(value: Date | DateTime) -> Decimal:
    """The week of ISO 8601: it belongs to the year that its Thursday is in."""
    date = day_of(value)
    thursday = date.days - date.weekday + 4
    year = next(year for year in (date.year + 1, date.year, date.year - 1) if day_number(year, 1, 1) <= thursday)
    return Decimal((thursday - day_number(year, 1, 1)) // 7 + 1)


class ClockFunction(Builtin):
    """A function of the time at which the expression is evaluated; null until a caller sets its clock."""

    __slots__ = ("now",)

    needs_clock = True

    def __init__(self, name: str, now: DateTime | None = None) -> None:
        super().__init__(name, Signature(self._read))
        self.now = now

    def at(self, now: DateTime) -> FeelFunction:
        """The function at a moment."""
        return type(self)(self.name, now)

    def _read(self) -> Value:
        return self.now


class Today(ClockFunction):
    """``today()``: the date of now."""

    __slots__ = ()

    def _read(self) -> Value:
        return None if self.now is None else self.now.date


_DATE = needs("date", DATE_OR_MOMENT)

FUNCTIONS = (
    Builtin("day of year", Signature(_day_of_year, _DATE)),
    Builtin("day of week", Signature(lambda value: _DAYS[day_of(value).weekday - 1], _DATE)),
    Builtin("month of year", Signature(lambda value: _MONTHS[day_of(value).month - 1], _DATE)),
    Builtin("week of year", Signature(_week_of_year, _DATE)),
    Builtin("is", Signature(identical, needs("value1", ANY), needs("value2", ANY))),
    ClockFunction("now"),
    Today("today"),
)

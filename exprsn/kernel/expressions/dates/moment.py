"""``DateTime``: a moment in a zone, with Luxon's API. JavaScript's ``Date`` is the same in UTC with other members.

Reference: Luxon's manual (https://moment.github.io/luxon/), English locale.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Any, ClassVar

from exprsn.kernel.expressions.dates.differences import difference
from exprsn.kernel.expressions.dates.durations import Duration
from exprsn.kernel.expressions.dates.fields import FIELDS
from exprsn.kernel.expressions.dates.formatting import format_date
from exprsn.kernel.expressions.dates.iso import iso_text
from exprsn.kernel.expressions.dates.shifting import end_of, milliseconds, shift, start_of
from exprsn.kernel.expressions.dates.units import unit_name
from exprsn.kernel.expressions.functions import Methods, bound_member
from exprsn.kernel.expressions.numbers import NAN, Number
from exprsn.kernel.expressions.values import ZonedValue

INVALID = "Invalid DateTime"


class Instant(ZonedValue):
    """What ``DateTime`` and ``Date`` share: ``value`` is an aware datetime of whole milliseconds, None if invalid."""

    __slots__ = ("value",)

    def __init__(self, value: datetime | None) -> None:
        self.value = value

    @property
    def tzinfo(self) -> tzinfo | None:
        return None if self.value is None else self.value.tzinfo

    def milliseconds(self) -> Number:
        """Milliseconds since 1970; NaN for an invalid one."""
        return NAN if self.value is None else milliseconds(self.value)


class DateTime(Instant):
    """A moment in a zone."""

    __slots__ = ("reason",)

    # Filled by ``moment_methods``, which needs this class.
    methods: ClassVar[Methods] = {}

    def __init__(self, value: datetime | None, reason: str = "unparsable") -> None:
        super().__init__(value)
        self.reason = reason

    def get_member(self, name: str) -> Any:
        if name == "isValid":
            return self.value is not None
        if name in {"invalidReason", "invalidExplanation"}:
            return None if self.value is not None else self.reason
        field = FIELDS.get(name)
        if field is None:
            return bound_member(self.methods, self, name)
        return NAN if self.value is None else field(self.value)

    def get_method(self, name: str) -> Any:
        return bound_member(self.methods, self, name) if name in self.methods else self.get_member(name)

    def to_text(self) -> str:
        return INVALID if self.value is None else iso_text(self.value)

    def to_json(self) -> Any:
        return None if self.value is None else iso_text(self.value)

    def to_primitive(self, hint: str = "default") -> Any:
        return self.to_text() if hint == "string" else self.milliseconds()

    def changed(self, change: Callable[[datetime], datetime]) -> DateTime:
        """The moment after a change; invalid outside of the years 1 to 9999."""
        if self.value is None:
            return self
        try:
            return DateTime(change(self.value))
        except (OverflowError, ValueError):
            return DateTime(None, "unit out of range")

    def start_of(self, unit: str) -> DateTime:
        """The beginning of the unit that holds the moment."""
        return self.changed(lambda value: start_of(value, unit_name(unit)))

    def end_of(self, unit: str) -> DateTime:
        """The last millisecond of the unit that holds the moment."""
        return self.changed(lambda value: end_of(value, unit_name(unit)))

    def shifted(self, amounts: dict[str, Number], sign: int = 1) -> DateTime:
        """The moment plus or minus amounts."""
        return self.changed(lambda value: shift(value, amounts, sign))

    def in_zone(self, zone: tzinfo | None, *, keep_clock: bool = False) -> DateTime:
        """The same moment in another zone, or the same clock's time there; invalid without a zone."""
        if zone is None:
            return DateTime(None, "unsupported zone")
        if keep_clock:
            return self.changed(lambda value: value.replace(tzinfo=zone).astimezone(UTC).astimezone(zone))
        return self.changed(lambda value: value.astimezone(zone))

    def format(self, pattern: str) -> str:
        """Luxon's ``toFormat``."""
        return INVALID if self.value is None else format_date(self.value, pattern)

    def since(self, other: DateTime, units: list[str]) -> Duration:
        """The time from another moment to this."""
        if self.value is None or other.value is None:
            return Duration(None)
        return difference(other.value, self.value, units)

    def has_same(self, other: DateTime, unit: str) -> bool:
        """Whether another moment is in the same unit by its own clock."""
        if self.value is None or other.value is None:
            return False
        here = self.in_zone(other.value.tzinfo, keep_clock=True)
        return bool(here.start_of(unit).milliseconds() <= other.milliseconds() <= here.end_of(unit).milliseconds())

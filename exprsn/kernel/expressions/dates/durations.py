"""``Duration``: an amount of time by units, with Luxon's API."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import ClassVar

from exprsn.kernel.expressions.dates.units import MILLISECONDS, UNITS, in_order, milliseconds_of, per
from exprsn.kernel.expressions.functions import Methods, bound_member
from exprsn.kernel.expressions.numbers import NAN, Number, number, number_text
from exprsn.kernel.expressions.values import HostObject


class Duration(HostObject):
    """An amount of time; ``amounts`` is None for an invalid one."""

    __slots__ = ("amounts",)

    # Filled by ``duration_methods``, which needs this class.
    methods: ClassVar[Methods] = {}

    def __init__(self, amounts: Mapping[str, Number] | None) -> None:
        self.amounts = None if amounts is None else in_order(amounts)

    def get_member(self, name: str) -> object:
        if name in MILLISECONDS:
            return NAN if self.amounts is None else self.amounts.get(name, 0)
        if name == "isValid":
            return self.amounts is not None
        return bound_member(self.methods, self, name)

    def milliseconds(self) -> Number:
        """The whole in milliseconds; NaN for an invalid one."""
        return NAN if self.amounts is None else milliseconds_of(self.amounts)

    def negated(self) -> Duration:
        """The same the other way."""
        return self.scaled(-1)

    def scaled(self, factor: Number) -> Duration:
        """Each amount times a factor."""
        if self.amounts is None:
            return self
        return Duration({unit: number(amount * factor) if amount else 0 for unit, amount in self.amounts.items()})

    def plus(self, other: Mapping[str, Number], sign: int = 1) -> Duration:
        """Amounts added unit by unit."""
        if self.amounts is None:
            return self
        names = {**self.amounts, **other}
        return Duration({unit: number(self.amounts.get(unit, 0) + sign * other.get(unit, 0)) for unit in names})

    def shifted(self, units: list[str]) -> Duration:
        """The whole spread over these units, largest first; the smallest takes what is left."""
        if self.amounts is None or not units:
            return self
        return Duration(_normalized(_spread(self.amounts, units)))

    def normalized(self) -> Duration:
        """The same with each amount below the next larger unit."""
        return self if self.amounts is None else Duration(_normalized(dict(self.amounts)))

    def to_text(self) -> str:
        if self.amounts is None:
            return "Invalid Duration"
        get = self.amounts.get
        parts = {"Y": get("years", 0), "M": get("months", 0) + get("quarters", 0) * 3, "W": get("weeks", 0)}
        parts["D"] = get("days", 0)
        seconds = number(round(get("seconds", 0) + get("milliseconds", 0) / 1000, 3))
        times = {"H": get("hours", 0), "M": get("minutes", 0), "S": seconds}
        date, time = _written(parts), _written(times)
        if not date and not time:
            return "PT0S"
        return f"P{date}T{time}" if time else f"P{date}"

    def to_json(self) -> object:
        return None if self.amounts is None else self.to_text()

    def to_primitive(self, hint: str = "default") -> object:
        return self.to_text() if hint == "string" else self.milliseconds()


def _written(parts: Mapping[str, Number]) -> str:
    return "".join(f"{number_text(number(amount))}{letter}" for letter, amount in parts.items() if amount)


def _spread(amounts: Mapping[str, Number], units: list[str]) -> dict[str, Number]:
    made: dict[str, Number] = {}
    waiting: dict[str, Number] = {}
    last = ""
    for unit in UNITS:
        if unit not in units:
            if unit in amounts:
                waiting[unit] = amounts[unit]
            continue
        last = unit
        own = sum(per(larger, unit) * amount for larger, amount in waiting.items()) + amounts.get(unit, 0)
        made[unit] = math.trunc(own)
        waiting = {unit: (own * 1000 - made[unit] * 1000) / 1000}
    for unit, amount in waiting.items():
        if amount:
            made[last] += amount if unit == last else amount / per(last, unit)
    return made


def _normalized(amounts: dict[str, Number]) -> dict[str, Number]:
    sign = -1 if milliseconds_of(amounts) < 0 else 1
    names = [unit for unit in UNITS if unit in amounts]
    for large, small in zip(names[-2::-1], names[:0:-1], strict=True):
        carried = math.floor(amounts[small] * sign / per(large, small))
        amounts[large] += carried * sign
        amounts[small] -= carried * per(large, small) * sign
    for large, small in pairwise(names):
        fraction = math.fmod(amounts[large], 1)
        amounts[large] -= fraction
        amounts[small] += fraction * per(large, small)
    return {unit: number(amount) for unit, amount in amounts.items()}

"""Units of time and Luxon's casual conversions between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exprsn.kernel.expressions.coercion import to_number
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.numbers import Number, double, number
from exprsn.kernel.expressions.run import Run

UNITS = ("years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds")
MILLISECONDS: dict[str, int] = {
    "years": 365 * 86_400_000,
    "quarters": 91 * 86_400_000,
    "months": 30 * 86_400_000,
    "weeks": 7 * 86_400_000,
    "days": 86_400_000,
    "hours": 3_600_000,
    "minutes": 60_000,
    "seconds": 1000,
    "milliseconds": 1,
}
# Between calendar units the number of whole units counts, not their milliseconds: a year is twelve months.
_WHOLE = {
    ("years", "quarters"): 4,
    ("years", "months"): 12,
    ("years", "weeks"): 52,
    ("quarters", "months"): 3,
    ("quarters", "weeks"): 13,
    ("months", "weeks"): 4,
}
_SHORT = {
    "y": "years", "q": "quarters", "w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds",
    "ms": "milliseconds",
}  # fmt: skip


def per(large: str, small: str) -> int:
    """How many of a smaller unit a larger one has."""
    return _WHOLE.get((large, small)) or MILLISECONDS[large] // MILLISECONDS[small]


def unit_name(text: str) -> str:
    """A unit in its plural form: ``day``, ``Days`` and ``d`` are ``days``."""
    name = _SHORT.get(text) or text.lower()
    plural = name if name.endswith("s") else f"{name}s"
    if plural not in MILLISECONDS:
        raise ExpressionError(f"There is no unit of time {text[:20]!r}. Use one of {', '.join(UNITS)}.")
    return plural


def amounts_of(value: Any, run: Run) -> dict[str, Number]:
    """``{days: 2, hour: 1}`` by unit names. Raises for anything but an object of numbers."""
    if not isinstance(value, dict):
        raise ExpressionError("An amount of time is an object such as {days: 2}.")
    made: dict[str, Number] = {}
    for name, amount in value.items():
        found = to_number(amount, run)
        if found != found or abs(double(found)) == float("inf"):
            raise ExpressionError(f"The amount of {name} is not a number.")
        made[unit_name(name)] = number(found)
    return made


def in_order(amounts: Mapping[str, Number]) -> dict[str, Number]:
    """The amounts, largest unit first."""
    return {unit: amounts[unit] for unit in UNITS if unit in amounts}


def milliseconds_of(amounts: Mapping[str, Number]) -> Number:
    """All amounts together in milliseconds."""
    return number(sum(double(amount) * MILLISECONDS[unit] for unit, amount in amounts.items()))

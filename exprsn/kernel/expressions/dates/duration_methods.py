"""The members of ``Duration``, and what makes durations."""

from __future__ import annotations

import math
import re
from typing import Any

from exprsn.kernel.expressions.coercion import to_text
from exprsn.kernel.expressions.dates.durations import Duration
from exprsn.kernel.expressions.dates.units import amounts_of, unit_name
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import (
    ANY,
    NUMBER,
    TEXT,
    Methods,
    Namespace,
    function,
    method,
    natives,
    run_function,
    run_method,
)
from exprsn.kernel.expressions.methods.number_formats import locale_text
from exprsn.kernel.expressions.numbers import NAN, Number, number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED

_AMOUNT = r"(-?[0-9]{1,15}(?:[.,][0-9]{1,15})?)"
_ISO = re.compile(
    rf"(?P<sign>[+-])?P(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}W)?(?:{_AMOUNT}D)?"
    rf"(?P<time>T(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}S)?)?\Z"
)
_ISO_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_ISO_GROUPS = (2, 3, 4, 5, 7, 8, 9)
_LETTERS = {
    "y": "years", "M": "months", "w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds",
    "S": "milliseconds",
}  # fmt: skip
_FORMAT = re.compile(r"'([^']*)'|([yMwdhmsS])\2*")


def duration_of(value: Any, run: Run) -> Duration:
    """The duration that a value means: a duration, an object of amounts, milliseconds."""
    if isinstance(value, Duration):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Duration({"milliseconds": number(value)})
    return Duration({} if value is UNDEFINED or value is None else amounts_of(value, run))


def unit_names(value: Any, run: Run) -> list[str]:
    """One unit or a list of them; milliseconds when it was left out."""
    if value is UNDEFINED:
        return ["milliseconds"]
    return [unit_name(to_text(one, run)) for one in (value if isinstance(value, list) else [value])]


def duration_as(duration: Duration, unit: str) -> Number:
    """The whole in one unit."""
    made = duration.shifted([unit_name(unit)]).amounts
    return NAN if made is None else made[unit_name(unit)]


def _human(run: Run, duration: Duration) -> str:
    if duration.amounts is None:
        return "Invalid Duration"
    return ", ".join(
        f"{locale_text(run, amount, UNDEFINED, UNDEFINED)} {unit.removesuffix('s') if amount == 1 else unit}"
        for unit, amount in duration.amounts.items()
    )


def _format(duration: Duration, pattern: str) -> str:
    if duration.amounts is None:
        return "Invalid Duration"
    units = [_LETTERS[found.group(2)] for found in _FORMAT.finditer(pattern) if found.group(2)]
    spread = duration.shifted(units).amounts or {}

    def put(found: re.Match[str]) -> str:
        if found.group(2) is None:
            return found.group(1)
        amount = math.floor(abs(spread[_LETTERS[found.group(2)]]))
        sign = "-" if spread[_LETTERS[found.group(2)]] < 0 else ""
        return sign + str(amount).rjust(len(found.group()), "0")

    return _FORMAT.sub(put, pattern)


def _shift_to(run: Run, duration: Duration, arguments: list[Any]) -> Duration:
    return duration.shifted([unit_name(to_text(one, run)) for one in arguments])


def _rescaled(duration: Duration) -> Duration:
    spread = duration.shifted(["years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds"])
    if spread.amounts is None:
        return spread
    return Duration({unit: amount for unit, amount in spread.amounts.items() if amount})


def _plus(run: Run, duration: Duration, other: Any) -> Duration:
    return duration.plus(duration_of(other, run).amounts or {})


def _minus(run: Run, duration: Duration, other: Any) -> Duration:
    return duration.plus(duration_of(other, run).amounts or {}, -1)


def _set(run: Run, duration: Duration, other: Any) -> Duration:
    return Duration({**(duration.amounts or {}), **amounts_of(other, run)})


def _equals(duration: Duration, other: Any) -> bool:
    return isinstance(other, Duration) and duration.amounts == other.amounts


def duration_from_iso(text: str) -> Duration:
    """``P1DT2H``; invalid for anything else."""
    found = _ISO.match(text.strip())
    if found is None or found["time"] == "T" or text.strip() in {"P", "+P", "-P"}:
        return Duration(None)
    sign = -1 if found["sign"] == "-" else 1
    amounts: dict[str, Number] = {}
    for unit, group in zip(_ISO_UNITS, _ISO_GROUPS, strict=True):
        if found.group(group) is not None:
            amounts[unit] = number(sign * float(found.group(group).replace(",", ".")))
    seconds = amounts.get("seconds")
    if isinstance(seconds, float):
        amounts["seconds"] = number(float(math.trunc(seconds)))
        amounts["milliseconds"] = number(float(round((seconds - math.trunc(seconds)) * 1000)))
    return Duration(amounts)


def _from_millis(amount: Number) -> Duration:
    if amount != amount:
        raise ExpressionError("Duration.fromMillis() needs a number.")
    return Duration({"milliseconds": number(amount)})


Duration.methods.update(
    {
        "as": method(duration_as, TEXT),
        "get": method(lambda duration, unit: duration.get_member(unit_name(unit)), TEXT),
        "toMillis": method(Duration.milliseconds),
        "valueOf": method(Duration.milliseconds),
        "toObject": method(lambda duration: dict(duration.amounts or {})),
        "toISO": method(Duration.to_json),
        "toJSON": method(Duration.to_json),
        "toString": method(Duration.to_text),
        "toHuman": run_method(_human),
        "toFormat": method(_format, TEXT),
        "shiftTo": _shift_to,
        "shiftToAll": method(lambda duration: duration.shifted(list(_LETTERS.values()))),
        "normalize": method(Duration.normalized),
        "rescale": method(_rescaled),
        "negate": method(Duration.negated),
        "plus": run_method(_plus, ANY),
        "minus": run_method(_minus, ANY),
        "set": run_method(_set, ANY),
        "equals": method(_equals, ANY),
    }
)
_MAKERS: Methods = {
    "fromObject": run_function(lambda run, value: Duration(amounts_of(value, run)), ANY),
    "fromMillis": function(_from_millis, NUMBER),
    "fromISO": function(duration_from_iso, TEXT),
    "isDuration": function(lambda value: isinstance(value, Duration), ANY),
}
DURATION = Namespace(natives(_MAKERS))

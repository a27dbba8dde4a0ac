"""``JSON.parse`` (ECMA-262, section 25.5.1)."""

from __future__ import annotations

import json
from typing import Any

from exprsn.kernel.expressions.coercion import MAX_NESTING, to_text
from exprsn.kernel.expressions.errors import ExpressionBudgetExceeded, ExpressionError
from exprsn.kernel.expressions.numbers import number
from exprsn.kernel.expressions.ordering import ordered_names
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject

_MAX_EXACT_DIGITS = 21


def parse_json(value: Any, run: Run, reviver: Any = UNDEFINED) -> Any:
    """The value of a JSON text; large whole numbers stay exact. ``reviver`` is a function of name and value."""
    text = to_text(value, run)
    # The smallest values of a text take several times its length once they are read.
    run.budget.charge(len(text) * 4)
    run.budget.step(1 + (len(text) >> 6))
    try:
        found = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        shown = repr(text) if len(text) < 40 else f"{text[:40]!r}…"
        raise ExpressionError(
            f"This text is not JSON (line {error.lineno}, column {error.colno} of it): {shown}."
        ) from None
    except RecursionError:
        raise ExpressionBudgetExceeded("The JSON is nested too deeply.") from None
    return _revived("", found, reviver, run, 0) if isinstance(reviver, FunctionObject) else found


def _integer(digits: str) -> int | float:
    if digits == "-0":
        return -0.0
    return int(digits) if len(digits) <= _MAX_EXACT_DIGITS else float(digits)


def _refuse(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", name, 0)


_DECODER = json.JSONDecoder(
    parse_int=_integer, parse_float=lambda digits: number(float(digits)), parse_constant=_refuse
)


def _revived(name: str, value: Any, reviver: FunctionObject, run: Run, depth: int) -> Any:
    if depth > MAX_NESTING:
        raise ExpressionBudgetExceeded("The JSON is nested too deeply.")
    if isinstance(value, list):
        value = [_revived(str(at), entry, reviver, run, depth + 1) for at, entry in enumerate(value)]
    elif isinstance(value, dict):
        members = {key: _revived(key, value[key], reviver, run, depth + 1) for key in ordered_names(value)}
        value = {key: member for key, member in members.items() if member is not UNDEFINED}
    return reviver.invoke(run, [name, value])

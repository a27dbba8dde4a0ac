"""Helper methods of numbers."""

from __future__ import annotations

import math
from typing import Any

from exprsn.kernel.expressions.coercion import to_text
from exprsn.kernel.expressions.dates.making import date_from_milliseconds
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import ANY, INTEGER, Methods, method, run_method
from exprsn.kernel.expressions.library.rounding import ceil, floor
from exprsn.kernel.expressions.methods.number_formats import locale_text
from exprsn.kernel.expressions.methods.numbers import to_fixed
from exprsn.kernel.expressions.numbers import Number, double, text_to_number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED

_MILLISECONDS = {"ms": 1.0, "s": 1000.0, "us": 0.001}
_EXCEL_DAY = 86_400_000
_EXCEL_EPOCH = 25_569


def _is_whole(value: Number) -> bool:
    return double(value).is_integer()


def _parity(value: Number, name: str) -> int:
    if not _is_whole(value):
        raise ExpressionError(f"{name}() needs a whole number.")
    return int(value) % 2


def _to_date(run: Run, value: Number, unit: Any) -> Any:
    name = "ms" if unit is UNDEFINED else to_text(unit, run)
    if name == "excel":
        return date_from_milliseconds((double(value) - _EXCEL_EPOCH) * _EXCEL_DAY, run.zone)
    if name not in _MILLISECONDS:
        raise ExpressionError("toDateTime() of a number takes ms, s, us or excel.")
    return date_from_milliseconds(double(value) * _MILLISECONDS[name], run.zone)


def _to_int(value: Number) -> Number:
    return floor(value) if value >= 0 else ceil(value)


NUMBER_HELPERS: Methods = {
    "round": method(lambda value, places: text_to_number(to_fixed(value, places)), INTEGER),
    "floor": method(floor),
    "ceil": method(ceil),
    "abs": method(abs),
    "format": run_method(locale_text, ANY, ANY),
    "isEven": method(lambda value: _parity(value, "isEven") == 0),
    "isOdd": method(lambda value: _parity(value, "isOdd") == 1),
    "isInteger": method(_is_whole),
    "isEmpty": method(lambda value: False),
    "isNotEmpty": method(lambda value: True),
    "toBoolean": method(lambda value: value != 0 and not math.isnan(double(value))),
    "toNumber": method(lambda value: value),
    "toInt": method(_to_int),
    "toFloat": method(lambda value: value),
    "toDateTime": run_method(_to_date, ANY),
}

"""Every name that the language itself brings."""

from __future__ import annotations

import math
from typing import Any

import exprsn.kernel.expressions.dates.moment_methods  # noqa: F401 - gives DateTime its methods
from exprsn.kernel.expressions.coercion import to_number, to_text
from exprsn.kernel.expressions.dates.date_class import DATE_TIME
from exprsn.kernel.expressions.dates.duration_methods import DURATION
from exprsn.kernel.expressions.dates.intervals import INTERVAL
from exprsn.kernel.expressions.dates.js_date import DATE, new_date
from exprsn.kernel.expressions.dates.making import now_in
from exprsn.kernel.expressions.functions import (
    ANY,
    NUMBER,
    TEXT,
    Method,
    Methods,
    Namespace,
    Native,
    function,
    natives,
    run_function,
)
from exprsn.kernel.expressions.json_read import parse_json
from exprsn.kernel.expressions.json_text import json_text
from exprsn.kernel.expressions.library.jmespath.search import jmespath_search
from exprsn.kernel.expressions.library.math import MATH, extreme
from exprsn.kernel.expressions.library.number_reading import parse_float, parse_int
from exprsn.kernel.expressions.library.objects import ARRAY, OBJECT, new_array, new_set
from exprsn.kernel.expressions.library.uri import decode_component, decode_uri, encode_component, encode_uri
from exprsn.kernel.expressions.numbers import NAN, Number, double
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import whole
from exprsn.kernel.expressions.values import UNDEFINED, is_nothing, truthy


def _is_integer(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and double(value).is_integer()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_PARSING: Methods = {
    "parseInt": run_function(parse_int, ANY, ANY),
    "parseFloat": function(parse_float, TEXT),
}
_NUMBER: Methods = {
    **_PARSING,
    "isInteger": function(_is_integer, ANY),
    "isSafeInteger": function(lambda value: _is_integer(value) and abs(value) < 2**53, ANY),
    "isFinite": function(lambda value: _is_number(value) and math.isfinite(double(value)), ANY),
    "isNaN": function(lambda value: _is_number(value) and value != value, ANY),
}
_LIMITS = {
    "MAX_SAFE_INTEGER": 2**53 - 1,
    "MIN_SAFE_INTEGER": 1 - 2**53,
    "MAX_VALUE": 1.7976931348623157e308,
    "MIN_VALUE": 5e-324,
    "EPSILON": 2.0**-52,
    "POSITIVE_INFINITY": math.inf,
    "NEGATIVE_INFINITY": -math.inf,
    "NaN": NAN,
}


def _number(run: Run, _: Any, arguments: list[Any]) -> Number:
    return to_number(arguments[0], run) if arguments else 0


def _string(run: Run, _: Any, arguments: list[Any]) -> str:
    return to_text(arguments[0], run) if arguments else ""


def _from_codes(run: Run, _: Any, arguments: list[Any]) -> str:
    return whole("".join(chr(int(_code(one, run)) & 0xFFFF) for one in arguments))


def _code(value: Any, run: Run) -> float:
    found = double(to_number(value, run))
    return found if math.isfinite(found) else 0


def _if_empty(value: Any, default: Any) -> Any:
    return default if is_nothing(value) or (isinstance(value, str | list | dict) and not value) else value


def _extreme(*, largest: bool) -> Method:
    return lambda run, _, arguments: extreme(run, arguments, largest=largest)


_FUNCTIONS: Methods = {
    **_PARSING,
    "isNaN": function(lambda value: value != value, NUMBER),
    "isFinite": function(lambda value: math.isfinite(double(value)), NUMBER),
    "encodeURIComponent": function(encode_component, TEXT),
    "decodeURIComponent": function(decode_component, TEXT),
    "encodeURI": function(encode_uri, TEXT),
    "decodeURI": function(decode_uri, TEXT),
    "$if": function(lambda condition, then, otherwise: then if truthy(condition) else otherwise, ANY, ANY, ANY),
    "$ifEmpty": function(_if_empty, ANY, ANY),
    "$min": _extreme(largest=False),
    "$max": _extreme(largest=True),
    "$jmespath": run_function(jmespath_search, ANY, TEXT),
}
_JSON: Methods = {
    "stringify": run_function(
        lambda run, value, replacer, space: json_text(value, run, replacer, space), ANY, ANY, ANY
    ),
    "parse": run_function(lambda run, text, reviver: parse_json(text, run, reviver), ANY, ANY),
}
GLOBALS: dict[str, Any] = {
    "undefined": UNDEFINED,
    "NaN": NAN,
    "Infinity": math.inf,
    "Math": MATH,
    "JSON": Namespace(natives(_JSON)),
    "Object": OBJECT,
    "Array": ARRAY,
    "Number": Native("Number", _number, members={**_LIMITS, **natives(_NUMBER)}),
    "String": Native("String", _string, members=natives({"fromCharCode": _from_codes})),
    "Boolean": Native("Boolean", function(truthy, ANY)),
    "Date": DATE,
    "DateTime": DATE_TIME,
    "Duration": DURATION,
    "Interval": INTERVAL,
    **natives(_FUNCTIONS),
}
# Names that the scope may lend, and what they are when it does not.
ROOTS: dict[str, Any] = {
    "$now": lambda run: now_in(run.zone),
    "$today": lambda run: now_in(run.zone).start_of("day"),
}
MAKERS: dict[str, Method] = {"Array": new_array, "Date": new_date, "Set": new_set}

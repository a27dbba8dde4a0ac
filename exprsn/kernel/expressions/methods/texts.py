"""JavaScript's own methods of texts (ECMA-262, section 22.1.3), with texts where regular expressions may stand."""

from __future__ import annotations

import unicodedata
from typing import Any

from exprsn.kernel.expressions.budget import ENTRY_SIZE
from exprsn.kernel.expressions.coercion import to_integer, to_number, to_text
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import (
    ANY,
    INTEGER,
    INTEGER_OR_NONE,
    TEXT,
    TEXT_OR_NONE,
    Methods,
    method,
    run_method,
    unit_method,
)
from exprsn.kernel.expressions.methods.replacing import replace_all, replace_first
from exprsn.kernel.expressions.numbers import NAN, SPACES
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import is_plain, units, whole
from exprsn.kernel.expressions.values import UNDEFINED

_FORMS = frozenset({"NFC", "NFD", "NFKC", "NFKD"})


def position_in(at: int, size: int) -> int:
    """An index counted from the end when it is negative, kept within 0 … size."""
    return max(0, size + at) if at < 0 else min(at, size)


def _slice(text: str, start: int, end: int | None) -> str:
    size = len(text)
    return text[position_in(start, size) : size if end is None else position_in(end, size)]


def _substring(text: str, start: int, end: int | None) -> str:
    size = len(text)
    first = min(max(start, 0), size)
    last = size if end is None else min(max(end, 0), size)
    return text[min(first, last) : max(first, last)]


def _substr(text: str, start: int, length: int | None) -> str:
    first = position_in(start, len(text))
    return text[first:] if length is None else text[first : first + max(length, 0)]


def _split(run: Run, text: str, arguments: list[Any]) -> list[str]:
    separator = arguments[0] if arguments else UNDEFINED
    limit = arguments[1] if len(arguments) > 1 else UNDEFINED
    most = 2**32 - 1 if limit is UNDEFINED else to_integer(limit, run) % 2**32
    if separator is UNDEFINED:
        return [text][:most]
    sign = to_text(separator, run)
    count = len(text) if sign == "" else text.count(sign) + 1
    run.budget.step(count >> 4)
    run.budget.reserve(min(count, most) * ENTRY_SIZE)
    if sign == "":
        return list(units(text))[:most]
    return text.split(sign)[:most]


def _repeat(run: Run, text: str, count: Any) -> str:
    times = to_number(count, run)
    if times < 0 or times == float("inf"):
        raise ExpressionError("repeat() needs a count of 0 or more.")
    times = to_integer(count, run)
    run.budget.reserve(len(text) * times)
    return text * times


def _pad(run: Run, text: str, length: int, filler: str | None, *, at_start: bool) -> str:
    filler = " " if filler is None else filler
    size = len(text) if is_plain(text) else len(units(text))
    missing = length - size
    if missing <= 0 or not filler:
        return text
    run.budget.reserve(length)
    fill_units = units(filler)
    padding = whole((fill_units * (missing // len(fill_units) + 1))[:missing])
    return padding + text if at_start else text + padding


def _pad_start(run: Run, text: str, length: int, filler: str | None) -> str:
    return _pad(run, text, length, filler, at_start=True)


def _pad_end(run: Run, text: str, length: int, filler: str | None) -> str:
    return _pad(run, text, length, filler, at_start=False)


def _last_index_of(run: Run, text: str, wanted: str, start: Any) -> int:
    found = to_number(start, run)
    end = len(text) if found != found else min(max(to_integer(start, run), 0), len(text))
    return text.rfind(wanted, 0, end + len(wanted))


def _code_point_at(text: str, at: int) -> Any:
    if not 0 <= at < len(text):
        return UNDEFINED
    pair = whole(text[at : at + 2])
    return ord(pair[0])


def _at(text: str, at: int) -> Any:
    return text[at] if -len(text) <= at < len(text) else UNDEFINED


def _concat(run: Run, text: str, arguments: list[Any]) -> str:
    return whole(text + "".join([to_text(one, run) for one in arguments]))


def _starts_with(text: str, wanted: str, start: int) -> bool:
    return text.startswith(wanted, min(max(start, 0), len(text)))


def _ends_with(text: str, wanted: str, end: int | None) -> bool:
    return text[: len(text) if end is None else max(end, 0)].endswith(wanted)


def _normalize(text: str, form: str | None) -> str:
    if form is not None and form not in _FORMS:
        raise ExpressionError("normalize() takes NFC, NFD, NFKC or NFKD.")
    return unicodedata.normalize(form or "NFC", text)  # type: ignore[arg-type]


def _collation(text: str) -> tuple[str, str, str]:
    """An order near to that of dictionaries: letters first, then accents, then small before capital."""
    spread = unicodedata.normalize("NFD", text)
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return bare.casefold(), spread.casefold(), text.swapcase()


def _locale_compare(text: str, other: str) -> int:
    a, b = _collation(text), _collation(other)
    return (a > b) - (a < b)


TEXT_METHODS: Methods = {
    "toString": method(lambda text: text),
    "valueOf": method(lambda text: text),
    "toUpperCase": method(str.upper),
    "toLowerCase": method(str.lower),
    "toLocaleUpperCase": method(str.upper),
    "toLocaleLowerCase": method(str.lower),
    "trim": method(lambda text: text.strip(SPACES)),
    "trimStart": method(lambda text: text.lstrip(SPACES)),
    "trimEnd": method(lambda text: text.rstrip(SPACES)),
    "slice": unit_method(_slice, INTEGER, INTEGER_OR_NONE),
    "substring": unit_method(_substring, INTEGER, INTEGER_OR_NONE),
    "substr": unit_method(_substr, INTEGER, INTEGER_OR_NONE),
    "split": _split,
    "replace": replace_first,
    "replaceAll": replace_all,
    "repeat": run_method(_repeat, ANY),
    "padStart": run_method(_pad_start, INTEGER, TEXT_OR_NONE),
    "padEnd": run_method(_pad_end, INTEGER, TEXT_OR_NONE),
    "indexOf": unit_method(lambda text, wanted, at: text.find(wanted, min(max(at, 0), len(text))), TEXT, INTEGER),
    "lastIndexOf": run_method(
        lambda run, text, wanted, at: _last_index_of(run, units(text), units(wanted), at), TEXT, ANY
    ),
    "includes": unit_method(lambda text, wanted, at: wanted in text[max(at, 0) :], TEXT, INTEGER),
    "startsWith": unit_method(_starts_with, TEXT, INTEGER),
    "endsWith": unit_method(_ends_with, TEXT, INTEGER_OR_NONE),
    "charAt": unit_method(lambda text, at: text[at] if 0 <= at < len(text) else "", INTEGER),
    "charCodeAt": unit_method(lambda text, at: ord(text[at]) if 0 <= at < len(text) else NAN, INTEGER),
    "codePointAt": unit_method(_code_point_at, INTEGER),
    "at": unit_method(_at, INTEGER),
    "concat": _concat,
    "normalize": method(_normalize, TEXT_OR_NONE),
    "localeCompare": method(_locale_compare, TEXT),
}

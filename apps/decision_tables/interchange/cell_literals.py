"""Values as people write them in a cell, by the type of the column: the grid's grammar (``literals.ts``)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from apps.core.public import loads_untrusted
from apps.decision_tables.engine.coercion import MAX_DIGITS, WrongType, domain_of, plain_number
from apps.decision_tables.interchange.cell_dates import with_seconds
from exprsn.kernel.errors import DomainError

TEMPORAL: Final = frozenset({"date", "datetime", "time", "duration"})
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]{1,6})?", re.IGNORECASE)
_MADE = re.compile(r'(?:@|(?:date and time|date|time|duration)\s*\()\s*"([^"\\]*)"\s*\)?')
_TRUTH: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}
_NOT_PLAIN = re.compile(r'^[\[\]()@≥≤≠]|[",?!{}<>=]|\.\.|^[a-z][a-z ]*\(')
_DOUBLE = 15


class _Nothing:
    """What a text is that means no value of the type; ``null`` is a value."""

    def __bool__(self) -> bool:
        return False


NOTHING: Final = _Nothing()


def read_literal(text: str, column_type: str) -> Any:
    """The value of a text; ``NOTHING`` where it is none of the type."""
    if text == "null":
        return None
    if column_type == "number":
        return read_number(text)
    if column_type == "boolean":
        return _TRUTH.get(text.lower(), NOTHING)
    if column_type == "string":
        found = _quoted(text)
        return found if found is not NOTHING or not is_plain(text) else text
    if column_type == "list":
        return _json(text) if text.startswith("[") else NOTHING
    return _temporal(text, column_type) if column_type in TEMPORAL else _any(text)


def read_number(text: str) -> Any:
    """The number of a text, digit by digit."""
    if _NUMBER.fullmatch(text) is None:
        return NOTHING
    value = Decimal(text)
    return NOTHING if abs(value.adjusted()) > MAX_DIGITS and value else plain_number(value)


def is_plain(text: str) -> bool:
    """Whether a text has no signs of an expression in it."""
    return text not in ("", "-", "–", "null") and _NOT_PLAIN.search(text) is None


def literal_texts(value: Any, column_type: str) -> list[str]:
    """How a value may be written, the tidiest first; the last is always understood."""
    if isinstance(value, str):
        return [value] if column_type in TEMPORAL else [value, json_of(value)]
    return [json_of(value)]


def json_of(value: Any) -> str:
    """A value as JSON in one line; ``Decimal`` is written digit by digit."""
    if isinstance(value, Decimal):
        return str(plain_number(value))
    if isinstance(value, list | tuple):
        return f"[{','.join(map(json_of, value))}]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_of(str(name))}:{json_of(each)}" for name, each in value.items()) + "}"
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(sign: str) -> str:
    return sign if sign.isprintable() else json.dumps(sign)[1:-1]


def value_of_json(text: str) -> Any:
    """The value of JSON from outside; ``NOTHING`` where it is none."""
    return _json(text)


def _quoted(text: str) -> Any:
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return NOTHING
    found = _json(text.replace("\n", "\\n").replace("\t", "\\t"))
    return found if isinstance(found, str) else NOTHING


def _json(text: str) -> Any:
    try:
        value = loads_untrusted(text.encode(), refuse_nul=True)
        return value if "." not in text else json.loads(text, parse_float=_number)
    except (DomainError, ValueError, RecursionError):
        return NOTHING


def _number(text: str) -> float | Decimal:
    return float(text) if len(text) <= _DOUBLE else Decimal(text)


def _any(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    for read in (read_number, _quoted):
        found = read(text)
        if found is not NOTHING:
            return found
    if text.startswith("["):
        return _json(text)
    return text if is_plain(text) and _NUMBER.fullmatch(text) is None else NOTHING


def _temporal(text: str, column_type: str) -> Any:
    made = _MADE.fullmatch(text)
    quoted = made[1] if made else _quoted(text)
    inner = with_seconds(text if quoted is NOTHING else quoted)
    try:
        domain_of(column_type).read(inner)
    except WrongType:
        return NOTHING
    return inner

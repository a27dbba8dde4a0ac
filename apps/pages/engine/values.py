"""What was sent, checked against the declared fields. Texts of pages and values of programs are read alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.pages.contracts.field_faults import bound_of, whole_pattern
from apps.pages.contracts.fields import TEXTS, FormField
from exprsn.kernel.jsonvalue import clean_text
from exprsn.kernel.regex.linear import TooCostly

_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?", re.ASCII)
_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}@[A-Za-z0-9\u0080-\uffff.-]{1,253}")
TRUE_WORDS = frozenset({"on", "true", "1", "yes"})


@dataclass(frozen=True, slots=True)
class Fault(Exception):
    """Why an answer is refused: a word, and the bound that it speaks of."""

    code: str
    limit: Any = None


def read_values(fields: Sequence[FormField], given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Fault]]:
    """``(values by name, faults by name)``; every declared field has one or the other, what is not declared is left.

    An answer that was not given is an empty text, an empty list, ``False`` or ``None``, as the type has it.
    """
    values: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    for field in fields:
        try:
            values[field.name] = read_value(field, given.get(field.name))
        except Fault as fault:
            faults[field.name] = fault
    return values, faults


def read_value(field: FormField, given: Any) -> Any:
    """One answer as JSON. Raises ``Fault``."""
    return _READERS[field.type](field, given)


def _text(field: FormField, given: Any) -> str:
    text = _plain(given).replace("\r\n", "\n")
    if field.type == "email":
        text = text.strip()
    if not text.strip():
        return "" if _optional(field) else text
    if field.min_length and len(text) < field.min_length:
        raise Fault("too_short", field.min_length)
    if len(text) > field.longest:
        raise Fault("too_long", field.longest)
    if field.type == "email" and not _is_email(text):
        raise Fault("not_an_email")
    if field.pattern and not _fits(field.pattern, text):
        raise Fault("pattern")
    return text


def _number(field: FormField, given: Any) -> int | float | None:
    text = _plain(given).strip()
    if not text:
        _optional(field)
        return None
    if not _NUMBER.fullmatch(text):
        raise Fault("not_a_number")
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise Fault("not_a_number")
    _within(field, "number", number)
    return int(text) if text.lstrip("+-").isdigit() else number


def _date(field: FormField, given: Any) -> str | None:
    text = _plain(given).strip()
    if not text:
        _optional(field)
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Fault("not_a_date") from None
    _within(field, "date", day)
    return day.isoformat()


def _choice(field: FormField, given: Any) -> str | None:
    text = _plain(given)
    if not text:
        _optional(field)
        return None
    if text not in {option.value for option in field.options}:
        raise Fault("not_an_option")
    return text


def _choices(field: FormField, given: Any) -> list[str]:
    listed = given if isinstance(given, list) else [] if given in (None, "") else [given]
    chosen = {_plain(entry) for entry in listed[: 2 * len(field.options) + 1]}
    known = [option.value for option in field.options]
    if not chosen <= set(known):
        raise Fault("not_an_option")
    if not chosen:
        _optional(field)
    return [value for value in known if value in chosen]


def _checkbox(field: FormField, given: Any) -> bool:
    checked = given is True or _plain(given).lower() in TRUE_WORDS
    if field.required and not checked:
        raise Fault("must_be_checked")
    return checked


_READERS: Mapping[str, Callable[[FormField, Any], Any]] = {
    "number": _number,
    "date": _date,
    "select": _choice,
    "radio": _choice,
    "multiselect": _choices,
    "checkbox": _checkbox,
    **{kind: _text for kind in TEXTS},
}


def _plain(given: Any) -> str:
    """A single answer as text; of several that a page sent for one field the last one counts."""
    if isinstance(given, list):
        given = given[-1] if given else ""
    if given is None:
        return ""
    if isinstance(given, bool):
        return "true" if given else "false"
    if not isinstance(given, str | int | float):
        raise Fault("not_a_text")
    return clean_text(given) if isinstance(given, str) else _spelled(given)


def _spelled(number: int | float) -> str:
    """A number as text; one too long to be an answer is refused before it is spelled."""
    if isinstance(number, int) and number.bit_length() > 200:
        raise Fault("not_a_number")
    return str(number)


def _optional(field: FormField) -> bool:
    if field.required:
        raise Fault("required")
    return True


def _within(field: FormField, kind: str, value: Any) -> None:
    if field.min is not None and value < bound_of(kind, field.min):
        raise Fault("too_small", field.min)
    if field.max is not None and value > bound_of(kind, field.max):
        raise Fault("too_large", field.max)


def _is_email(text: str) -> bool:
    domain = text.rpartition("@")[2]
    labels = domain.split(".")
    sound = all(label and not label.startswith("-") and not label.endswith("-") for label in labels)
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None and len(labels) > 1 and sound


def _fits(pattern: str, text: str) -> bool:
    try:
        return whole_pattern(pattern).test(text)
    except TooCostly:
        raise Fault("pattern_too_costly") from None

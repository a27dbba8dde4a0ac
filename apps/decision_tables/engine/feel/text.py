"""FEEL values as text: what ``string()`` gives, in the notation that an expression would be written in."""

from __future__ import annotations

import re
from decimal import Decimal

from apps.decision_tables.engine.feel.decimals import number_text
from apps.decision_tables.engine.feel.limits import MAX_DEPTH, MAX_STRING, FeelLimit
from apps.decision_tables.engine.feel.temporal_text import TEMPORAL_TYPES, text_of
from apps.decision_tables.engine.feel.values import FeelFunction, Range, Value

_PLAIN_NAME = re.compile(r"[^\W\d][\w.'+*/-]*(?: [\w.'+*/-]+)*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text_of_value(value: Value) -> str | None:
    """The text of a value; a text is itself, null stays null."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, TEMPORAL_TYPES):
        return text_of(value)
    return literal(value)


def literal(value: Value) -> str:
    """The value as it would be written in an expression: texts in quotes, lists and contexts with their parts."""
    writer = _Writer()
    writer.write(value, 0)
    return "".join(writer.parts)


def quoted(text: str) -> str:
    """A text literal."""
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


class _Writer:
    """Collects text within a bound: values may hold the same list many times over."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left = MAX_STRING

    def put(self, text: str) -> None:
        self.left -= len(text)
        if self.left < 0:
            raise FeelLimit(f"The text would be longer than {MAX_STRING} characters.")
        self.parts.append(text)

    def write(self, value: Value, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise FeelLimit(f"Lists are nested more than {MAX_DEPTH} deep.")
        if isinstance(value, list):
            self.put("[")
            for place, item in enumerate(value):
                self.put(", " if place else "")
                self.write(item, depth + 1)
            self.put("]")
        elif isinstance(value, dict):
            self.put("{")
            for place, (name, item) in enumerate(value.items()):
                self.put((", " if place else "") + (name if _PLAIN_NAME.fullmatch(name) else quoted(name)) + ": ")
                self.write(item, depth + 1)
            self.put("}")
        elif isinstance(value, Range):
            low, high = ("" if end is None else _simple(end) for end in (value.low, value.high))
            self.put(f"{'[' if value.low_included else '('}{low}..{high}{']' if value.high_included else ')'}")
        else:
            self.put(_simple(value))


def _simple(value: Value) -> str:
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, TEMPORAL_TYPES):
        return f'@"{text_of(value)}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    parameters = value.parameters if isinstance(value, FeelFunction) else ()
    return f"function({', '.join(parameters)})"

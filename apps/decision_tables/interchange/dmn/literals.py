"""Constants of FEEL and the JSON values of a table's document, in both directions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from apps.decision_tables.engine.feel.decimals import number_text
from apps.decision_tables.engine.feel.syntax.nodes import (
    AtLiteral,
    Call,
    ContextLiteral,
    Expression,
    ListLiteral,
    Literal,
    Name,
    Negation,
)
from apps.decision_tables.engine.feel.temporal_reading import parse_date, parse_date_time, parse_duration, parse_time
from apps.decision_tables.engine.feel.text import quoted

_CONSTRUCTORS: Mapping[str, str] = {
    "date": "date",
    "time": "time",
    "datetime": "date and time",
    "duration": "duration",
}
_PARSERS: Mapping[str, Callable[[str], object]] = {
    "date": parse_date,
    "time": parse_time,
    "datetime": parse_date_time,
    "duration": parse_duration,
}


class NotConstant(Exception):
    """The expression is no constant of the type."""


def json_of(node: Expression, column_type: str) -> Any:
    """Return the JSON value of a constant of a column's type; raises ``NotConstant`` for anything else."""
    if column_type in _PARSERS:
        return _temporal(node, column_type)
    value = _plain(node)
    if column_type != "any" and not _is_of(value, column_type):
        raise NotConstant
    return value


def _temporal(node: Expression, column_type: str) -> str:
    text = node.text if isinstance(node, AtLiteral) else None
    if isinstance(node, Call) and node.function == Name(_CONSTRUCTORS[column_type]) and len(node.arguments) == 1:
        argument = node.arguments[0]
        text = argument.value if isinstance(argument, Literal) and isinstance(argument.value, str) else None
    if text is None or _PARSERS[column_type](text) is None:
        raise NotConstant
    return text


def _plain(node: Expression) -> Any:
    if isinstance(node, Negation) and isinstance(node.operand, Literal) and isinstance(node.operand.value, Decimal):
        return _number(-node.operand.value)
    if isinstance(node, Literal):
        return _number(node.value) if isinstance(node.value, Decimal) else node.value
    if isinstance(node, ListLiteral):
        return [_plain(item) for item in node.items]
    if isinstance(node, ContextLiteral):
        return {entry.key: _plain(entry.value) for entry in node.entries}
    raise NotConstant


def _number(value: Decimal) -> int | float:
    if value == value.to_integral_value() and abs(value.adjusted()) < 30:
        return int(value)
    double = float(value)
    if not value.is_finite() or Decimal(repr(double)) != value:
        raise NotConstant
    return double


def _is_of(value: Any, column_type: str) -> bool:
    expected = {"string": str, "number": (int, float), "boolean": bool, "list": list}[column_type]
    return isinstance(value, expected) and isinstance(value, bool) == (column_type == "boolean")  # type: ignore[arg-type]


def feel_of(value: Any, column_type: str) -> str:
    """Return the FEEL text of a JSON value of a column's type."""
    if isinstance(value, str) and column_type in _CONSTRUCTORS:
        return f"{_CONSTRUCTORS[column_type]}({_quoted(value)})"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(feel_of(item, 'any') for item in value)}]"
    if isinstance(value, dict):
        entries = ", ".join(f"{_quoted(key)}: {feel_of(item, 'any')}" for key, item in value.items())
        return f"{{{entries}}}"
    return number_text(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))


def _quoted(text: str) -> str:
    """A text literal in which everything that XML cannot hold is escaped."""
    return "".join(character if is_xml(character) else f"\\u{ord(character):04X}" for character in quoted(text))


def is_xml(character: str) -> bool:
    """Tell whether XML 1.0 can hold a character."""
    code = ord(character)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def xml_text(text: str) -> str:
    """Return the text with ``�`` for what XML cannot hold."""
    return "".join(character if is_xml(character) else "\ufffd" for character in text)

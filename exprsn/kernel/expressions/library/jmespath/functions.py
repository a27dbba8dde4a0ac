"""JMESPath's functions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.coercion import strict_equals
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.json_text import json_text
from exprsn.kernel.expressions.numbers import number, text_to_number
from exprsn.kernel.expressions.run import Run

Call = Callable[[Run, str, list[Any]], Any]


def is_true(value: Any) -> bool:
    """JMESPath's truth: false, null and what is empty are not true; 0 is."""
    return value is not None and value is not False and value not in ("", [], {})


def equal(run: Run, left: Any, right: Any) -> bool:
    """Equality by type and value; true is not 1."""
    run.budget.step()
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(equal(run, a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(run, left[name], right[name]) for name in left)
    return strict_equals(left, right)


def type_name(value: Any) -> str:
    """JMESPath's name of a type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if callable(value):
        return "expression"
    names = {int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(value)]


def _typed(work: Callable[..., Any], *wanted: str, needs_run: bool = False) -> Call:
    """A function whose arguments have these types; several are parted by ``|``, ``any`` takes all."""

    def call(run: Run, name: str, arguments: list[Any]) -> Any:
        if len(arguments) != len(wanted):
            raise ExpressionError(f"JMESPath's {name}() takes {len(wanted)} arguments, not {len(arguments)}.")
        for kinds, argument in zip(wanted, arguments, strict=True):
            if kinds != "any" and type_name(argument) not in kinds.split("|"):
                raise ExpressionError(
                    f"JMESPath's {name}() needs {kinds.replace('|', ' or ')}, not {type_name(argument)}."
                )
        return work(run, *arguments) if needs_run else work(*arguments)

    return call


def _keyed(work: Callable[[list[tuple[Any, Any]]], Any]) -> Call:
    """A function of a list and an expression; ``work`` sees pairs of key and entry."""

    def call(entries: list[Any], expression: Callable[[Any], Any]) -> Any:
        return work(_comparable([(expression(entry), entry) for entry in entries]))

    return _typed(call, "array", "expression")


def _comparable(pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    kinds = {type_name(key) for key, _ in pairs}
    if not kinds <= {"number"} and not kinds <= {"string"}:
        raise ExpressionError("JMESPath can only order numbers or texts, not both at once.")
    return pairs


def _ordered(entries: list[Any]) -> list[Any]:
    return [entry for _, entry in _comparable([(entry, entry) for entry in entries])]


def _first(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _text(run: Run, value: Any) -> Any:
    return value if isinstance(value, str) else json_text(value, run)


def _number(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    found = text_to_number(value) if isinstance(value, str) and value.strip() else math.nan
    return None if found != found else found


def _contains(run: Run, subject: Any, wanted: Any) -> bool:
    if isinstance(subject, str):
        return isinstance(wanted, str) and wanted in subject
    return any(equal(run, entry, wanted) for entry in subject)


def _join(separator: str, entries: list[Any]) -> str:
    if not all(isinstance(entry, str) for entry in entries):
        raise ExpressionError("JMESPath's join() needs a list of texts.")
    return separator.join(entries)


def _sum(entries: list[Any]) -> Any:
    if not all(type_name(entry) == "number" for entry in entries):
        raise ExpressionError("JMESPath's sum() and avg() need a list of numbers.")
    return number(sum(entries))


def _map(expression: Callable[[Any], Any], entries: list[Any]) -> list[Any]:
    return [expression(entry) for entry in entries]


def _not_null(run: Run, name: str, arguments: list[Any]) -> Any:
    return next((argument for argument in arguments if argument is not None), None)


def _merge(run: Run, name: str, arguments: list[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for argument in arguments:
        if not isinstance(argument, dict):
            raise ExpressionError(f"JMESPath's {name}() needs objects.")
        made.update(argument)
    return made


FUNCTIONS: dict[str, Call] = {
    "abs": _typed(abs, "number"),
    "avg": _typed(lambda entries: number(_sum(entries) / len(entries)) if entries else None, "array"),
    "ceil": _typed(lambda value: math.ceil(value), "number"),
    "contains": _typed(_contains, "array|string", "any", needs_run=True),
    "ends_with": _typed(str.endswith, "string", "string"),
    "floor": _typed(lambda value: math.floor(value), "number"),
    "join": _typed(_join, "string", "array"),
    "keys": _typed(list, "object"),
    "length": _typed(len, "string|array|object"),
    "map": _typed(_map, "expression", "array"),
    "max": _typed(lambda entries: max(_ordered(entries), default=None), "array"),
    "max_by": _keyed(lambda pairs: max(pairs, key=_first)[1] if pairs else None),
    "merge": _merge,
    "min": _typed(lambda entries: min(_ordered(entries), default=None), "array"),
    "min_by": _keyed(lambda pairs: min(pairs, key=_first)[1] if pairs else None),
    "not_null": _not_null,
    "reverse": _typed(lambda value: value[::-1], "string|array"),
    "sort": _typed(lambda entries: sorted(_ordered(entries)), "array"),
    "sort_by": _keyed(lambda pairs: [entry for _, entry in sorted(pairs, key=_first)]),
    "starts_with": _typed(str.startswith, "string", "string"),
    "sum": _typed(_sum, "array"),
    "to_array": _typed(lambda value: value if isinstance(value, list) else [value], "any"),
    "to_number": _typed(_number, "any"),
    "to_string": _typed(_text, "any", needs_run=True),
    "type": _typed(type_name, "any"),
    "values": _typed(lambda members: list(members.values()), "object"),
}

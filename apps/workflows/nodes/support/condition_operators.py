"""The table of condition operators: type → operation → what it does.

Missing values: ``exists`` is false for null; a missing string, list or object counts as empty; an ordering
against null is false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.workflows.nodes.support.condition_values import Setting
from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.regex.linear import compile_regex

__all__ = ["OPERATIONS", "UNARY", "Operation", "Setting"]

Holds = Callable[[Any, Any, Setting], bool]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operator. ``right_type`` is the right side's type where it differs from the left's."""

    label: str
    holds: Holds
    binary: bool = True
    right_type: str = ""


def _folded(value: Any, setting: Setting) -> Any:
    return value if setting.case_sensitive or not isinstance(value, str) else value.lower()


def _on_text(test: Callable[[str, str], bool]) -> Holds:
    return lambda left, right, setting: test(_folded(text_of(left), setting), _folded(text_of(right), setting))


def _matches(left: Any, right: Any, setting: Setting) -> bool:
    return compile_regex(text_of(right)).test(text_of(left))


def _equal(left: Any, right: Any, setting: Setting) -> bool:
    left, right = _folded(left, setting), _folded(right, setting)
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def _ordered(compare: Callable[[Any, Any], bool]) -> Holds:
    return lambda left, right, _: left is not None and right is not None and compare(left, right)


def _in_list(left: Any, right: Any, setting: Setting) -> bool:
    return any(_equal(entry, right, setting) for entry in left or [])


def _counted(compare: Callable[[Any, Any], bool]) -> Holds:
    return lambda left, right, _: right is not None and compare(len(left or []), right)


def _not(holds: Holds) -> Holds:
    return lambda left, right, setting: not holds(left, right, setting)


def _exists(left: Any, right: Any, setting: Setting) -> bool:
    return left is not None


def _is_empty(left: Any, right: Any, setting: Setting) -> bool:
    return left is None or (isinstance(left, str | list | dict) and not left)


def _is_true(left: Any, right: Any, setting: Setting) -> bool:
    return bool(left)


_PRESENCE: Mapping[str, Operation] = {
    "exists": Operation("exists", _exists, binary=False),
    "not_exists": Operation("does not exist", _not(_exists), binary=False),
    "is_empty": Operation("is empty", _is_empty, binary=False),
    "is_not_empty": Operation("is not empty", _not(_is_empty), binary=False),
}
_EQUALITY: Mapping[str, Operation] = {
    "equals": Operation("is equal to", _equal),
    "not_equals": Operation("is not equal to", _not(_equal)),
}
_TEXT_EQUAL = _on_text(operator.eq)
_CONTAINS = _on_text(lambda left, right: right in left)
_STARTS = _on_text(str.startswith)
_ENDS = _on_text(str.endswith)

OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "string": {
        "equals": Operation("is equal to", _TEXT_EQUAL),
        "not_equals": Operation("is not equal to", _not(_TEXT_EQUAL)),
        "contains": Operation("contains", _CONTAINS),
        "not_contains": Operation("does not contain", _not(_CONTAINS)),
        "starts_with": Operation("starts with", _STARTS),
        "not_starts_with": Operation("does not start with", _not(_STARTS)),
        "ends_with": Operation("ends with", _ENDS),
        "not_ends_with": Operation("does not end with", _not(_ENDS)),
        "regex": Operation("matches the pattern", _matches),
        "not_regex": Operation("does not match the pattern", _not(_matches)),
        **_PRESENCE,
    },
    "number": {
        **_EQUALITY,
        "gt": Operation("is greater than", _ordered(operator.gt)),
        "gte": Operation("is greater than or equal to", _ordered(operator.ge)),
        "lt": Operation("is less than", _ordered(operator.lt)),
        "lte": Operation("is less than or equal to", _ordered(operator.le)),
        **_PRESENCE,
    },
    "boolean": {
        "true": Operation("is true", _is_true, binary=False),
        "false": Operation("is false", _not(_is_true), binary=False),
        **_EQUALITY,
        **_PRESENCE,
    },
    "date_time": {
        **_EQUALITY,
        "after": Operation("is after", _ordered(operator.gt)),
        "after_or_equals": Operation("is after or equal to", _ordered(operator.ge)),
        "before": Operation("is before", _ordered(operator.lt)),
        "before_or_equals": Operation("is before or equal to", _ordered(operator.le)),
        **_PRESENCE,
    },
    "array": {
        "contains": Operation("contains", _in_list, right_type="any"),
        "not_contains": Operation("does not contain", _not(_in_list), right_type="any"),
        "length_equals": Operation("has the length", _counted(operator.eq), right_type="number"),
        "length_not_equals": Operation("has not the length", _counted(operator.ne), right_type="number"),
        "length_gt": Operation("is longer than", _counted(operator.gt), right_type="number"),
        "length_gte": Operation("is at least as long as", _counted(operator.ge), right_type="number"),
        "length_lt": Operation("is shorter than", _counted(operator.lt), right_type="number"),
        "length_lte": Operation("is at most as long as", _counted(operator.le), right_type="number"),
        **_EQUALITY,
        **_PRESENCE,
    },
    "object": {**_EQUALITY, **_PRESENCE},
    "any": {**_EQUALITY, **_PRESENCE},
}

UNARY = frozenset(name for operations in OPERATIONS.values() for name, known in operations.items() if not known.binary)

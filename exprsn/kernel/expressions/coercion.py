"""How values turn into one another (ECMA-262, section 7.1) and when they are equal (7.2)."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.errors import ExpressionBudgetExceeded
from exprsn.kernel.expressions.numbers import NAN, SAFE_INTEGER, Number, double, number_text, text_to_number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import whole
from exprsn.kernel.expressions.values import UNDEFINED, HostObject, is_nothing, type_of

MAX_NESTING = 100


def to_number(value: Any, run: Run) -> Number:
    """ToNumber."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return text_to_number(value)
    if value is None:
        return 0
    if value is UNDEFINED:
        return NAN
    return to_number(to_primitive(value, run, "number"), run)


def to_text(value: Any, run: Run) -> str:
    """ToString."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        return joined(value, ",", run)
    return value.to_text() if isinstance(value, HostObject) else "[object Object]"


def joined(entries: list[Any], separator: str, run: Run, depth: int = 0) -> str:
    """``join()``: null and undefined are empty, lists inside are joined by commas."""
    if depth > MAX_NESTING:
        raise ExpressionBudgetExceeded("The list is nested too deeply to be a text.")
    run.budget.step(1 + (len(entries) >> 3))
    parts = []
    # Parts that are lists have been charged by themselves.
    size = len(separator) * len(entries)
    for entry in entries:
        if isinstance(entry, list):
            parts.append(joined(entry, ",", run, depth + 1))
        elif is_nothing(entry):
            parts.append("")
        else:
            parts.append(to_text(entry, run))
            size += len(parts[-1])
    run.budget.charge(size)
    return whole(separator.join(parts))


def to_primitive(value: Any, run: Run, hint: str = "default") -> Any:
    """The primitive value for ``+``, ``==`` and comparison."""
    if isinstance(value, HostObject):
        return value.to_primitive(hint)
    return to_text(value, run) if isinstance(value, list | dict) else value


def property_key(value: Any, run: Run) -> str:
    """The name of a member: ``a[1]`` is ``a["1"]``."""
    return value if isinstance(value, str) else to_text(value, run)


def to_integer(value: Any, run: Run, default: int = 0) -> int:
    """A whole number for an index or a count, cut towards 0; infinities are clamped; undefined is the default."""
    if type(value) is int:
        return value
    if value is UNDEFINED:
        return default
    found = to_number(value, run)
    if found != found:
        return 0
    return int(max(-SAFE_INTEGER, min(SAFE_INTEGER, found)))


def same_number(left: Number, right: Number) -> bool:
    """Whether two numbers are equal as doubles."""
    if left == right:
        return True
    if abs(left) > SAFE_INTEGER:
        return double(left) == double(right)
    return False


def strict_equals(left: Any, right: Any) -> bool:
    """``===``."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if isinstance(left, int | float):
        return isinstance(right, int | float) and same_number(left, right)
    return left is right


def same_value_zero(left: Any, right: Any) -> bool:
    """The equality of ``includes``: ``===``, but NaN equals itself."""
    if isinstance(left, float) and left != left:
        return isinstance(right, float) and right != right
    return strict_equals(left, right)


def loose_equals(left: Any, right: Any, run: Run) -> bool:
    """``==``."""
    if is_nothing(left) or is_nothing(right):
        return is_nothing(left) and is_nothing(right)
    if type_of(left) == type_of(right):
        return strict_equals(left, right)
    if _is_object(left) and _is_object(right):
        return False
    left, right = to_primitive(left, run), to_primitive(right, run)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return same_number(to_number(left, run), to_number(right, run))


def _is_object(value: Any) -> bool:
    return isinstance(value, list | dict | HostObject)

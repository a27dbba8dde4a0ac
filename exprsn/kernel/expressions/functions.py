"""How the library's functions are declared: a plain Python function and what its arguments are turned into.

``method(work, TEXT, INTEGER)`` makes a method whose ``work`` is called with the value it belongs to, a text and a
whole number, whatever the expression gave: arguments too many are dropped, arguments too few are undefined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.coercion import to_integer, to_number, to_text
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.numbers import Number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import is_plain, units, whole
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject, HostObject, type_of

Method = Callable[[Run, Any, list[Any]], Any]
Methods = dict[str, Method]
Kind = Callable[[Any, Run], Any]
_SIZED = (str, list, dict)


def ANY(value: Any, run: Run) -> Any:  # noqa: N802 - reads as a word of the tables
    """The argument as it is."""
    return value


def TEXT(value: Any, run: Run) -> str:  # noqa: N802
    """The argument as a text; undefined is "undefined"."""
    return to_text(value, run)


def TEXT_OR_NONE(value: Any, run: Run) -> str | None:  # noqa: N802
    """The argument as a text; None when it was left out."""
    return None if value is UNDEFINED else to_text(value, run)


def INTEGER(value: Any, run: Run) -> int:  # noqa: N802
    """The argument as a whole number; 0 when it was left out."""
    return to_integer(value, run)


def INTEGER_OR_NONE(value: Any, run: Run) -> int | None:  # noqa: N802
    """The argument as a whole number; None when it was left out."""
    return None if value is UNDEFINED else to_integer(value, run)


def NUMBER(value: Any, run: Run) -> Number:  # noqa: N802
    """The argument as a number."""
    return to_number(value, run)


def FUNCTION(value: Any, run: Run) -> FunctionObject:  # noqa: N802
    """The argument, which must be a function."""
    if not isinstance(value, FunctionObject):
        raise ExpressionError(f"A function is needed here, not {type_of(value)}.")
    return value


def LIST(value: Any, run: Run) -> list[Any]:  # noqa: N802
    """The argument, which must be a list."""
    if not isinstance(value, list):
        raise ExpressionError(f"A list is needed here, not {type_of(value)}.")
    return value


def OBJECT(value: Any, run: Run) -> dict[str, Any]:  # noqa: N802
    """The argument, which must be an object."""
    if not isinstance(value, dict):
        raise ExpressionError(f"An object is needed here, not {type_of(value)}.")
    return value


def converted(kinds: tuple[Kind, ...], arguments: list[Any], run: Run) -> list[Any]:
    """The arguments that a function declares, each as its kind."""
    given = len(arguments)
    return [kind(arguments[at] if at < given else UNDEFINED, run) for at, kind in enumerate(kinds)]


def method(work: Callable[..., Any], *kinds: Kind) -> Method:
    """A method: ``work(value, *arguments)``."""
    return lambda run, value, arguments: work(value, *converted(kinds, arguments, run))


def run_method(work: Callable[..., Any], *kinds: Kind) -> Method:
    """A method that needs the run: ``work(run, value, *arguments)``."""
    return lambda run, value, arguments: work(run, value, *converted(kinds, arguments, run))


def unit_method(work: Callable[..., Any], *kinds: Kind) -> Method:
    """A method of texts that counts positions: ``work`` sees UTF-16 units where that makes a difference."""

    def call(run: Run, value: str, arguments: list[Any]) -> Any:
        given = converted(kinds, arguments, run)
        if is_plain(value):
            return work(value, *given)
        made = work(units(value), *[units(one) if isinstance(one, str) else one for one in given])
        if isinstance(made, str):
            return whole(made)
        return made

    return call


class Native(FunctionObject):
    """A function of the library, or a method bound to its value."""

    __slots__ = ("_members", "_method", "_value", "name")

    def __init__(self, name: str, work: Method, value: Any = UNDEFINED, members: dict[str, Any] | None = None) -> None:
        self.name = name
        self._method = work
        self._value = value
        self._members = members

    def get_member(self, name: str) -> Any:
        return UNDEFINED if self._members is None else self._members.get(name, UNDEFINED)

    def invoke(self, run: Run, arguments: list[Any]) -> Any:
        return apply_method(self._method, run, self._value, arguments)

    def to_text(self) -> str:
        return f"function {self.name}() {{ [native code] }}"


def apply_method(work: Method, run: Run, value: Any, arguments: list[Any]) -> Any:
    """Call a method and account for it: by the length of what it works on and of what it makes."""
    cost = 1 + (len(value) >> 4 if isinstance(value, _SIZED) else 0)
    for argument in arguments:
        if isinstance(argument, _SIZED):
            cost += len(argument) >> 4
    run.budget.step(cost)
    made = work(run, value, arguments)
    if isinstance(made, _SIZED):
        run.budget.charge_made(made)
    return made


def function(work: Callable[..., Any], *kinds: Kind) -> Method:
    """A function without a value that it belongs to: ``work(*arguments)``."""
    return lambda run, value, arguments: work(*converted(kinds, arguments, run))


def run_function(work: Callable[..., Any], *kinds: Kind) -> Method:
    """The same with the run before the arguments."""
    return lambda run, value, arguments: work(run, *converted(kinds, arguments, run))


class Namespace(HostObject):
    """A named group of functions and constants, such as ``Math``."""

    __slots__ = ("_members",)

    def __init__(self, members: dict[str, Any]) -> None:
        self._members = members

    def get_member(self, name: str) -> Any:
        return self._members.get(name, UNDEFINED)

    def to_members(self) -> dict[str, Any]:
        """Everything in it, by name."""
        return dict(self._members)


def natives(works: Methods) -> dict[str, Any]:
    """Functions as values, by name."""
    return {name: Native(name, work) for name, work in works.items()}


def bound_member(methods: Methods, value: Any, name: str) -> Any:
    """``value.name`` as a function value; UNDEFINED when the table has no such method."""
    work = methods.get(name)
    return UNDEFINED if work is None else Native(name, work, value)

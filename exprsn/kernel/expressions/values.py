"""JavaScript's values in Python's types.

JSON values are themselves. ``undefined`` is ``UNDEFINED``. Numbers are ints where they are whole and exact (so
that large integers which are only carried stay exact), floats otherwise; ``-0`` is the float. Everything else is
a ``HostObject``: it shows named members and nothing of Python's.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Final

from exprsn.kernel.expressions.errors import ExpressionError

if TYPE_CHECKING:
    from exprsn.kernel.expressions.run import Run


class Undefined:
    """The type of ``UNDEFINED``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()


class HostObject(ABC):
    """A value that the host lends: expressions reach the members that it names."""

    __slots__ = ()

    @abstractmethod
    def get_member(self, name: str) -> Any:
        """The member with this name, or UNDEFINED."""

    def get_method(self, name: str) -> Any:
        """The member that is called by ``value.name(…)``; differs only where a property and a method share a name."""
        return self.get_member(name)

    def call(self, *arguments: Any) -> Any:
        """Call the object itself; TypeError and ValueError become an error of the expression."""
        raise TypeError("not a function")

    def invoke(self, run: Run, arguments: list[Any]) -> Any:
        """Call the object within a run. For values of this package; a host overrides ``call``."""
        try:
            return self.call(*arguments)
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            raise ExpressionError("The call does not fit: check the number and kinds of arguments.") from error

    def to_json(self) -> Any:
        """The value as JSON; UNDEFINED where it has none."""
        return {}

    def to_text(self) -> str:
        """The value in a text."""
        return "[object Object]"

    def to_primitive(self, hint: str = "default") -> Any:
        """The value for arithmetic and comparison; ``hint`` is ``default``, ``number`` or ``string``."""
        return self.to_text()


class ZonedValue(HostObject):
    """A value that stands in a time zone."""

    __slots__ = ()

    @property
    @abstractmethod
    def tzinfo(self) -> tzinfo | None:
        """Its zone."""


class IterableObject(HostObject):
    """A value that can be spread."""

    __slots__ = ()

    @abstractmethod
    def iterate(self) -> list[Any]:
        """Its entries."""


class FunctionObject(HostObject):
    """What ``typeof`` calls a function."""

    __slots__ = ()

    def get_member(self, name: str) -> Any:
        return UNDEFINED

    def to_json(self) -> Any:
        return UNDEFINED

    def to_text(self) -> str:
        return "function () { [native code] }"


class HostFunction(FunctionObject):
    """A Python function that expressions may call, with JavaScript values in and out."""

    __slots__ = ("_function", "_members", "name")

    def __init__(self, function: Callable[..., Any], name: str = "", members: dict[str, Any] | None = None) -> None:
        self._function = function
        self._members = members or {}
        self.name = name

    def get_member(self, name: str) -> Any:
        return self._members.get(name, UNDEFINED)

    def call(self, *arguments: Any) -> Any:
        return self._function(*arguments)

    def to_text(self) -> str:
        return f"function {self.name}() {{ [native code] }}"


def is_nothing(value: Any) -> bool:
    """Whether a value is null or undefined."""
    return value is None or value is UNDEFINED


def truthy(value: Any) -> bool:
    """JavaScript's ToBoolean (ECMA-262, 7.1.2)."""
    if value is None or value is UNDEFINED or value is False:
        return False
    if isinstance(value, int | float):
        return value == value and value != 0
    return value != "" if isinstance(value, str) else True


def type_of(value: Any) -> str:
    """JavaScript's ``typeof``."""
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "function" if isinstance(value, FunctionObject) else "object"

"""How built-in functions are declared: a name and signatures, each with its parameters and the Python that does it.

A call takes the first signature that its arguments fit; where none fits, its value is null. Arguments are converted as
the standard says: a list of one item stands for the item, and an item for the list of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from apps.decision_tables.engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from apps.decision_tables.engine.feel.values import FeelFunction, Range, Value


class _Wrong(Enum):
    WRONG = "wrong"


WRONG: Final = _Wrong.WRONG


@dataclass(frozen=True, slots=True)
class Kind:
    """What a parameter takes: values of some types (any where none are named), and null or not."""

    name: str
    types: frozenset[type] = frozenset()
    nullable: bool = False

    def take(self, value: Value) -> Value:
        """The argument as the function gets it, or ``WRONG``."""
        kind = type(value)
        if not self.types or kind in self.types:
            return value
        if value is None:
            return None if self.nullable else WRONG
        if isinstance(value, list):
            return value[0] if len(value) == 1 and type(value[0]) in self.types else WRONG
        return [value] if list in self.types else WRONG

    def or_null(self) -> Kind:
        """The same, and null."""
        return Kind(self.name, self.types, nullable=True)


def _kind(name: str, *types: type) -> Kind:
    return Kind(name, frozenset(types))


ANY = _kind("any")
BOOLEAN = _kind("boolean", bool)
CONTEXT = _kind("context", dict)
DATE = _kind("date", Date)
DATE_OR_MOMENT = _kind("date or date and time", Date, DateTime)
DAYS = _kind("days and time duration", DaysDuration)
DURATION = _kind("duration", DaysDuration, MonthsDuration)
FUNCTION = _kind("function", FeelFunction)
LIST = _kind("list", list)
MOMENT = _kind("date and time", DateTime)
NUMBER = _kind("number", Decimal)
POINT = _kind("number, text, date, time or duration", Decimal, str, Date, Time, DateTime, DaysDuration, MonthsDuration)
RANGE = _kind("range", Range)
TEXT = _kind("text", str)
TIME = _kind("time", Time)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, with other names it may be given by."""

    name: str
    kind: Kind
    optional: bool = False
    aliases: tuple[str, ...] = ()

    def take(self, value: Value) -> Value:
        """The argument as the function gets it, or ``WRONG``."""
        if self.kind is FUNCTION:
            return value if isinstance(value, FeelFunction) else WRONG
        return self.kind.take(value)

    def given(self, args: Mapping[str, Value]) -> str | None:
        """The name that the arguments have for it."""
        return next((name for name in (self.name, *self.aliases) if name in args), None)


def needs(name: str, kind: Kind, *aliases: str) -> Parameter:
    """A parameter that has to be given."""
    return Parameter(name, kind, aliases=aliases)


def may(name: str, kind: Kind, *aliases: str) -> Parameter:
    """A parameter that may be left out; the Python function has a default for it."""
    return Parameter(name, kind, optional=True, aliases=aliases)


class Signature:
    """One way to call a function. ``rest`` takes all further arguments, as a list behind the others."""

    __slots__ = ("body", "parameters", "required", "rest")

    def __init__(self, body: Callable[..., Value], *parameters: Parameter, rest: Parameter | None = None) -> None:
        self.body = body
        self.parameters = parameters
        self.rest = rest
        self.required = sum(not parameter.optional for parameter in parameters)

    def text(self, name: str) -> str:
        """How the call is written: ``substring(string, start position, length?)``."""
        names = [parameter.name + "?" * parameter.optional for parameter in self.parameters]
        return f"{name}({', '.join([*names, *([f'{self.rest.name}, …'] if self.rest else [])])})"

    def bind(self, args: Sequence[Value]) -> list[Value] | None:
        """The arguments as the Python function gets them; null where they don't fit."""
        count = len(self.parameters)
        if not self.required <= len(args) or (self.rest is None and len(args) > count):
            return None
        bound = [parameter.take(arg) for parameter, arg in zip(self.parameters, args, strict=False)]
        if self.rest is not None:
            more = [self.rest.take(arg) for arg in args[count:]]
            if not more or WRONG in more:
                return None
            bound.append(more)
        return None if WRONG in bound else bound

    def bind_named(self, args: Mapping[str, Value]) -> list[Value] | None:
        """The same for arguments by name; one in the middle that is left out is null."""
        left = dict(args)
        bound: list[Value] = []
        gap = 0
        for parameter in self.parameters:
            name = parameter.given(left)
            if name is not None:
                bound += [*[None] * gap, parameter.take(left.pop(name))]
                gap = 0
            elif parameter.optional:
                gap += 1
            else:
                return None
        if self.rest is not None:
            bound.append([self.rest.take(left.pop(self.rest.name))] if self.rest.name in left else WRONG)
        return None if left or WRONG in bound or [WRONG] in bound else bound


class Builtin(FeelFunction):
    """A function of the standard."""

    __slots__ = ("name", "signatures")

    def __init__(self, name: str, *signatures: Signature) -> None:
        self.name = name
        self.signatures = signatures

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the first signature."""
        return tuple(parameter.name for parameter in self.signatures[0].parameters)

    def call(self, args: Sequence[Value]) -> Value:
        """The value of the first signature that the arguments fit; null where none does."""
        for signature in self.signatures:
            bound = signature.bind(args)
            if bound is not None:
                return signature.body(*bound)
        return None

    def why_null(self, args: Sequence[Value]) -> str | None:
        """How the function is called, where it cannot be called with these arguments."""
        if any(signature.bind(args) is not None for signature in self.signatures):
            return None
        ways = " or ".join(dict.fromkeys(signature.text(self.name) for signature in self.signatures))
        return f"The arguments do not fit {ways}."

    def call_named(self, args: Mapping[str, Value]) -> Value:
        """The same for arguments by name."""
        for signature in self.signatures:
            bound = signature.bind_named(args)
            if bound is not None:
                return signature.body(*bound)
        return None

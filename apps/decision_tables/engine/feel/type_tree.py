"""FEEL's types as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeelType:
    """Any type."""


@dataclass(frozen=True, slots=True)
class SimpleType(FeelType):
    """A type without parts, by its name in FEEL."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType(FeelType):
    """``list<item>``."""

    item: FeelType


@dataclass(frozen=True, slots=True)
class ContextType(FeelType):
    """``context<name: type, …>``; further entries are allowed."""

    members: tuple[tuple[str, FeelType], ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionType(FeelType):
    """``function<type, …> -> type``; ``parameters`` is ``None`` for a function of any kind."""

    parameters: tuple[FeelType, ...] | None
    result: FeelType


@dataclass(frozen=True, slots=True)
class RangeType(FeelType):
    """``range<end>``."""

    end: FeelType


@dataclass(frozen=True, slots=True)
class NamedType(FeelType):
    """A type that is defined elsewhere, such as an item definition of a decision model."""

    name: str


ANY = SimpleType("Any")
NULL = SimpleType("Null")
NUMBER = SimpleType("number")
STRING = SimpleType("string")
BOOLEAN = SimpleType("boolean")
DATE = SimpleType("date")
TIME = SimpleType("time")
DATE_AND_TIME = SimpleType("date and time")
DAYS_DURATION = SimpleType("days and time duration")
MONTHS_DURATION = SimpleType("years and months duration")
SIMPLE_TYPES = {
    found.name: found
    for found in (
        ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_AND_TIME, DAYS_DURATION, MONTHS_DURATION,
    )
}  # fmt: skip


def type_text(type_: FeelType) -> str:
    """The type as FEEL writes it."""
    match type_:
        case SimpleType(name) | NamedType(name):
            return name
        case ListType(item):
            return f"list<{type_text(item)}>"
        case RangeType(end):
            return f"range<{type_text(end)}>"
        case ContextType(members):
            inside = ", ".join(f"{name}: {type_text(member)}" for name, member in members)
            return f"context<{inside}>" if members else "context"
        case FunctionType(parameters, result) if parameters is not None:
            return f"function<{', '.join(map(type_text, parameters))}> -> {type_text(result)}"
    return "function"

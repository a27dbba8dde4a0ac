"""What conditions mean: a region of values, or a question to be asked of each value; and whether null is met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from apps.decision_tables.engine.coercion import Domain, Key, any_key, domain_of
from apps.decision_tables.engine.columns import EMPTINESS
from apps.decision_tables.engine.faults import shown, too_many_steps
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.regex import matches
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.regions import (
    EVERYTHING,
    NOTHING,
    Region,
    complement,
    contains,
    piece,
    points,
)
from apps.decision_tables.engine.table import Condition

Question: TypeAlias = Callable[[Value], bool]
EMPTY_LIST: list[Value] = []


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one condition holds for. ``question`` is asked of values in the region; ``asks`` tells questions apart."""

    region: Region
    null: bool = False
    question: Question | None = None
    asks: tuple[str, Any] | None = None

    def holds(self, value: Value, key: Key) -> bool:
        """Whether a value meets the condition."""
        if value is None:
            return self.null
        return contains(self.region, key) and (self.question is None or self.question(value))


def meaning_of(condition: Condition, column_type: str) -> Meaning:
    """The meaning of a condition in a column of a type."""
    operator, typed = condition.operator, condition.typed
    domain = domain_of(column_type)
    if operator in EMPTINESS:
        empty = _empty_region(column_type)
        return Meaning(empty, null=True) if operator == "isEmpty" else Meaning(complement(empty))
    if typed is None:
        return Meaning(NOTHING, null=True) if operator == "==" else Meaning(EVERYTHING)
    if operator in _REGIONS:
        return Meaning(_REGIONS[operator](domain, typed))
    if operator == "startsWith" and column_type == "string":
        return Meaning(_prefixed(typed))
    question, told = _QUESTIONS[operator](typed)
    return Meaning(EVERYTHING, question=question, asks=(operator, told))


def comparison_region(domain: Domain, operator: str, typed: Value) -> Region:
    """The values of a kind that stand in an order to one of them."""
    key = domain.key(typed)
    start, end = domain.bounds(key)
    low = None if start is None else (start, 0)
    high = None if end is None else (end, 0)
    if operator in (">", ">="):
        return piece((key, int(operator == ">")), high)
    return piece(low, (key, int(operator == "<=")))


def between_region(domain: Domain, low: Value, high: Value) -> Region:
    """The values from one to another, both included."""
    return piece((domain.key(low), 0), (domain.key(high), 1))


def _empty_region(column_type: str) -> Region:
    if column_type == "string":
        return points([""])
    if column_type == "list":
        return points([any_key(EMPTY_LIST)])
    return points([any_key(EMPTY_LIST), any_key("")]) if column_type == "any" else NOTHING


def _equal(domain: Domain, typed: Value) -> Region:
    return points([domain.key(typed)])


def _one_of(domain: Domain, typed: tuple[Value, ...]) -> Region:
    return points(domain.key(member) for member in typed)


def _between(domain: Domain, typed: tuple[Value, Value]) -> Region:
    return between_region(domain, *typed)


_REGIONS: Mapping[str, Callable[[Domain, Any], Region]] = {
    "==": _equal,
    "!=": lambda domain, typed: complement(_equal(domain, typed)),
    "in": _one_of,
    "notIn": lambda domain, typed: complement(_one_of(domain, typed)),
    "between": _between,
    "notBetween": lambda domain, typed: complement(_between(domain, typed)),
    ">": lambda domain, typed: comparison_region(domain, ">", typed),
    ">=": lambda domain, typed: comparison_region(domain, ">=", typed),
    "<": lambda domain, typed: comparison_region(domain, "<", typed),
    "<=": lambda domain, typed: comparison_region(domain, "<=", typed),
}


def _prefixed(prefix: str) -> Region:
    """Texts that begin so stand together: from the prefix to just before the next text of its length."""
    known = prefix.rstrip(chr(0x10FFFF))
    high = (known[:-1] + chr(ord(known[-1]) + 1), 0) if known else None
    return piece((prefix, 0), high)


def _contains(typed: Value) -> tuple[Question, Any]:
    key = any_key(typed)

    def question(value: Value) -> bool:
        if isinstance(value, list):
            return any(any_key(member) == key for member in value)
        return isinstance(value, str) and isinstance(typed, str) and typed in value

    return question, key


def _starts_with(typed: str) -> tuple[Question, Any]:
    return lambda value: isinstance(value, str) and value.startswith(typed), typed


def _ends_with(typed: str) -> tuple[Question, Any]:
    return lambda value: isinstance(value, str) and value.endswith(typed), typed


def _matches(typed: str) -> tuple[Question, Any]:
    def question(value: Value) -> bool:
        try:
            return isinstance(value, str) and matches(value, typed) is True
        except FeelLimit:
            raise too_many_steps(f"the pattern {shown(typed)}") from None

    return question, typed


_QUESTIONS: Mapping[str, Callable[[Any], tuple[Question, Any]]] = {
    "contains": _contains,
    "startsWith": _starts_with,
    "endsWith": _ends_with,
    "matches": _matches,
}

"""Literals, names, lists, contexts and intervals."""

from __future__ import annotations

from apps.decision_tables.engine.feel.comparing import compare
from apps.decision_tables.engine.feel.evaluation.closures import Build, Closure, Constant
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.syntax.nodes import (
    AtLiteral,
    Comparator,
    ContextLiteral,
    Interval,
    ListLiteral,
    Literal,
    Name,
)
from apps.decision_tables.engine.feel.temporal_reading import parse_temporal
from apps.decision_tables.engine.feel.values import Range, Value


def build_literal(node: Literal, build: Build) -> Closure:
    """A value that is written down."""
    return Constant(node.value)


def build_at_literal(node: AtLiteral, build: Build) -> Closure:
    """A date, time or duration that is written down."""
    value = parse_temporal(node.text)

    def run(scope: Scope) -> Value:
        scope.run.warn(f'@"{node.text}" is no date, time or duration.')
        return None

    return run if value is None else Constant(value)


def build_name(node: Name, build: Build) -> Closure:
    """The value of a name."""
    name = node.name

    def run(scope: Scope) -> Value:
        names = scope.names
        return names[name] if name in names else scope.find(name)

    return run


def build_list(node: ListLiteral, build: Build) -> Closure:
    """A list of what its items say."""
    items = [build(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


def build_context(node: ContextLiteral, build: Build) -> Closure:
    """A context whose entries see those before them; null if a key is there twice."""
    entries = [(entry.key, build(entry.value)) for entry in node.entries]
    twice = len({key for key, _ in entries}) < len(entries)

    def run(scope: Scope) -> Value:
        if twice:
            scope.run.warn("A context has two entries of one name.")
            return None
        made: dict[str, Value] = {}
        inner = scope.child(made)
        for key, value in entries:
            made[key] = value(inner)
        return made

    return run


def build_interval(node: Interval, build: Build) -> Closure:
    """A range; null unless both ends are there and can be compared."""
    low, high = build(node.low), build(node.high)
    low_included, high_included = node.low_included, node.high_included

    def run(scope: Scope) -> Value:
        first, last = low(scope), high(scope)
        if compare(first, last) is None:
            scope.run.warn("The ends of an interval must be two values that can be compared.")
            return None
        return Range(first, low_included, last, high_included)

    return run


def build_comparator(node: Comparator, build: Build) -> Closure:
    """``(< 5)`` as a value: a range that is open on one side; null for ``!=``, which is no range."""
    operator, operand = node.operator, build(node.operand)

    def run(scope: Scope) -> Value:
        value = operand(scope)
        return None if value is None else range_of(operator, value)

    return run


def range_of(operator: str, value: Value) -> Range | None:
    """The values for which ``operator value`` holds, as a range."""
    match operator:
        case "<" | "<=":
            return Range(None, False, value, operator == "<=")
        case ">" | ">=":
            return Range(value, operator == ">=", None, False)
        case "=":
            return Range(value, True, value, True)
    return None

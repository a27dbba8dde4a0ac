"""Cells of FEEL that say what conditions can say: ``< 100``, ``[18..65)``, ``"gold", "silver"``, ``not(…)``.

They have a region of values as conditions do. Other tests have none and are asked of each value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from apps.decision_tables.engine.coercion import Domain, WrongType, domain_of
from apps.decision_tables.engine.conditions import Meaning, comparison_region
from apps.decision_tables.engine.feel.evaluation.compiler import compile_expression
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.syntax.nodes import (
    Arithmetic,
    AtLiteral,
    Call,
    Comparator,
    Expression,
    Interval,
    Literal,
    Name,
    Negation,
    Operation,
    UnaryTests,
    walk,
)
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.regions import EVERYTHING, NOTHING, Region, complement, intersection, points, union

CONSTANT_NODES = (Literal, AtLiteral, Negation, Arithmetic, Operation, Call, Name)
CONSTANT_FUNCTIONS = frozenset({"date", "time", "date and time", "duration", "years and months duration"})
MAX_ALTERNATIVES = 200


class _NoRegion(Exception):
    """The test is more than a comparison with constants."""


def feel_meaning(tests: UnaryTests, column_type: str) -> Meaning | None:
    """What a cell holds for; None if only a value can tell. Raises ``WrongType`` for constants of another type."""
    if not tests.tests:
        return Meaning(EVERYTHING, null=True)
    if len(tests.tests) > MAX_ALTERNATIVES:
        return None
    domain = domain_of(column_type)
    try:
        found = [_alternative(test, domain) for test in tests.tests]
    except _NoRegion:
        return None
    region = _union([alternative.region for alternative in found])
    null = any(alternative.null for alternative in found)
    return Meaning(complement(region)) if tests.negated else Meaning(region, null=null)


def _union(regions: Sequence[Region]) -> Region:
    return reduce(union, regions, NOTHING)


def _alternative(test: Expression, domain: Domain) -> Meaning:
    if isinstance(test, Comparator):
        return Meaning(_comparison(test.operator, _constant(test.operand, domain), domain))
    if isinstance(test, Interval):
        low = ">=" if test.low_included else ">"
        high = "<=" if test.high_included else "<"
        ends = (_constant(test.low, domain), _constant(test.high, domain))
        return Meaning(intersection(_comparison(low, ends[0], domain), _comparison(high, ends[1], domain)))
    value = _constant(test, domain)
    return Meaning(NOTHING, null=True) if value is None else Meaning(points([domain.key(value)]))


def _comparison(operator: str, value: Value, domain: Domain) -> Region:
    if value is None or isinstance(value, bool | list | dict):
        raise _NoRegion
    if operator in ("=", "!="):
        same = points([domain.key(value)])
        return same if operator == "=" else complement(same)
    return comparison_region(domain, operator, value)


def _constant(node: Expression, domain: Domain) -> Value:
    """The value of an expression that no input can change, as the column types it."""
    if not _is_constant(node) or domain.type in ("any", "list"):
        raise _NoRegion
    value = compile_expression(node)(Scope({}))
    if value is None and not _is_null(node):
        raise WrongType(domain.type, None)
    try:
        return domain.accept(value)
    except WrongType:
        raise WrongType(domain.type, value) from None


def _is_constant(node: Expression) -> bool:
    names = [part.name for part in walk(node) if isinstance(part, Name)]
    calls = [part.function for part in walk(node) if isinstance(part, Call)]
    return (
        all(isinstance(part, CONSTANT_NODES) for part in walk(node))
        and len(names) == len(calls)
        and all(isinstance(function, Name) and function.name in CONSTANT_FUNCTIONS for function in calls)
    )


def _is_null(node: Expression) -> bool:
    return isinstance(node, Literal) and node.value is None

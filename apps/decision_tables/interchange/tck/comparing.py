"""Whether a result is the expected one, as the kit compares: numbers nearly, temporals by value, the rest exactly."""

from __future__ import annotations

from decimal import Decimal

from apps.decision_tables.engine.feel.comparing import equal
from apps.decision_tables.engine.feel.values import Value

PRECISION = Decimal("1e-8")


def agrees(expected: Value, actual: Value) -> bool:
    """Tell whether the actual value is what the kit expects."""
    if isinstance(expected, bool) or isinstance(actual, bool) or expected is None or actual is None:
        return expected is actual
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) <= PRECISION * max(Decimal(1), abs(expected))
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(agrees, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(agrees(value, actual[key]) for key, value in expected.items())
    return type(expected) is type(actual) and equal(expected, actual) is True

"""FEEL's ``+ - * / **`` and negation, by the tables of the standard; null for whatever they don't define."""

from __future__ import annotations

from decimal import Decimal

from apps.decision_tables.engine.feel.arithmetic_temporal import (
    DIFFERENCES,
    PRODUCTS,
    QUOTIENTS,
    SUMS,
    negated_duration,
)
from apps.decision_tables.engine.feel.decimals import CONTEXT
from apps.decision_tables.engine.feel.limits import MAX_STRING, FeelLimit
from apps.decision_tables.engine.feel.values import Value


def add(a: Value, b: Value) -> Value:
    """``a + b``."""
    if type(a) is Decimal and type(b) is Decimal:
        result = CONTEXT.add(a, b)
        return result if result.is_finite() else None
    if type(a) is str and type(b) is str:
        if len(a) + len(b) > MAX_STRING:
            raise FeelLimit(f"The text would be longer than {MAX_STRING} characters.")
        return a + b
    found = SUMS.get((type(a), type(b)))
    return None if found is None else found(a, b)


def subtract(a: Value, b: Value) -> Value:
    """``a - b``."""
    if type(a) is Decimal and type(b) is Decimal:
        result = CONTEXT.subtract(a, b)
        return result if result.is_finite() else None
    found = DIFFERENCES.get((type(a), type(b)))
    return None if found is None else found(a, b)


def multiply(a: Value, b: Value) -> Value:
    """``a * b``."""
    if type(a) is Decimal and type(b) is Decimal:
        result = CONTEXT.multiply(a, b)
        return result if result.is_finite() else None
    found = PRODUCTS.get((type(a), type(b)))
    return None if found is None else found(a, b)


def divide(a: Value, b: Value) -> Value:
    """``a / b``; null where ``b`` is 0."""
    if type(a) is Decimal and type(b) is Decimal:
        result = CONTEXT.divide(a, b)
        return result if result.is_finite() else None
    found = QUOTIENTS.get((type(a), type(b)))
    return None if found is None else found(a, b)


def power(a: Value, b: Value) -> Value:
    """``a ** b``."""
    if type(a) is not Decimal or type(b) is not Decimal:
        return None
    if not b:
        return Decimal(1)
    result = CONTEXT.power(a, b)
    return result if result.is_finite() else None


def negate(a: Value) -> Value:
    """``-a`` of a number or a duration."""
    if type(a) is Decimal:
        return CONTEXT.minus(a)
    return negated_duration(a)

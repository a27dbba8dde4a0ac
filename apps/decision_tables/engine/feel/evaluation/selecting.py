"""Paths and filters."""

from __future__ import annotations

from decimal import Decimal

from apps.decision_tables.engine.feel.decimals import as_index
from apps.decision_tables.engine.feel.evaluation.closures import Build, Closure
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.limits import MAX_LIST
from apps.decision_tables.engine.feel.syntax.nodes import (
    And,
    Between,
    Comparison,
    Expression,
    Filter,
    In,
    InstanceOf,
    Or,
    Path,
    Quantified,
    size_of,
)
from apps.decision_tables.engine.feel.temporal_properties import has_properties, property_of
from apps.decision_tables.engine.feel.values import Value

_CONDITIONS = (And, Or, Comparison, Between, In, InstanceOf, Quantified)


def build_path(node: Path, build: Build) -> Closure:
    """``base.member``: an entry of a context, a property, or those of every item of a list."""
    base, name = build(node.base), node.member

    def run(scope: Scope) -> Value:
        value = base(scope)
        if isinstance(value, dict) and name in value:
            found: Value = value[name]
            return found
        scope.run.charge(value)
        return member_of(value, name, scope)

    return run


def member_of(value: Value, name: str, scope: Scope) -> Value:
    """The entry or property of that name; null where there is none."""
    if isinstance(value, dict):
        if name not in value:
            scope.run.warn(f"The context has no entry `{name}`.")
        return value.get(name)
    if isinstance(value, list):
        return [member_of(item, name, scope) for item in value]
    if value is not None and not has_properties(value):
        scope.run.warn(f"`.{name}` was asked of a value that has no members.")
    return property_of(value, name)


def build_filter(node: Filter, build: Build) -> Closure:
    """``base[condition]``: by place if the condition is a number, else those for which it is true."""
    base, condition = build(node.base), build(node.condition)
    weight = size_of(node.condition)
    certain = _is_condition(node.condition)

    def run(scope: Scope) -> Value:
        value = base(scope)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        # the first item also tells whether the condition is a place
        first = condition(item_scope(items[0], scope) if items else scope)
        if isinstance(first, Decimal) and not certain:
            return at_place(items, first)
        if not (first is None or isinstance(first, bool)):
            scope.run.warn("A filter needs a condition or a place.")
            return None
        scope.run.spend(weight * (1 + len(items)) >> 2)
        kept: list[Value] = items[:1] if items and first is True else []
        kept.extend(item for item in items[1:] if condition(item_scope(item, scope)) is True)
        return kept

    return run


def _is_condition(node: Expression) -> bool:
    return isinstance(node, _CONDITIONS)


def item_scope(item: Value, scope: Scope) -> Scope:
    """Where a filter looks at an item: its entries by name, and ``item`` itself."""
    inner = scope.child({"item": item})
    return inner.child(item) if isinstance(item, dict) else inner


def at_place(items: list[Value], place: Decimal) -> Value:
    """The item at a place, from 1 on or, below 0, from the end; null where there is none."""
    if place != place.to_integral_value():
        return None
    index = as_index(place, MAX_LIST * 10)
    if 1 <= index <= len(items):
        return items[index - 1]
    return items[index] if -len(items) <= index < 0 else None

"""Boxed ``for``, ``some``, ``every`` and ``filter``."""

from __future__ import annotations

from decimal import Decimal

from apps.decision_tables.engine.dmn.model import Filter, Iterator, LiteralExpression
from apps.decision_tables.engine.dmn.toolbox import Closure, Names, Toolbox
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.values import Value

_SOURCE = "source"


def compile_iterator(boxed: Iterator, names: Names, tools: Toolbox) -> Closure:
    """Return what evaluates a boxed ``for``, ``some`` or ``every``."""
    source = _items(boxed, names, tools)
    variable = boxed.variable.name
    body = tools.boxed(boxed.body, names | {variable, "partial"})
    partial = not isinstance(boxed.body, LiteralExpression) or "partial" in boxed.body.text
    finish = {"for": _all_of, "some": _some, "every": _every}[boxed.kind]

    def run(scope: Scope) -> Value:
        items = source(scope)
        if not isinstance(items, list):
            return None
        done: list[Value] = []
        for item in items:
            scope.run.spend(len(done) + 1 if partial else 1)
            bound = {variable: item, "partial": list(done)} if partial else {variable: item}
            done.append(body(scope.child(bound)))
        return finish(done)

    return run


def _items(boxed: Iterator, names: Names, tools: Toolbox) -> Closure:
    """What gives the list to go through: FEEL's own ``for`` says what ranges and single values mean."""
    if isinstance(boxed.source, LiteralExpression):
        return tools.text(f"for item in {boxed.source.text} return item", names)
    value = tools.boxed(boxed.source, names)
    each = tools.text(f"for item in {_SOURCE} return item", frozenset())
    return lambda scope: each(scope.child({_SOURCE: value(scope)}))


def _all_of(values: list[Value]) -> Value:
    return values


def _some(values: list[Value]) -> Value:
    return True if _has(values, True) else (False if all(value is False for value in values) else None)


def _every(values: list[Value]) -> Value:
    return False if _has(values, False) else (True if all(value is True for value in values) else None)


def _has(values: list[Value], wanted: bool) -> bool:
    return any(value is wanted for value in values)


def compile_filter(boxed: Filter, names: Names, tools: Toolbox) -> Closure:
    """Return what evaluates a boxed filter: a place in the list where ``match`` is a number, else what matches."""
    source = tools.boxed(boxed.source, names)
    match = tools.boxed(boxed.match, names | {"item"})

    def run(scope: Scope) -> Value:
        value = source(scope)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        kept: list[Value] = []
        for item in items:
            scope.run.spend(1)
            found = match(scope.child(_seen(item)))
            if isinstance(found, Decimal):
                return _at(items, found)
            if found is True:
                kept.append(item)
            elif found is not None and found is not False:
                return None
        return kept

    return run


def _seen(item: Value) -> dict[str, Value]:
    return {**item, "item": item} if isinstance(item, dict) else {"item": item}


def _at(items: list[Value], place: Decimal) -> Value:
    if place != place.to_integral_value() or not 1 <= abs(place) <= len(items):
        return None
    index = int(place)
    return items[index - 1] if index > 0 else items[index]

"""``for``, ``some`` and ``every``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias

from apps.decision_tables.engine.feel.comparing import compare
from apps.decision_tables.engine.feel.evaluation.closures import Build, Closure
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.limits import MAX_LIST, FeelLimit
from apps.decision_tables.engine.feel.syntax.nodes import For, Iteration, Name, Quantified, size_of, walk
from apps.decision_tables.engine.feel.temporal import Date, date_of_days
from apps.decision_tables.engine.feel.values import Range, Value

_Source: TypeAlias = Callable[[Scope], Iterable[Value] | None]


def build_for(node: For, build: Build) -> Closure:
    """The list of what the body says in each round; null where there is nothing to go through."""
    rounds = _rounds(node.iterations, build)
    body, weight = build(node.body), size_of(node.body)
    looks_back = any(part == Name("partial") for part in walk(node.body))

    def run(scope: Scope) -> Value:
        made: list[Value] = []
        for inner in rounds(scope):
            if inner is None:
                return None
            inner.run.spend(1 + (weight >> 2))
            if looks_back:
                inner.run.spend(len(made) >> 3)
                inner = inner.child({"partial": list(made)})
            made.append(body(inner))
            if len(made) > MAX_LIST:
                raise FeelLimit(f"The expression makes a list of more than {MAX_LIST:,} entries.")
        return made

    return run


def build_quantified(node: Quantified, build: Build) -> Closure:
    """``some``: true if it holds once; ``every``: false if it once doesn't; null if that can't be told."""
    rounds = _rounds(node.iterations, build)
    condition, weight, decides = build(node.condition), size_of(node.condition), not node.every

    def run(scope: Scope) -> Value:
        result: bool | None = not decides
        for inner in rounds(scope):
            if inner is None:
                return None
            inner.run.spend(1 + (weight >> 2))
            held = condition(inner)
            if held is decides:
                return decides
            if not isinstance(held, bool):
                result = None
        return result

    return run


def _rounds(iterations: tuple[Iteration, ...], build: Build) -> Callable[[Scope], Iterator[Scope | None]]:
    """One scope a round, the last iteration turning fastest; ``None`` where a source is nothing to go through."""
    sources = [(iteration.name, _source(iteration, build)) for iteration in iterations]

    def turn(scope: Scope, place: int) -> Iterator[Scope | None]:
        name, source = sources[place]
        items = source(scope)
        if items is None:
            scope.run.warn("`in` needs a list or a range to go through.")
            yield None
        for item in items or ():
            scope.run.spend(1)
            inner = scope.child({name: item})
            if place + 1 == len(sources):
                yield inner
            else:
                yield from turn(inner, place + 1)

    return lambda scope: turn(scope, 0)


def _source(iteration: Iteration, build: Build) -> _Source:
    source = build(iteration.source)
    if iteration.end is None:
        return lambda scope: items_of(source(scope))
    end = build(iteration.end)
    return lambda scope: between(source(scope), end(scope))


def items_of(value: Value) -> Iterable[Value] | None:
    """What a value has to go through: a list's items, a range's whole numbers or days, or itself alone."""
    if isinstance(value, Range):
        return _items_of_range(value)
    if value is None:
        return None
    return value if isinstance(value, list) else [value]


def _items_of_range(found: Range) -> Iterable[Value] | None:
    order = compare(found.low, found.high)
    inside = between(found.low, found.high) if order is not None and order <= 0 else None
    if inside is None:
        return None
    first, last = found.low, found.high
    return (item for item in inside if (found.low_included or item != first) and (found.high_included or item != last))


def between(start: Value, end: Value) -> Iterable[Value] | None:
    """Whole numbers, or days, from the one to the other, upward or downward."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        whole = start == start.to_integral_value() and end == end.to_integral_value()
        return (Decimal(number) for number in _counted(int(start), int(end))) if whole else None
    if isinstance(start, Date) and isinstance(end, Date):
        return (date_of_days(days) for days in _counted(start.days, end.days))
    return None


def _counted(start: int, end: int) -> Iterable[int]:
    return range(start, end + 1) if start <= end else range(start, end - 1, -1)

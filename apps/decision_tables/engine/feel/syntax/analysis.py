"""What an expression asks its surroundings for."""

from __future__ import annotations

from collections.abc import Iterable

from apps.decision_tables.engine.feel.syntax.nodes import (
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    Iteration,
    Name,
    Node,
    Quantified,
    children,
)


def free_names(node: Node, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names that an expression uses and doesn't define itself, with those of functions and with ``?``.

    A name inside a filter may also mean an entry of the filtered items.
    """
    match node:
        case Name(name):
            return frozenset() if name in bound else frozenset({name})
        case ContextLiteral(entries):
            keys = [entry.key for entry in entries]
            return _union(free_names(entry.value, bound.union(keys[: i + 1])) for i, entry in enumerate(entries))
        case FunctionLiteral(parameters, body, external):
            names = bound.union(parameter.name for parameter in parameters)
            return frozenset() if external else free_names(body, names)
        case For(iterations, body):
            return _through(iterations, body, bound, "partial")
        case Quantified(_, iterations, condition):
            return _through(iterations, condition, bound)
        case Filter(base, condition):
            return free_names(base, bound) | free_names(condition, bound | {"item"})
    return _union(free_names(part, bound) for part in children(node))


def _union(found: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*found)


def _through(iterations: Iterable[Iteration], body: Node, bound: frozenset[str], *names: str) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for iteration in iterations:
        found |= _union(free_names(part, bound) for part in children(iteration))
        bound |= {iteration.name}
    return found | free_names(body, bound.union(names))

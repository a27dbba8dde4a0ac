"""What an expression asks its surroundings for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TypeAlias

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

Free: TypeAlias = Callable[[Node, frozenset[str]], frozenset[str]]


def free_names(node: Node, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names that an expression uses and doesn't define itself, with those of functions and with ``?``.

    A name inside a filter may also mean an entry of the filtered items.
    """
    return _free(node, bound, in_filters=True)


def unknown_names(node: Node, known: Collection[str]) -> frozenset[str]:
    """The names that mean nothing where only the known ones do; inside of a filter any name may mean an entry."""
    return _free(node, frozenset(), in_filters=False).difference(known)


def _free(node: Node, bound: frozenset[str], *, in_filters: bool) -> frozenset[str]:
    free = partial(_free, in_filters=in_filters)
    match node:
        case Name(name):
            return frozenset() if name in bound else frozenset({name})
        case ContextLiteral(entries):
            keys = [entry.key for entry in entries]
            return _union(free(entry.value, bound.union(keys[: i + 1])) for i, entry in enumerate(entries))
        case FunctionLiteral(parameters, body, external):
            names = bound.union(parameter.name for parameter in parameters)
            return frozenset() if external else free(body, names)
        case For(iterations, body):
            return _through(free, iterations, body, bound, "partial")
        case Quantified(_, iterations, condition):
            return _through(free, iterations, condition, bound)
        case Filter(base, condition):
            inner = free(condition, bound | {"item"}) if in_filters else frozenset[str]()
            return free(base, bound) | inner
    return _union(free(part, bound) for part in children(node))


def _union(found: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*found)


def _through(
    free: Free, iterations: Iterable[Iteration], body: Node, bound: frozenset[str], *names: str
) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for iteration in iterations:
        found |= _union(free(part, bound) for part in children(iteration))
        bound |= {iteration.name}
    return found | free(body, bound.union(names))

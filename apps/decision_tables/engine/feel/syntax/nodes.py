"""The syntax tree of FEEL: frozen values, compared by what they say.

Operators of one rank stand side by side in one node (``1 + 2 - 3`` is one ``Arithmetic``), so that long chains
stay shallow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from apps.decision_tables.engine.feel.types import FeelType


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of a tree."""


@dataclass(frozen=True, slots=True)
class Expression(Node):
    """A part that has a value."""


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """``null``, ``true``, ``12.5`` or ``"text"``."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class AtLiteral(Expression):
    """``@"2026-01-01"``: a date, a time, both or a duration in ISO text."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A name that is looked up when the expression runs; ``?`` is the value under test."""

    name: str


@dataclass(frozen=True, slots=True)
class ListLiteral(Expression):
    """``[a, b]``."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ContextEntry(Node):
    """``key: value`` of a context."""

    key: str
    value: Expression


@dataclass(frozen=True, slots=True)
class ContextLiteral(Expression):
    """``{key: value, …}``; later entries see the former ones."""

    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class Interval(Expression):
    """``[low..high]``, with either end in or out."""

    low: Expression
    low_included: bool
    high: Expression
    high_included: bool


@dataclass(frozen=True, slots=True)
class Comparator(Expression):
    """``< 5``: a test of ``?`` in unary tests, an open range as a value."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Path(Expression):
    """``base.member``."""

    base: Expression
    member: str


@dataclass(frozen=True, slots=True)
class Filter(Expression):
    """``base[condition]``: a place in a list, or those that satisfy a condition."""

    base: Expression
    condition: Expression


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """``function(a, b)``."""

    function: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class NamedArgument(Node):
    """``name: value`` of a call."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class NamedCall(Expression):
    """``function(a: 1, b: 2)``."""

    function: Expression
    arguments: tuple[NamedArgument, ...]


@dataclass(frozen=True, slots=True)
class Negation(Expression):
    """``-operand``."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Operation(Node):
    """An operator with what stands to its right."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(Expression):
    """Operators of one rank, from left to right: ``+ -``, ``* /`` or ``**``."""

    first: Expression
    rest: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """``left < right`` and its kin."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Between(Expression):
    """``value between low and high``."""

    value: Expression
    low: Expression
    high: Expression


@dataclass(frozen=True, slots=True)
class In(Expression):
    """``value in test`` or ``value in (test, test)``."""

    value: Expression
    tests: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Expression):
    """``value instance of type``."""

    value: Expression
    type: FeelType


@dataclass(frozen=True, slots=True)
class And(Expression):
    """Three-valued ``and``."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Expression):
    """Three-valued ``or``."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class If(Expression):
    """``if condition then yes else no``."""

    condition: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """``name in source``, or ``name in source..end``."""

    name: str
    source: Expression
    end: Expression | None = None


@dataclass(frozen=True, slots=True)
class For(Expression):
    """``for … in …, … return body``."""

    iterations: tuple[Iteration, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Quantified(Expression):
    """``some … satisfies condition`` (or ``every``)."""

    every: bool
    iterations: tuple[Iteration, ...]
    condition: Expression


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A parameter of a function, with its type where one is given."""

    name: str
    type: FeelType | None = None


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Expression):
    """``function(a: number) body``; an external one is refused when it is called."""

    parameters: tuple[Parameter, ...]
    body: Expression
    external: bool = False


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """A cell: alternatives, all of them negated by ``not(…)``; without any (``-``) it holds for everything."""

    tests: tuple[Expression, ...]
    negated: bool = False


def children(node: Node) -> Iterator[Node]:
    """The parts that a node is directly made of."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Node))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(children(found))


def size_of(node: Node) -> int:
    """How many parts a tree has: what one round through it costs."""
    return sum(1 for _part in walk(node))


def depth_of(node: Node) -> int:
    """How many levels a tree has, with any length of chain looked at without recursion."""
    depth, level = 0, [node]
    while level:
        depth += 1
        level = [below for above in level for below in children(above)]
    return depth

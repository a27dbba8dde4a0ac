"""The syntax tree. Chains of operators and of members are one node with a list, so that long ones do not nest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, text, boolean or null."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name:
    """A root name or a variable of an arrow."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in round brackets: they end an optional chain and hide what is inside from the operators."""

    node: Node


@dataclass(frozen=True, slots=True)
class Spread:
    """``...node`` in a list, an object or arguments."""

    node: Node


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """``[a, , ...b]``; a hole is undefined."""

    entries: list[Node | Spread]


@dataclass(frozen=True, slots=True)
class ObjectLiteral:
    """``{a: 1, b, [c]: 2, ...d}``: keys and values; a spread has no key."""

    members: list[tuple[Node | None, Node]]


@dataclass(frozen=True, slots=True)
class TemplateLiteral:
    """A text with blocks between its parts."""

    texts: list[str]
    blocks: list[Node]


@dataclass(frozen=True, slots=True)
class Unary:
    """Signs before a value, the outermost first."""

    signs: list[str]
    operand: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """Operators of one level, from left to right."""

    first: Node
    rest: list[tuple[str, Node]]


@dataclass(frozen=True, slots=True)
class Logic:
    """``&&``, ``||`` or ``??``, one kind at a time."""

    sign: str
    operands: list[Node]


@dataclass(frozen=True, slots=True)
class Conditional:
    """``a ? b : c ? d : e``: conditions with their values, then what is left."""

    cases: list[tuple[Node, Node]]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an argument of an arrow is bound to: a name or a pattern, with a default."""

    target: Target
    default: Node | None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that is bound."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class ListPattern:
    """``[a, , b = 1, ...c]``; None is a hole."""

    entries: list[Parameter | None]


@dataclass(frozen=True, slots=True)
class ObjectPattern:
    """``{a, b: c, d = 1, ...e}``: names of members and what they are bound to."""

    members: list[tuple[Node | None, Parameter]]


@dataclass(frozen=True, slots=True)
class Arrow:
    """``(a, b) => body``."""

    parameters: list[Parameter]
    declarations: list[tuple[Parameter, Node]]
    body: Node


@dataclass(frozen=True, slots=True)
class New:
    """``new Date(…)`` and the few others that tier 1 knows."""

    name: str
    arguments: list[Node | Spread]
    at: int


@dataclass(frozen=True, slots=True)
class Member:
    """``.name`` or ``[key]``, with ``?.`` before it when it is optional."""

    key: Node
    optional: bool
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """``(…)``, with ``?.`` before it when it is optional."""

    arguments: list[Node | Spread]
    optional: bool
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A value and the steps that follow it."""

    head: Node
    steps: list[Member | Call]


Node = (
    Constant | Name | Group | ListLiteral | ObjectLiteral | TemplateLiteral | Unary | Operation | Logic | Conditional
    | Arrow | New | Chain
)  # fmt: skip
Target = Variable | ListPattern | ObjectPattern

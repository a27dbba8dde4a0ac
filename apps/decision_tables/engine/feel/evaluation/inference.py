"""The type of an expression as far as its text tells: what a function that an expression defines gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from apps.decision_tables.engine.feel.syntax import nodes
from apps.decision_tables.engine.feel.type_tree import (
    ANY,
    BOOLEAN,
    NULL,
    NUMBER,
    STRING,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
)

Names = Mapping[str, FeelType]
UNKNOWN = NULL
"""What can't be told fits everywhere, as null does."""
_TRUTHS = (nodes.And, nodes.Or, nodes.Comparison, nodes.Between, nodes.In, nodes.InstanceOf, nodes.Quantified)
_LITERALS: Mapping[type, FeelType] = {Decimal: NUMBER, str: STRING, bool: BOOLEAN}


def static_type(node: nodes.Expression, names: Names) -> FeelType:
    """The type; ``UNKNOWN`` where only running the expression would tell it."""
    match node:
        case nodes.Literal(value):
            return _LITERALS.get(type(value), UNKNOWN)
        case nodes.Name(name):
            return names.get(name, UNKNOWN)
        case nodes.Arithmetic(first, rest):
            return _common(static_type(part, names) for part in (first, *(one.operand for one in rest)))
        case nodes.Negation(operand):
            return static_type(operand, names)
        case nodes.If(_, yes, no):
            return _common([static_type(yes, names), static_type(no, names)])
        case nodes.FunctionLiteral(parameters, body):
            return function_type(parameters, body, names)
    return BOOLEAN if isinstance(node, _TRUTHS) else _of_container(node, names)


def _of_container(node: nodes.Expression, names: Names) -> FeelType:
    match node:
        case nodes.ListLiteral(items):
            return ListType(_common(static_type(item, names) for item in items))
        case nodes.ContextLiteral(entries):
            return ContextType(tuple((entry.key, static_type(entry.value, names)) for entry in entries))
        case nodes.Interval(low, _, high, _):
            return RangeType(_common([static_type(low, names), static_type(high, names)]))
        case nodes.For(_, body):
            return ListType(static_type(body, {}))
    return UNKNOWN


def function_type(parameters: Iterable[nodes.Parameter], body: nodes.Expression, names: Names) -> FunctionType:
    """The type of a function; a parameter takes anything unless its type is given."""
    types = {parameter.name: parameter.type for parameter in parameters}
    inside = {**names, **{name: type_ or UNKNOWN for name, type_ in types.items()}}
    return FunctionType(tuple(type_ or ANY for type_ in types.values()), static_type(body, inside))


def _common(types: Iterable[FeelType]) -> FeelType:
    """The one type of all; unknown if there are several."""
    found = set(types)
    return found.pop() if len(found) == 1 else UNKNOWN

"""Syntax trees back into text that means the same tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from apps.decision_tables.engine.feel.decimals import number_text
from apps.decision_tables.engine.feel.syntax import nodes
from apps.decision_tables.engine.feel.syntax.lexer import Kind, tokenize
from apps.decision_tables.engine.feel.syntax.names import BUILT_IN, KEYWORDS, name_key
from apps.decision_tables.engine.feel.type_tree import type_text

_WHOLE, _OR, _AND, _COMPARISON, _ADDITIVE, _MULTIPLICATIVE, _POWER, _SIGN, _POSTFIX, _PRIMARY = range(10)
_RANKS: dict[type[nodes.Expression], int] = {
    nodes.If: _WHOLE,
    nodes.For: _WHOLE,
    nodes.Quantified: _WHOLE,
    nodes.FunctionLiteral: _WHOLE,
    nodes.Comparator: _WHOLE,
    nodes.Or: _OR,
    nodes.And: _AND,
    nodes.Comparison: _COMPARISON,
    nodes.Between: _COMPARISON,
    nodes.In: _COMPARISON,
    nodes.InstanceOf: _COMPARISON,
    nodes.Negation: _SIGN,
    nodes.Path: _POSTFIX,
    nodes.Filter: _POSTFIX,
    nodes.Call: _POSTFIX,
    nodes.NamedCall: _POSTFIX,
}
_OPERATORS = {
    "+": _ADDITIVE, "-": _ADDITIVE, "*": _MULTIPLICATIVE, "/": _MULTIPLICATIVE, "**": _POWER,
}  # fmt: skip
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_ENDS_OF_NAMES = tuple(name.partition(" and ")[2] for name in BUILT_IN)
_LONGEST_PLAIN = 40


def expression_text(node: nodes.Expression) -> str:
    """The expression as text."""
    return _PRINTERS[type(node)](node)


def unary_tests_text(node: nodes.UnaryTests) -> str:
    """The cell as text."""
    if not node.tests:
        return "-"
    text = _listed(node.tests)
    if node.negated:
        return f"not({text})"
    return f"({text})" if len(node.tests) == 1 and text.startswith("not(") else text


def string_text(value: str) -> str:
    """A text in quotes, with what must be escaped."""
    return f'"{value.translate(_ESCAPES)}"'


def _rank(node: nodes.Expression) -> int:
    if isinstance(node, nodes.Arithmetic):
        return _OPERATORS[node.rest[0].operator]
    return _RANKS.get(type(node), _PRIMARY)


def _at(rank: int, node: nodes.Expression) -> str:
    """The text, in brackets where it would bind less than its place asks for."""
    text = expression_text(node)
    return text if _rank(node) >= rank else f"({text})"


def _listed(found: Iterable[nodes.Expression]) -> str:
    return ", ".join(map(expression_text, found))


def _literal(node: nodes.Literal) -> str:
    value = node.value
    if isinstance(value, str):
        return string_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return number_text(value) if abs(value.adjusted()) < _LONGEST_PLAIN else str(value)


def _key(name: str) -> str:
    tokens = tokenize(name)[:-1] if name_key(name) else []
    plain = bool(tokens) and all(token.kind is Kind.WORD and token.text not in KEYWORDS for token in tokens)
    return name if plain and " ".join(token.text for token in tokens) == name else string_text(name)


def _context(node: nodes.ContextLiteral) -> str:
    inside = ", ".join(f"{_key(entry.key)}: {expression_text(entry.value)}" for entry in node.entries)
    return f"{{{inside}}}"


def _interval(node: nodes.Interval) -> str:
    opened, closed = "[" if node.low_included else "(", "]" if node.high_included else ")"
    return f"{opened}{_at(_OR, node.low)}..{_at(_ADDITIVE, node.high)}{closed}"


def _arithmetic(node: nodes.Arithmetic) -> str:
    rank = _rank(node)
    rest = "".join(f" {part.operator} {_at(rank + 1, part.operand)}" for part in node.rest)
    return _at(rank + 1, node.first) + rest


def _compared(node: nodes.Expression) -> str:
    """What stands to the left of a comparison; a type there could take the operator for its own."""
    return _at(_ADDITIVE if isinstance(node, nodes.InstanceOf) else _COMPARISON, node)


def _comparison(node: nodes.Comparison) -> str:
    return f"{_compared(node.left)} {node.operator} {_at(_ADDITIVE, node.right)}"


def _and(node: nodes.And) -> str:
    return " and ".join(_apart(_at(_COMPARISON, one)) for one in node.operands)


def _apart(text: str) -> str:
    """The text, in brackets where it would be read as the end of a name such as ``date and time``."""
    return f"({text})" if text.startswith(_ENDS_OF_NAMES) else text


def _between(node: nodes.Between) -> str:
    return f"{_compared(node.value)} between {_at(_ADDITIVE, node.low)} and {_at(_ADDITIVE, node.high)}"


def _in(node: nodes.In) -> str:
    if len(node.tests) > 1:
        return f"{_compared(node.value)} in ({_listed(node.tests)})"
    return f"{_compared(node.value)} in {_at(_ADDITIVE, node.tests[0])}"


def _named_call(node: nodes.NamedCall) -> str:
    inside = ", ".join(f"{argument.name}: {expression_text(argument.value)}" for argument in node.arguments)
    return f"{_at(_POSTFIX, node.function)}({inside})"


def _iterations(found: tuple[nodes.Iteration, ...]) -> str:
    return ", ".join(
        f"{one.name} in {_at(_OR, one.source)}" + (f"..{_at(_OR, one.end)}" if one.end is not None else "")
        for one in found
    )


def _quantified(node: nodes.Quantified) -> str:
    word = "every" if node.every else "some"
    return f"{word} {_iterations(node.iterations)} satisfies {expression_text(node.condition)}"


def _if(node: nodes.If) -> str:
    condition, yes, no = map(expression_text, (node.condition, node.yes, node.no))
    return f"if {condition} then {yes} else {no}"


def _function(node: nodes.FunctionLiteral) -> str:
    parameters = ", ".join(
        one.name if one.type is None else f"{one.name}: {type_text(one.type)}" for one in node.parameters
    )
    return f"function({parameters}) {'external ' if node.external else ''}{expression_text(node.body)}"


_PRINTERS: dict[type[nodes.Expression], Callable[[Any], str]] = {
    nodes.Literal: _literal,
    nodes.AtLiteral: lambda node: f"@{string_text(node.text)}",
    nodes.Name: lambda node: node.name,
    nodes.ListLiteral: lambda node: f"[{_listed(node.items)}]",
    nodes.ContextLiteral: _context,
    nodes.Interval: _interval,
    nodes.Comparator: lambda node: f"{node.operator} {_at(_ADDITIVE, node.operand)}",
    nodes.Path: lambda node: f"{_at(_POSTFIX, node.base)}.{node.member}",
    nodes.Filter: lambda node: f"{_at(_POSTFIX, node.base)}[{expression_text(node.condition)}]",
    nodes.Call: lambda node: f"{_at(_POSTFIX, node.function)}({_listed(node.arguments)})",
    nodes.NamedCall: _named_call,
    nodes.FunctionLiteral: _function,
    nodes.Negation: lambda node: f"-{_at(_SIGN, node.operand)}",
    nodes.Arithmetic: _arithmetic,
    nodes.Comparison: _comparison,
    nodes.Between: _between,
    nodes.In: _in,
    nodes.InstanceOf: lambda node: f"{_compared(node.value)} instance of {type_text(node.type)}",
    nodes.And: _and,
    nodes.Or: lambda node: " or ".join(_at(_AND, one) for one in node.operands),
    nodes.If: _if,
    nodes.For: lambda node: f"for {_iterations(node.iterations)} return {expression_text(node.body)}",
    nodes.Quantified: _quantified,
}

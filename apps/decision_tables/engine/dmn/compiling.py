"""Boxed expressions made into something that runs, each kind by its own function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apps.decision_tables.engine.dmn.functions import compile_function
from apps.decision_tables.engine.dmn.iterating import compile_filter, compile_iterator
from apps.decision_tables.engine.dmn.model import (
    Conditional,
    ContextEntry,
    ContextExpression,
    DecisionTableExpression,
    Expression,
    Filter,
    FunctionDefinition,
    Invocation,
    Iterator,
    ListExpression,
    LiteralExpression,
    Relation,
)
from apps.decision_tables.engine.dmn.tables import compile_table
from apps.decision_tables.engine.dmn.toolbox import Closure, Names, Toolbox, nothing
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.values import FeelFunction, Value


def compile_boxed(expression: Expression | None, names: Names, tools: Toolbox) -> Closure:
    """Return what evaluates a boxed expression; null where there is none."""
    if expression is None:
        return nothing
    return _COMPILERS[type(expression)](expression, names, tools)


def _literal(literal: LiteralExpression, names: Names, tools: Toolbox) -> Closure:
    return tools.text(literal.text, names) if literal.feel else nothing


def _context(context: ContextExpression, names: Names, tools: Toolbox) -> Closure:
    parts: list[tuple[str, str, Closure]] = []
    for entry in context.entries:
        name, type_ref = (entry.variable.name, entry.variable.type_ref) if entry.variable else ("", "")
        if isinstance(entry.expression, FunctionDefinition):
            type_ref = ""  # some tools write the type of the result here
        parts.append((name, type_ref, _entry(entry, names, tools)))
        names = names | {name} if name else names

    def run(scope: Scope) -> Value:
        entries: dict[str, Value] = {}
        inner = scope.child(entries)
        for name, type_ref, value in parts:
            if not name:
                return value(inner)
            entries[name] = tools.types.accept(value(inner), type_ref, inner)
        return entries

    return run


def _entry(entry: ContextEntry, names: Names, tools: Toolbox) -> Closure:
    own = {entry.variable.name} if entry.variable and isinstance(entry.expression, FunctionDefinition) else set()
    return tools.boxed(entry.expression, names | own)


def _invocation(invocation: Invocation, names: Names, tools: Toolbox) -> Closure:
    called = tools.boxed(invocation.function, names)
    bindings = [(binding.parameter, tools.boxed(binding.expression, names)) for binding in invocation.bindings]

    def run(scope: Scope) -> Value:
        function = called(scope)
        if not isinstance(function, FeelFunction):
            scope.run.warn("What the invocation names is not a function.")
            return None
        value = function.call_named({name: argument(scope) for name, argument in bindings})
        scope.run.charge(value)
        return value

    return run


def _relation(relation: Relation, names: Names, tools: Toolbox) -> Closure:
    columns = relation.columns
    rows = [[tools.boxed(cell, names) for cell in row] for row in relation.rows]

    def run(scope: Scope) -> Value:
        return [
            {
                column.name: tools.types.accept(cell(scope), column.type_ref, scope)
                for column, cell in zip(columns, row, strict=False)
            }
            for row in rows
        ]

    return run


def _list(boxed: ListExpression, names: Names, tools: Toolbox) -> Closure:
    items = [tools.boxed(item, names) for item in boxed.items]
    return lambda scope: [item(scope) for item in items]


def _conditional(boxed: Conditional, names: Names, tools: Toolbox) -> Closure:
    condition = tools.boxed(boxed.condition, names)
    then, otherwise = tools.boxed(boxed.then, names), tools.boxed(boxed.otherwise, names)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


_COMPILERS: Mapping[type[Expression], Callable[[Any, Names, Toolbox], Closure]] = {
    LiteralExpression: _literal,
    DecisionTableExpression: compile_table,
    ContextExpression: _context,
    Invocation: _invocation,
    FunctionDefinition: compile_function,
    Relation: _relation,
    ListExpression: _list,
    Conditional: _conditional,
    Iterator: compile_iterator,
    Filter: compile_filter,
}

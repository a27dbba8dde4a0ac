"""FEEL inside of tables: the names that its expressions see, and what becomes of their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.decision_tables.engine.coercion import Domain, WrongType, domain_of, feel_value, plain_json
from apps.decision_tables.engine.columns import MAX_DEPTH
from apps.decision_tables.engine.faults import article, expression_failed, invalid_input, shown, too_many_steps
from apps.decision_tables.engine.feel.evaluation.compiler import compile_expression, compile_unary_tests
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.evaluation.testing import INPUT
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.syntax.nodes import Expression, Literal, UnaryTests
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.table import FeelOutput, OutputColumn
from exprsn.kernel.jsonvalue import is_deeper_than

Test = Callable[[Value, Scope], bool]


def compiled_column(name: str, expression: Expression, domain: Domain) -> Callable[[Scope], Value]:
    """The typed value of a column's expression. Raises ``EvaluationError`` where it gives another type."""
    place = f"the column {name!r}"
    run = compile_expression(expression)

    def evaluate(scope: Scope) -> Value:
        try:
            value = _bounded(run(scope), scope)
        except FeelLimit:
            raise too_many_steps(place) from None
        try:
            typed = domain.accept(value)
            if typed is not None:
                domain.key(typed)
        except WrongType:
            raise invalid_input([(name, domain.type, _said(value))]) from None
        return typed

    return evaluate


def compiled_test(column: str, tests: UnaryTests) -> Test:
    """Whether a cell holds for a value. Null meets only a test that names it, or says ``true`` of it."""
    run = compile_unary_tests(tests)
    of_null = _test_of_null(tests)
    place = f"the column {column!r}"

    def test(value: Value, scope: Scope) -> bool:
        try:
            return of_null(scope) if value is None else run(feel_value(value), scope) is True
        except FeelLimit:
            raise too_many_steps(place) from None

    return test


def _test_of_null(tests: UnaryTests) -> Callable[[Scope], bool]:
    if tests.negated:
        return lambda scope: False
    names_null = any(isinstance(test, Literal) and test.value is None for test in tests.tests)
    runs = [compile_expression(test) for test in tests.tests]
    return lambda scope: names_null or any(run(scope.child({INPUT: None})) is True for run in runs)


def compiled_output(rule: str, column: OutputColumn, output: FeelOutput) -> Callable[[Scope], Any]:
    """The JSON value of an output that is worked out."""
    place = f"the output {column.name!r} of rule {rule}"
    run = compile_expression(output.parsed)
    accept = domain_of(column.type).accept

    def evaluate(scope: Scope) -> Any:
        value: Value = None
        try:
            value = _bounded(run(scope), scope)
            return plain_json(accept(value))
        except FeelLimit:
            raise too_many_steps(place) from None
        except WrongType:
            reason = f"it gives {shown(_said(value))}, and must give {article(column.type)}."
            raise expression_failed(place, output.text, reason) from None

    return evaluate


def _bounded(value: Value, scope: Scope) -> Value:
    """The value, if working through it does not take too long: a list may hold the same one many times over."""
    scope.run.charge(value)
    if is_deeper_than(value, MAX_DEPTH):
        raise FeelLimit(f"The value is nested more than {MAX_DEPTH} levels deep.")
    return value


def _said(value: Value) -> Any:
    """A value of the wrong type as it is told of."""
    return f"({type(value).__name__})" if isinstance(value, list | dict) else plain_json(value)

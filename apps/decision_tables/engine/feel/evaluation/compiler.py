"""Syntax trees into closures, once; the closures then run without looking at the tree again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.decision_tables.engine.feel.evaluation import (
    calling,
    containers,
    iterating,
    operators,
    selecting,
    testing,
)
from apps.decision_tables.engine.feel.evaluation.closures import Build, Closure, Constant, Test
from apps.decision_tables.engine.feel.evaluation.scope import Run, Scope
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.syntax import nodes
from apps.decision_tables.engine.feel.values import Value

_BUILDERS: dict[type[nodes.Expression], Callable[[Any, Build], Closure]] = {
    nodes.Literal: containers.build_literal,
    nodes.AtLiteral: containers.build_at_literal,
    nodes.Name: containers.build_name,
    nodes.ListLiteral: containers.build_list,
    nodes.ContextLiteral: containers.build_context,
    nodes.Interval: containers.build_interval,
    nodes.Comparator: containers.build_comparator,
    nodes.Path: selecting.build_path,
    nodes.Filter: selecting.build_filter,
    nodes.Call: calling.build_call,
    nodes.NamedCall: calling.build_named_call,
    nodes.FunctionLiteral: calling.build_function,
    nodes.Negation: operators.build_negation,
    nodes.Arithmetic: operators.build_arithmetic,
    nodes.Comparison: operators.build_comparison,
    nodes.Between: operators.build_between,
    nodes.InstanceOf: operators.build_instance_of,
    nodes.And: operators.build_and,
    nodes.Or: operators.build_or,
    nodes.If: operators.build_if,
    nodes.In: testing.build_in,
    nodes.For: iterating.build_for,
    nodes.Quantified: iterating.build_quantified,
}
_FOLDED = (
    nodes.ListLiteral,
    nodes.Interval,
    nodes.Comparator,
    nodes.Negation,
    nodes.Arithmetic,
    nodes.Comparison,
    nodes.Between,
    nodes.And,
    nodes.Or,
    nodes.If,
)
_FOLDING_STEPS = 100
_LARGE = (list, dict, str)


def compile_expression(node: nodes.Expression) -> Closure:
    """The expression as a function of a scope. It raises nothing but ``FeelLimit``.

    The value is paid for too, so that whoever writes it out has bounded work, however often a part is in it.
    """
    try:
        closure = _Compiler().build(node)
    except RecursionError:
        raise too_deep() from None

    def run(scope: Scope) -> Value:
        try:
            value = closure(scope)
        except RecursionError:
            raise too_deep() from None
        if type(value) in _LARGE:
            scope.run.charge(value)
        return value

    return run


def compile_unary_tests(node: nodes.UnaryTests) -> Test:
    """The cell as a function of a value and a scope. It raises nothing but ``FeelLimit``."""
    try:
        test = testing.build_unary_tests(node, _Compiler().build)
    except RecursionError:
        raise too_deep() from None

    def run(value: Value, scope: Scope) -> bool | None:
        try:
            return test(value, scope)
        except RecursionError:
            raise too_deep() from None

    return run


def too_deep() -> FeelLimit:
    """The refusal of values or calls that are nested too deeply."""
    return FeelLimit("The expression goes too deep: its functions call each other, or its lists are nested, too often.")


class _Compiler:
    """Builds closures; what is made of constants alone is worked out at once."""

    def __init__(self) -> None:
        self._constant = True

    def build(self, node: nodes.Expression) -> Closure:
        outside, self._constant = self._constant, True
        closure = _BUILDERS[type(node)](node, self.build)
        if self._constant and isinstance(node, _FOLDED):
            closure = _folded(closure)
        self._constant = outside and isinstance(closure, Constant)
        return closure


def _folded(closure: Closure) -> Closure:
    """The constant that a closure makes, unless making it warns of something or costs too much."""
    scope = Scope({}, run=Run(steps=_FOLDING_STEPS))
    try:
        value = closure(scope)
    except (FeelLimit, RecursionError):
        return closure
    return closure if scope.warnings else Constant(value)

"""What the compilers of boxed expressions share: types, names, and FEEL texts made into something that runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from apps.decision_tables.engine.dmn.model import Expression
from apps.decision_tables.engine.dmn.types import ModelTypes, Tests
from apps.decision_tables.engine.feel.evaluation.compiler import compile_expression, compile_unary_tests
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel.values import Value

Closure: TypeAlias = Callable[[Scope], Value]
Names: TypeAlias = frozenset[str]
Boxed: TypeAlias = "Callable[[Expression | None, Names, Toolbox], Closure]"

ANYTHING = frozenset({"", "-"})


class Toolbox:
    """Compiles texts and boxed expressions of one model."""

    def __init__(self, types: ModelTypes, members: Names, boxed: Boxed) -> None:
        self.types = types
        self._members = members
        self._boxed = boxed

    def boxed(self, expression: Expression | None, names: Names) -> Closure:
        """Return what evaluates a boxed expression in which the names are known."""
        return self._boxed(expression, names, self)

    def text(self, text: str, names: Names) -> Closure:
        """Return what evaluates a FEEL expression; null for ever where the text is none."""
        if not text:
            return nothing
        try:
            return compile_expression(parse_expression(text, names | self._members))
        except FeelSyntaxError as error:
            return _broken(text, error)

    def tests(self, text: str, names: Names) -> Tests:
        """Return what tells whether a value passes unary tests; never, where the text is none."""
        if text in ANYTHING:
            return anything
        try:
            return compile_unary_tests(parse_unary_tests(text, names | self._members))
        except FeelSyntaxError as error:
            broken = _broken(text, error)
            return lambda _value, scope: broken(scope) is True


def nothing(_scope: Scope) -> Value:
    """The value of what is not there."""
    return None


def anything(_value: Value, _scope: Scope) -> bool | None:
    """The test that every value passes."""
    return True


def _broken(text: str, error: FeelSyntaxError) -> Closure:
    warning = f"{text[:80]!r} is not FEEL: {error}"

    def warn(scope: Scope) -> Value:
        scope.run.warn(warning)
        return None

    return warn

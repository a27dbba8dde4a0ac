"""What expressions become: functions of a scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.syntax.nodes import Expression
from apps.decision_tables.engine.feel.values import Value

Closure: TypeAlias = Callable[[Scope], Value]
Test: TypeAlias = Callable[[Value, Scope], bool | None]
Build: TypeAlias = Callable[[Expression], Closure]


class Constant:
    """An expression that always has the same value."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    def __call__(self, scope: Scope) -> Value:
        return self.value

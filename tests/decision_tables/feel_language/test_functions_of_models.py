"""Functions that are made outside of a text, such as those of decision models, and scopes within scopes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from apps.decision_tables.engine.feel.evaluation.calling import Lambda, invoke
from apps.decision_tables.engine.feel.evaluation.compiler import compile_expression
from apps.decision_tables.engine.feel.evaluation.scope import Run, Scope
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.syntax.parser import parse_expression
from apps.decision_tables.engine.feel.type_tree import NUMBER, STRING, FeelType
from apps.decision_tables.engine.feel.types import type_text
from apps.decision_tables.engine.feel.values import FeelFunction, Value

TEN = Decimal(10)


def model_function(body: str, scope: Scope, result: FeelType | None = None) -> Lambda:
    names = ["amount", "interest rate"]
    closure = compile_expression(parse_expression(body, names))
    return Lambda(names, closure, scope, types=[NUMBER, None], result=result, weight=5)


def value_of(text: str, names: dict[str, Value]) -> Value:
    return compile_expression(parse_expression(text, names))(Scope(names))


def test_a_function_of_a_model_is_called_by_place_and_by_name() -> None:
    double = model_function("amount * interest rate", Scope({}))
    names: dict[str, Value] = {"yearly cost": double}
    assert value_of("yearly cost(5, 2)", names) == TEN
    assert value_of("yearly cost(interest rate: 2, amount: 5)", names) == TEN
    assert value_of("yearly cost(amount: 5)", names) is None
    assert value_of('yearly cost("5", 2)', names) is None
    assert value_of("yearly cost(5, 2, 1)", names) is None


@pytest.mark.parametrize(
    ("body", "result", "expected"),
    [("amount", NUMBER, TEN), ("amount", STRING, None), ("[amount]", NUMBER, TEN), ("amount", None, TEN)],
)
def test_a_result_is_converted_to_its_type(body: str, result: FeelType | None, expected: Value) -> None:
    assert model_function(body, Scope({}), result).call([TEN, None]) == expected


def test_the_type_of_a_function_of_a_model() -> None:
    assert type_text(model_function("amount", Scope({}), STRING).type) == "function<number, Any> -> string"
    assert type_text(model_function("amount", Scope({})).type) == "function<number, Any> -> Any"


def test_a_function_sees_the_names_of_where_it_was_made() -> None:
    made = model_function("amount + base", Scope({"base": Decimal(1)}))
    assert value_of("f(1, 1)", {"f": made, "base": Decimal(100)}) == Decimal(2)


def test_calls_share_the_steps_of_where_the_function_was_made() -> None:
    scope = Scope({}, run=Run(steps=20))
    made = model_function("amount", scope)
    with pytest.raises(FeelLimit, match="too many steps"):
        for _call in range(20):
            invoke(made, [TEN, None], scope)


def test_a_value_does_not_hide_the_function_of_its_name() -> None:
    scope = Scope({"count": TEN}).child({"sum": Decimal(1)})
    run = compile_expression(parse_expression("count([1, 2]) + sum([3, 4]) + count + sum"))
    assert run(scope) == Decimal(20)


def test_a_function_of_a_text_hides_the_built_in_one() -> None:
    assert value_of("{abs: function(n) n, x: abs(-1)}.x", {}) == Decimal(-1)
    assert value_of('{date: function(text) 1, x: date("2026-01-31")}.x', {}) == Decimal(1)


def test_built_in_functions_are_values() -> None:
    assert isinstance(value_of("string length", {}), FeelFunction)
    assert value_of('(if true then upper case else lower case)("a")', {}) == "A"
    assert value_of("for f in [min, max] return f([1, 2])", {}) == [Decimal(1), Decimal(2)]


def test_scopes_share_one_run() -> None:
    scope = Scope({})
    assert scope.child({}).child({}).run is scope.run
    assert Scope({}).run is not scope.run


def test_a_null_in_front_hides_what_is_behind() -> None:
    scope = Scope({"a": TEN}).child({"a": None})
    assert compile_expression(parse_expression("a"))(scope) is None
    assert scope.warnings == []

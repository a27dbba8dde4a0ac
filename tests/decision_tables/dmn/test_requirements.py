"""Decisions that need others, functions, services, imports."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.dmn.evaluation import evaluate_decision, evaluate_service
from apps.decision_tables.engine.dmn.runs import Run
from apps.decision_tables.engine.feel.limits import FeelLimit
from exprsn.kernel.errors import DomainError
from tests.decision_tables.dmn.samples import decision, function, given, model, read, text, typed


def test_a_decision_sees_what_it_requires_and_nothing_else() -> None:
    inside = given("n") + decision("double n", text("n * 2"), needs=("n",))
    found = model(inside + decision("sum", text("[double n + 1, n]"), needs=("double n",)))
    assert found.decide("sum", typed({"n": 4})) == [typed(9), None]
    assert found.decide("_sum", {}) == [None, None]


def test_a_long_chain_of_decisions() -> None:
    inside = decision("d0", text("0"))
    inside += "".join(decision(f"d{n}", text(f"d{n - 1} + 1"), needs=(f"d{n - 1}",)) for n in range(1, 400))
    assert model(inside).decide("d399", {}) == typed(399)


def test_a_diamond_is_worked_out() -> None:
    inside = decision("a", text("1")) + decision("b", text("a + 1"), needs=("a",))
    inside += decision("c", text("a + b"), needs=("b", "a")) + decision("d", text("b + c"), needs=("b", "c", "nowhere"))
    assert model(inside).decide("d", {}) == typed(5)


def test_a_circle_is_refused_by_name() -> None:
    inside = decision("a", text("b"), needs=("b",)) + decision("b", text("a"), needs=("a",))
    with pytest.raises(DomainError, match="requires itself") as refused:
        model(inside).decide("a", {})
    assert refused.value.code == "requirement_cycle"


def test_an_unknown_decision_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        model("").decide("a", {})
    assert refused.value.code == "decision_not_found"


def test_a_decision_without_logic_is_null() -> None:
    assert model(decision("a", "")).decide("a", {}) is None


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("area(2, 3)", 6),
        ("area(height: 3, width: 2)", 6),
        ("area(2)", None),
        ('area("a", 3)', None),
        ("area(null, 3)", None),
        ("area([2], 3)", 6),
        ("area(width: 2, depth: 3)", None),
    ],
)
def test_functions_take_what_their_parameters_say(call: str, expected: Any) -> None:
    area = function("area", text("width * height"), "width:number", "height:number")
    assert model(area + decision("a", text(call), needs=("area",))).decide("a", {}) == typed(expected)


def test_functions_require_functions_and_call_themselves() -> None:
    twice = function("twice", text("n * 2"), "n")
    power = function("power", text("if n = 0 then 1 else twice(power(n - 1))"), "n", needs=("twice", "power"))
    found = model(twice + power + decision("a", text("power(5)"), needs=("power",)))
    assert found.decide("a", {}) == typed(32)
    assert found.invoke("power", typed({"n": 3})) == typed(8)


def test_endless_recursion_is_refused() -> None:
    again = function("again", text("again(n + 1)"), "n")
    with pytest.raises(FeelLimit):
        model(again + decision("a", text("again(1)"), needs=("again",))).decide("a", {})


def test_deep_recursion_of_deep_expressions_is_refused() -> None:
    deep = "[" * 60 + "again(n + 1)" + "]" * 60
    with pytest.raises(FeelLimit):
        model(function("again", text(deep), "n") + decision("a", text("again(1)"), needs=("again",))).decide("a", {})


def test_an_exhausted_stack_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(_run: Run, _element: object) -> None:
        raise RecursionError

    monkeypatch.setattr(Run, "value", exhaust)
    with pytest.raises(FeelLimit, match="nested too deep"):
        model(decision("a", text("1"))).decide("a", {})


def test_functions_are_values_with_a_type() -> None:
    item = '<itemDefinition name="tF"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/>'
    inside = f"{item}</functionItem></itemDefinition>"
    inside += function("f", text("n", attributes='typeRef="number"'), "n:number") + function("g", text("n"), "n:string")
    inside += decision("a", text("[f instance of tF, g instance of tF]"), needs=("f", "g"))
    assert model(inside).decide("a", {}) == [True, False]


def test_a_function_without_logic_is_null() -> None:
    inside = '<businessKnowledgeModel id="_f" name="f"/>'
    found = model(inside + decision("a", text("f(1)"), needs=("f",)))
    assert found.decide("a", {}) is None
    assert found.invoke("f", {}) is None


def test_a_functions_result_has_its_type() -> None:
    item = '<itemDefinition name="tF"><functionItem outputTypeRef="string"><parameters name="n" typeRef="number"/>'
    inside = f"{item}</functionItem></itemDefinition>" + function("f", text("n"), "n", type_ref="tF")
    assert model(inside).invoke("f", typed({"n": 3})) is None
    assert model(inside).invoke("f", {"n": "x"}) == "x"
    assert model(function("f", text("n"), "n", type_ref="function")).invoke("f", {"n": "x"}) == "x"


SERVICE = (
    given("n", "number")
    + decision("base", text("n + 1"), needs=("n",))
    + decision("total", text("base * 10 + n"), needs=("base", "n"))
    + decision("half", text("base / 2"), needs=("base",))
    + '<decisionService id="_one" name="one"><outputDecision href="#_total"/><encapsulatedDecision href="#_base"/>'
    '<inputData href="#_n"/></decisionService>'
    '<decisionService id="_two" name="two"><outputDecision href="#_total"/><outputDecision href="#_half"/>'
    '<inputDecision href="#_base"/><inputData href="#_n"/><inputData href="#_nowhere"/></decisionService>'
)


def test_a_service_answers_with_its_decisions() -> None:
    assert model(SERVICE).invoke("one", typed({"n": 1})) == typed(21)
    assert model(SERVICE).invoke("two", typed({"n": 1, "base": 4, "more": 5})) == typed({"total": 41, "half": 2})
    assert model(SERVICE).has_many_outputs("two")
    assert not model(SERVICE).has_many_outputs("one")
    assert evaluate_service(read(SERVICE), "one", typed({"n": 1})) == typed(21)


@pytest.mark.parametrize(("call", "expected"), [("one(1)", 21), ('one("x")', None), ("two(1, 4).half", 2)])
def test_services_are_functions(call: str, expected: Any) -> None:
    inside = SERVICE + decision("a", text(call), needs=("one", "two"))
    assert evaluate_decision(read(inside), "a", {}) == typed(expected)


LIBRARY = read(
    given("who")
    + '<itemDefinition name="tShort"><typeRef>string</typeRef><allowedValues><text>string length(?) &lt; 9</text>'
    "</allowedValues></itemDefinition>"
    + function("Say hello", text('"Hello " + name'), "name:tShort")
    + decision("greeting", text('"Dear " + who'), needs=("who",)),
    namespace="urn:library",
)
IMPORT = (
    '<import name="{name}" namespace="{namespace}" importType="'
    + "https://www.omg.org/spec/DMN/20230324/MODEL/"
    + '"/>'
)


def test_imported_functions_and_types_have_the_imports_name() -> None:
    inside = IMPORT.format(name="lib", namespace="urn:library") + given("x", "lib.tShort")
    inside += decision("a", text("lib.Say hello(x)"), needs=("urn:library#_Say_hello", "x"))
    assert model(inside, LIBRARY).decide("a", {"x": "Ann"}) == "Hello Ann"
    assert model(inside, LIBRARY).decide("a", {"x": "Ann, the Great"}) is None


@pytest.mark.parametrize(
    "inputs", [{"lib": {"who": "Ann"}}, {"lib.who": "Ann"}, {"who": "Ann"}, {"lib": "x", "who": "Ann"}]
)
def test_imported_decisions_take_their_inputs_by_name(inputs: dict[str, Any]) -> None:
    inside = IMPORT.format(name="lib", namespace="urn:library")
    inside += decision("a", text("lib.greeting"), needs=("urn:library#_greeting",))
    assert model(inside, LIBRARY).decide("a", inputs) == "Dear Ann"


def test_an_import_without_a_name_adds_to_ones_own() -> None:
    inside = IMPORT.format(name="", namespace="urn:library")
    inside += decision("a", text("greeting"), needs=("urn:library#_greeting",))
    assert model(inside, LIBRARY).decide("a", {"who": "Ann"}) == "Dear Ann"


def test_imports_of_imports() -> None:
    middle = read(
        IMPORT.format(name="lib", namespace="urn:library")
        + decision("shout", text("upper case(lib.greeting)"), needs=("urn:library#_greeting",)),
        namespace="urn:middle",
    )
    inside = IMPORT.format(name="mid", namespace="urn:middle") + IMPORT.format(name="gone", namespace="urn:gone")
    inside += decision("a", text("mid.shout"), needs=("urn:middle#_shout", "urn:gone#_x"))
    assert model(inside, LIBRARY, middle).decide("a", {"mid": {"lib": {"who": "Ann"}}}) == "DEAR ANN"


def test_models_that_import_each_other_end() -> None:
    here = IMPORT.format(name="there", namespace="urn:there") + decision("a", text("1"))
    there = read(IMPORT.format(name="here", namespace="urn:test"), namespace="urn:there")
    assert model(here, there, read(here)).decide("a", {}) == typed(1)

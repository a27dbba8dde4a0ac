"""Item definitions: what passes as a named type, and what is converted on the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decision_tables.dmn.samples import decision, given, model, text, typed

ITEMS = """
<itemDefinition name="tAge"><typeRef>number</typeRef>
  <allowedValues><text>[0..150]</text></allowedValues></itemDefinition>
<itemDefinition name="tAlias"><typeRef>tAge</typeRef></itemDefinition>
<itemDefinition name="tAges" isCollection="true"><typeRef>tAge</typeRef>
  <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tTiers" isCollection="true"><typeRef>string</typeRef>
  <allowedValues><text>"gold","silver"</text></allowedValues></itemDefinition>
<itemDefinition name="tPerson">
  <itemComponent name="age"><typeRef>tAge</typeRef></itemComponent>
  <itemComponent name="name"><typeRef>string</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tTree"><itemComponent name="value"><typeRef>number</typeRef></itemComponent>
  <itemComponent name="parts" isCollection="true"><typeRef>tTree</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tRound"><typeRef>tAbout</typeRef></itemDefinition>
<itemDefinition name="tAbout"><typeRef>tRound</typeRef></itemDefinition>
<itemDefinition name="tMap"><functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/></functionItem>
</itemDefinition>
<itemDefinition name="tEmpty"/>
<itemDefinition name="tBroken"><typeRef>list&lt;</typeRef></itemDefinition>
"""


@pytest.mark.parametrize(
    ("type_ref", "value", "expected"),
    [
        ("tAge", 30, 30),
        ("tAge", 200, None),
        ("tAge", "30", None),
        ("tAge", [30], 30),
        ("tAlias", 200, None),
        ("tAges", [1, 2], [1, 2]),
        ("tAges", [1, 2, 3], None),
        ("tAges", [1, 200], None),
        ("tAges", 7, [7]),
        ("tAges", [7, None], [7, None]),
        ("tTiers", ["gold"], ["gold"]),
        ("tTiers", ["gold", "tin"], None),
        ("tPerson", {"age": 1, "name": "x", "more": 2}, {"age": 1, "name": "x", "more": 2}),
        ("tPerson", {"age": 1}, {"age": 1}),
        ("tPerson", {"age": "old"}, None),
        ("tPerson", 5, None),
        ("tPerson", [{"age": 1}], {"age": 1}),
        ("tTree", {"value": 1, "parts": [{"value": 2}]}, {"value": 1, "parts": [{"value": 2}]}),
        ("tTree", {"value": 1, "parts": [{"value": "x"}]}, None),
        ("tRound", 5, None),
        ("tEmpty", 5, 5),
        ("tBroken", 5, 5),
        ("tUnknown", 5, 5),
        ("other:tAge", 5, 5),
        ("own:tAge", 200, None),
        ("number", "x", None),
        ("list<number>", [1, "x"], None),
        ("string", ["x"], "x"),
        ("integer", 5, 5),
    ],
)
def test_values_of_types(type_ref: str, value: Any, expected: Any) -> None:
    inside = ITEMS + given("x", type_ref) + decision("a", text("x"), needs=("x",))
    found = model(inside, extra='xmlns:own="urn:test"')
    assert found.decide("a", {"x": typed(value)}) == typed(expected)


@pytest.mark.parametrize(
    ("type_ref", "logic", "expected"),
    [
        ("tMap", "function(x: number) x + 1", True),
        ("tMap", "function(x: number, y: number) x + 1", False),
        ("tAges", "5", True),
        ("date and time", 'date("2026-01-01")', True),
        ("date", '"2026-01-01"', False),
    ],
)
def test_results_of_types(type_ref: str, logic: str, expected: bool) -> None:
    found = model(ITEMS + decision("a", text(logic), type_ref=type_ref)).decide("a", {})
    assert (found is not None) is expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ('{age: 5, name: "x"} instance of tPerson', True),
        ("{age: 5} instance of tPerson", False),
        ("[5] instance of tAges", True),
        ("5 instance of tAges", False),
    ],
)
def test_named_types_in_expressions(test: str, expected: bool) -> None:
    assert model(ITEMS + decision("a", text(test))).decide("a", {}) is expected


def test_feel_types_with_a_prefix() -> None:
    inside = decision("a", text('"x"'), type_ref="feel:number")
    assert model(inside, extra='xmlns:feel="https://www.omg.org/spec/DMN/20180521/FEEL/"').decide("a", {}) is None

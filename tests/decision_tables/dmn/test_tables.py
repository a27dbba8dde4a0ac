"""Decision tables of other tools as tables of ours, and ours as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.interchange.dmn.cells import conditions_of, output_of, text_of_conditions
from apps.decision_tables.interchange.dmn.reading import read_definitions
from apps.decision_tables.interchange.dmn.tables import read_dmn, write_dmn
from apps.decision_tables.interchange.dmn.xml import parse_xml
from apps.decision_tables.interchange.outcome import ReadTable
from exprsn.kernel.errors import DomainError
from tests.decision_tables.dmn.samples import asks, decision, file, gives, table, text

MODELLER = (Path(__file__).parent / "modeller.dmn").read_bytes()


def only(logic: str, inside: str = "") -> ReadTable:
    return read_dmn(file(inside + decision("Unit price", logic)))[0]


def notes(found: ReadTable) -> str:
    return "\n".join(f"{note['severity']} {note['place']}: {note['message']}" for note in found.report)


def test_a_file_of_a_modeller() -> None:
    found = read_dmn(MODELLER)[0]
    read_table(found.document)
    assert (found.name, found.label, found.document["hit_policy"]) == ("dish", "Dish", "COLLECT")
    assert found.document["aggregation"] == "max"
    assert [(column["name"], column["type"]) for column in found.document["input_columns"]] == [
        ("season", "string"),
        ("How many guests", "number"),
        ("day", "date"),
    ]
    assert found.document["rules"][0]["conditions"] == [
        {"column": "season", "operator": "in", "value": ["Fall", "Winter"]},
        {"column": "How many guests", "operator": "<=", "value": 8},
        {"column": "day", "operator": ">=", "value": "2026-01-01"},
    ]
    assert found.document["input_columns"][1]["expression"] == "guests.adults + guests.children"
    assert found.document["rules"][0]["annotation"] == "Save money"


def test_what_a_modeller_adds_is_reported_and_kept() -> None:
    found = read_dmn(MODELLER)[0]
    assert "camunda" in notes(found)
    assert "DMNDI: The diagram is not kept" in notes(found)
    assert "'Season' is no decision table" in notes(found)
    assert "needs the result of 'Season'" in notes(found)
    assert "match a missing input in DMN; here they do not" in notes(found)
    kept = found.document["metadata"]["dmn_extensions"]
    assert "camunda:properties" in kept[0]
    again = write_dmn(found.document, found.name, found.label)
    assert b"camunda:properties" in again
    assert read_dmn(again)[0].document == found.document


@pytest.mark.parametrize(
    ("cell", "kind", "conditions"),
    [
        ("-", "string", []),
        ("", "string", []),
        ('"a"', "string", [{"operator": "==", "value": "a"}]),
        ('"a", "b"', "any", [{"operator": "in", "value": ["a", "b"]}]),
        ("< 5", "number", [{"operator": "<", "value": 5}]),
        ("-2.50", "number", [{"operator": "==", "value": -2.5}]),
        ("[1..5]", "number", [{"operator": "between", "value": [1, 5]}]),
        ("]1..5]", "number", [{"operator": ">", "value": 1}, {"operator": "<=", "value": 5}]),
        ('not("a", null)', "string", [{"operator": "!=", "value": "a"}]),
        ('not("a")', "string", [{"operator": "!=", "value": "a"}]),
        ("not([1..2])", "number", [{"operator": "notBetween", "value": [1, 2]}]),
        ("not(1, 2, null)", "number", [{"operator": "notIn", "value": [1, 2]}]),
        ("not([1..2], null)", "number", [{"operator": "notBetween", "value": [1, 2]}]),
        ("not(null)", "number", [{"operator": "!=", "value": None}]),
        ("null", "number", [{"operator": "==", "value": None}]),
        ('@"P1D"', "duration", [{"operator": "==", "value": "P1D"}]),
        ('>= time("10:00:00")', "time", [{"operator": ">=", "value": "10:00:00"}]),
        ('starts with(?, "x")', "string", [{"operator": "startsWith", "value": "x"}]),
        ('list contains(?, "x")', "list", [{"operator": "contains", "value": "x"}]),
        ("[1, [2]]", "any", [{"operator": "==", "value": [1, [2]]}]),
        ('{a: 1, "b c": true}', "any", [{"operator": "==", "value": {"a": 1, "b c": True}}]),
        ("true", "boolean", [{"operator": "==", "value": True}]),
    ],
)
def test_cells_that_say_what_conditions_say(cell: str, kind: str, conditions: list[Any]) -> None:
    assert conditions_of(cell, kind) == conditions
    assert conditions_of(text_of_conditions(conditions, kind), kind) == conditions


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("5", "string"),
        ('"5"', "number"),
        ("true", "number"),
        ("? * 2 > 5", "number"),
        ("1, null", "number"),
        ("not(]1..2], null)", "number"),
        ("not(< 2, null)", "number"),
        ("< null", "number"),
        ("[null..5]", "number"),
        ('date("soon")', "date"),
        ('"2026-01-01"', "date"),
        ("date(5)", "date"),
        ('contains(?, "x", "y")', "string"),
        ("1, null", "any"),
        ("< null", "any"),
        ("list contains(?, null)", "list"),
        ("not(true, [null..5], null)", "number"),
        ("not(1, null, null)", "number"),
        ("contains(?, null)", "string"),
        ('starts with(?, "x")', "number"),
        ("0.12345678901234567890123", "number"),
        ("> limit", "number"),
    ],
)
def test_other_cells_stay_feel(cell: str, kind: str) -> None:
    assert conditions_of(cell, kind) == [{"feel": cell}]


@pytest.mark.parametrize(
    ("conditions", "text"),
    [
        ([{"operator": ">", "value": 1}, {"operator": "!=", "value": 3}], "(? > 1) and (not(? in (3, null)))"),
        ([{"feel": "< 5"}, {"feel": "not(1)"}, {"feel": "-"}], "(? in (< 5)) and (not(? in (1, null)))"),
        ([{"operator": "contains", "value": "\x01\ufffe"}], 'contains(?, "\\u0001\\uFFFE")'),
        ([{"feel": "not(1)"}], "not(1, null)"),
        ([{"feel": "not(1, null)"}], "not(1, null)"),
        ([{"feel": "not(1) or (? > 5)"}], "not(1) or (? > 5)"),
        ([{"feel": "not((("}], "not((("),
        ([{"feel": 'not("a")'}], 'not("a")'),
        ([{"feel": "not(? > 5)"}], "not(? > 5)"),
        ([{"operator": "in", "value": []}], "? != ?"),
        ([{"operator": "notIn", "value": []}], "not(null)"),
        (
            [{"operator": "isNotEmpty"}, {"operator": "==", "value": 3}, {"operator": "in", "value": []}],
            "(? != null) and (? in (3)) and (? != ?)",
        ),
        (
            [{"operator": "between", "value": [1, 2]}, {"operator": "!=", "value": None}],
            "(? in ([1..2])) and (? != null)",
        ),
        ([{"feel": "-"}], "-"),
    ],
)
def test_conditions_that_have_no_plain_cell(conditions: list[Any], text: str) -> None:
    assert text_of_conditions(conditions, "number") == text


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [("5", "number", 5), ('"5"', "number", {"feel": '"5"'}), ("n * 2", "number", {"feel": "n * 2"}),
     ("null", "any", {"feel": "null"}), ('["a"]', "list", ["a"])],
)  # fmt: skip
def test_outputs(written: str, kind: str, value: Any) -> None:
    assert output_of(written, kind) == value


def test_a_rule_that_cannot_be_read_is_switched_off() -> None:
    found = only(table("FIRST", asks("n") + gives("a"), ")( | 1", "- | )(", "> 1 | 2"))
    assert [rule["enabled"] for rule in found.document["rules"]] == [False, False, True]
    assert "not read: n: )(" in found.document["rules"][0]["annotation"]
    assert "warning rule r1: The rule is switched off" in notes(found)


def test_a_rule_in_another_language_is_switched_off() -> None:
    cells = f'{text("1", "inputEntry")}<outputEntry expressionLanguage="juel"><text>x</text></outputEntry>'
    found = only(f"<decisionTable>{asks('n')}{gives('a')}<rule>{cells}</rule></decisionTable>")
    assert found.document["rules"][0]["enabled"] is False


@pytest.mark.parametrize(
    ("columns", "note"),
    [
        (asks("") + gives("a"), "tests the input 'input_1'"),
        (asks("a +") + gives("a"), "'a +' is not FEEL"),
        (asks("if") + gives("a"), "'if' is not FEEL"),
        (asks("n") + asks("n") + gives("a"), "now called 'n_2'"),
        (asks("n") + gives("a!b"), "now called 'a_b'"),
        (asks("n", values="> 5") + gives("a"), "'> 5' are no list of values"),
        (asks("n") + gives("a", default="n * 2"), "'n * 2' is no constant"),
        (asks("n") + gives("a", default=")("), "')(' is no constant"),
    ],
)
def test_columns_that_are_not_as_ours(columns: str, note: str) -> None:
    assert note in notes(only(table("FIRST", columns, "- | 1")))


def test_words_that_are_not_known_are_reported() -> None:
    found = only(table("BEST", asks("n") + gives("a"), "- | 1", aggregation="AVERAGE"))
    assert (found.document["hit_policy"], found.document["aggregation"]) == ("UNIQUE", None)
    assert "'BEST' is not known" in notes(found)
    assert "'average' is not known" in notes(found)


def test_columns_with_cells_of_another_type_take_any_value() -> None:
    columns = asks("n", "string") + asks("d", "date") + gives("a", "number", values="1, 2")
    found = only(table("FIRST", columns, '"x"; >= date("2026-01-01") | 1', "5; 7 | 3"))
    read_table(found.document)
    assert [column["type"] for column in found.document["input_columns"]] == ["any", "any"]
    assert found.document["output_columns"] == [{"name": "a", "type": "any", "label": ""}]
    assert found.document["rules"][0]["conditions"][1] == {"column": "d", "feel": '>= date("2026-01-01")'}
    assert "not of the type date or not allowed" in notes(found)


def test_types_come_from_item_definitions() -> None:
    items = '<itemDefinition name="tA"><typeRef>tB</typeRef><allowedValues><text>"x","y"</text></allowedValues>'
    items += "</itemDefinition>"
    items += '<itemDefinition name="tB"><typeRef>string</typeRef></itemDefinition>'
    items += '<itemDefinition name="tL" isCollection="true"><typeRef>string</typeRef></itemDefinition>'
    items += '<itemDefinition name="tS"><typeRef>tT</typeRef></itemDefinition>'
    items += '<itemDefinition name="tT"><typeRef>tS</typeRef></itemDefinition>'
    columns = asks("a", "tA") + asks("b", "tL") + asks("c", "tS") + asks("d", "list<number>") + gives("")
    found = only(table("FIRST", columns, "-;-;-;- | 1"), items).document
    assert [column["type"] for column in found["input_columns"]] == ["string", "list", "any", "list"]
    assert found["input_columns"][0]["allowed_values"] == ["x", "y"]
    assert found["output_columns"][0]["name"] == "Unit price"


def test_ids_of_rules_are_kept_and_made_unique() -> None:
    rules = '<rule id="a"/><rule id="a"/><rule/>' + f'<rule id="{"x" * 70}"/>'
    found = only(f"<decisionTable>{asks('n')}{gives('a')}{rules}</decisionTable>")
    assert [rule["id"] for rule in found.document["rules"]] == ["a", "a_2", "r3", "r4"]


def test_a_file_without_tables_is_refused() -> None:
    with pytest.raises(DomainError, match="none of its decisions is a decision table"):
        read_dmn(file(decision("a", text("1"))))


PRICING: dict[str, Any] = {
    "schema_version": 1,
    "hit_policy": "FIRST",
    "aggregation": None,
    "input_columns": [
        {"name": "quantity", "type": "number", "label": "Quantity", "operators": [">=", "<"]},
        {"name": "customer_tier", "type": "string", "label": "Customer Tier", "expression": "customer.tier"},
    ],
    "output_columns": [{"name": "price", "type": "number", "label": "Unit Price", "default_value": 0}],
    "rules": [
        {"id": "r1", "priority": 2, "conditions": [{"column": "customer_tier", "operator": "==", "value": "premium"},
         {"column": "quantity", "operator": ">=", "value": 100}], "outputs": {"price": 8.5}, "annotation": "a",
         "enabled": True},
        {"id": "off", "priority": 3, "conditions": [], "outputs": {}, "annotation": "", "enabled": False},
        {"id": "r 2", "priority": 1, "conditions": [{"column": "quantity", "operator": "isEmpty"}],
         "outputs": {"price": {"feel": "quantity * 2"}}, "annotation": "", "enabled": True},
    ],
    "default_outputs": {"price": 10.0},
    "metadata": {"owner": "Ann"},
    "requires": [],
}  # fmt: skip


def test_our_own_table_comes_back_whole() -> None:
    found = read_dmn(write_dmn(PRICING, "product-pricing", "Product pricing"))[0]
    assert found.document == PRICING
    assert (found.name, found.label) == ("product-pricing", "Product pricing")


@pytest.mark.parametrize("identity", ["table", "input_1", "5", "a b", "r1_input_1"])
def test_ids_of_rules_that_a_file_cannot_have_come_back(identity: str) -> None:
    rules = [{**rule, "id": identity if rule["id"] == "r1" else rule["id"]} for rule in PRICING["rules"]]
    document = {**PRICING, "rules": [*rules, {**rules[0], "id": "r1", "priority": 9}]}
    assert read_dmn(write_dmn(document, "p", "P"))[0].document == document


def test_what_is_wrong_beside_the_cells_is_left_to_the_one_who_saves() -> None:
    found = only(table("FIRST", asks("n") + gives("a", "number", values="1, 2", default="7"), "- | 1"))
    assert found.document["default_outputs"] == {"a": 7}
    assert found.document["output_columns"][0]["type"] == "number"


def test_what_a_document_leaves_out_is_no_matter() -> None:
    found = read_dmn(
        write_dmn({"rules": [{}, {"outputs": {"a": 1}}], "output_columns": [{"name": "a", "type": "any"}]}, "p", "P")
    )
    assert [rule["id"] for rule in found[0].document["rules"]] == ["r1", "r2"]
    assert found[0].document["hit_policy"] == "FIRST"
    read_table(found[0].document)


def test_other_tools_read_what_is_written() -> None:
    content = write_dmn(PRICING, "product-pricing", "Product pricing")
    assert content == write_dmn(PRICING, "product-pricing", "Product pricing")
    model = read_definitions(content)
    assert [element.name for element in model.elements] == ["Product pricing", "quantity", "customer"]
    identities = [element.get("id") for element in parse_xml(content).iter() if element.get("id")]
    assert len(identities) == len(set(identities))


def test_rows_are_written_in_the_order_of_priorities_and_without_those_switched_off() -> None:
    rules = read_definitions(write_dmn(PRICING, "p", "P")).elements[0].expression.rules  # type: ignore[attr-defined]
    assert [rule.id for rule in rules] == ["r 2", "r1"]


def test_what_another_tool_changed_stays_changed() -> None:
    content = write_dmn(PRICING, "p", "P").replace(b"<text>&gt;= 100</text>", b"<text>&gt;= 200</text>")
    found = read_dmn(content)[0].document
    assert found["rules"][0]["conditions"][1] == {"column": "quantity", "operator": ">=", "value": 200}
    assert found["metadata"] == {"owner": "Ann"}


@pytest.mark.parametrize(
    "extension",
    ["{", "[]", "5", '{"parts": 5}',
     '{"parts": [5, {"at": 5}, {"at": []}, {"at": ["rules", "r1", "conditions", "x"], "is": 5}]}',
     '{"parts": [{"at": ["rules"], "was": ["r1"], "is": 7}]}', '{"disabled": [5, {"rule": 5}, {"rule": {"id": "r1"}}]}',
     "[" * 5000],
)  # fmt: skip
def test_a_broken_extension_does_no_harm(extension: str) -> None:
    inner = (
        f'<extensionElements><t:table xmlns:t="urn:exprsn:decision-table:1">{extension}</t:table></extensionElements>'
    )
    logic = table("FIRST", inner + asks("n") + gives("a"), "> 1 | 2")
    assert only(logic).document["output_columns"] == [{"name": "a", "type": "any", "label": ""}]


def test_only_so_much_of_other_tools_is_kept_and_named() -> None:
    many = "".join(f'<x:e{n} xmlns:x="urn:x">{"y" * 200}</x:e{n}>' for n in range(150))
    found = only(f"<decisionTable><extensionElements>{many}</extensionElements>{asks('n')}{gives('a')}</decisionTable>")
    assert len(found.report) == 100
    assert 20 < len(found.document["metadata"]["dmn_extensions"]) < 60


@pytest.mark.parametrize(("value", "kind"), [("P1Y", "years and months duration"), ("P1D", "days and time duration")])
def test_durations_have_the_type_of_their_values(value: str, kind: str) -> None:
    rule = {"id": "r1", "conditions": [{"column": "d", "operator": "==", "value": value}], "outputs": {"price": 1}}
    columns = [{"name": "d", "type": "duration", "label": ""}]
    content = write_dmn({**PRICING, "input_columns": columns, "rules": [rule]}, "p", "P")
    assert f'typeRef="{kind}"'.encode() in content


def test_columns_of_one_name_and_broken_keepsakes_are_written_all_the_same() -> None:
    columns = [
        {"name": name, "type": "any", "label": "", "expression": text} for name, text in (("a", ")("), ("b", "x"))
    ]
    document = {**PRICING, "input_columns": columns, "rules": [], "metadata": {"dmn_extensions": ["<", 5]}}
    assert read_dmn(write_dmn(document, "5 !", ""))[0].document == document


CELLS: dict[str, Any] = {
    "number": st.one_of(st.integers(-(10**6), 10**6), st.sampled_from([0.1, -2.5, 1e15, 1e-7])),
    "string": st.text(max_size=8),
    "boolean": st.booleans(),
    "date": st.sampled_from(["2026-01-01", "1999-12-31"]),
    "duration": st.sampled_from(["P1D", "PT2H", "P1Y2M"]),
    "any": st.one_of(st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2)),
}
ORDERED = ("number", "string", "date", "duration")


@st.composite
def conditions(draw: st.DrawFn, column: str, kind: str) -> dict[str, Any]:
    value = CELLS[kind]
    choices: list[st.SearchStrategy[Any]] = [
        st.fixed_dictionaries({"operator": st.sampled_from(["isEmpty", "isNotEmpty"])}),
        st.fixed_dictionaries({"operator": st.sampled_from(["==", "!="]), "value": st.one_of(st.none(), value)}),
        st.fixed_dictionaries({"operator": st.sampled_from(["in", "notIn"]), "value": st.lists(value, max_size=3)}),
        st.fixed_dictionaries({"feel": st.sampled_from(["-", "? = 5", "not(7)", "< 3", "null"])}),
    ]
    if kind in ORDERED:
        order = st.sampled_from([">", ">=", "<", "<="])
        choices.append(st.fixed_dictionaries({"operator": order, "value": value}))
        ends = st.lists(value, min_size=2, max_size=2)
        choices.append(st.fixed_dictionaries({"operator": st.sampled_from(["between", "notBetween"]), "value": ends}))
    return {"column": column, **draw(st.one_of(choices))}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    kinds = st.sampled_from(sorted(CELLS))
    names = ["n", "customer tier", "a.b"]
    inputs = [{"name": name, "type": draw(kinds), "label": draw(st.text(max_size=5))} for name in names]
    output = {"name": "out", "type": draw(kinds), "label": ""}
    rules = []
    for identity in draw(st.lists(st.text("ab 1é", min_size=1, max_size=4), unique=True, max_size=4)):
        cells = [draw(conditions(str(column["name"]), str(column["type"]))) for column in inputs if draw(st.booleans())]
        value = {"out": draw(CELLS[str(output["type"])])} if draw(st.booleans()) else {}
        rules.append({"id": identity, "priority": draw(st.integers(1, 4)), "conditions": cells, "outputs": value,
                      "annotation": draw(st.text(max_size=5)), "enabled": draw(st.booleans())})  # fmt: skip
    policies = ["FIRST", "UNIQUE", "ANY", "PRIORITY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"]
    return {"schema_version": 1, "hit_policy": draw(st.sampled_from(policies)),
            "aggregation": draw(st.sampled_from([None, "sum", "list"])), "input_columns": inputs,
            "output_columns": [output], "rules": rules, "default_outputs": {}, "metadata": {},
            "requires": []}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(document=documents(), name=st.text(max_size=8), label=st.text(max_size=8))
def test_any_table_comes_back_as_it_was(document: dict[str, Any], name: str, label: str) -> None:
    found = read_dmn(write_dmn(document, name, label))[0].document
    assert json.dumps(found, sort_keys=True) == json.dumps(document, sort_keys=True)

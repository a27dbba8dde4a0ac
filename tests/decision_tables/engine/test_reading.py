"""What a document may say, and what is said of what it may not."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables import constants
from apps.decision_tables.engine import columns as words
from apps.decision_tables.engine.faults import TableInvalid
from apps.decision_tables.engine.reading import document_of, normalized, read_table
from tests.decision_tables.engine.tables import PRICING, columns, rule


def faults(document: Any) -> dict[str, list[str]]:
    with pytest.raises(TableInvalid) as caught:
        read_table(document)
    return caught.value.errors


def test_the_example_table_reads_and_is_written_back_whole() -> None:
    document = normalized(PRICING)
    assert document["rules"][0] == PRICING["rules"][0] | {"annotation": "", "enabled": True}
    assert document["input_columns"] == PRICING["input_columns"]
    assert document_of(read_table(document)) == document


def test_an_empty_document_is_an_empty_table() -> None:
    assert normalized({}) == {
        "schema_version": 1,
        "hit_policy": "FIRST",
        "aggregation": None,
        "input_columns": [],
        "output_columns": [],
        "rules": [],
        "default_outputs": {},
        "metadata": {},
        "requires": [],
    }


def test_ids_and_priorities_are_filled_in() -> None:
    rules = normalized({"rules": [{"id": "r2"}, {}, {"priority": 1.0}]})["rules"]
    assert [(one["id"], one["priority"]) for one in rules] == [("r2", 1), ("r3", 2), ("r4", 1)]


def test_everything_optional_is_kept() -> None:
    document = {
        "hit_policy": "COLLECT",
        "aggregation": "sum",
        "input_columns": [{"name": "a b", "type": "number", "expression": "c * 2", "allowed_values": [1, 2.50]}],
        "output_columns": [{"name": "x", "type": "number", "default_value": 1.0, "allowed_values": [1, 2]}],
        "rules": [rule("r", {"a b": "> 1"}, x={"feel": "1 + 1"}) | {"annotation": "why", "enabled": False}],
        "metadata": {"from": "a file"},
        "requires": [{"table": "other", "inputs": {"theirs": "a b + 1"}, "provides": {"a b": "their output"}}],
    }
    written = normalized(document)
    assert written["requires"] == document["requires"]
    assert written["rules"][0]["outputs"] == {"x": {"feel": "1 + 1"}}
    assert written["input_columns"][0]["allowed_values"] == [1, 2.5]
    assert written["output_columns"][0]["default_value"] == 1
    assert normalized(written) == written


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("number", 8.50, 8.5),
        ("number", 100.0, 100),
        ("number", 1e23, 10**23),
        ("duration", "PT24H", "P1D"),
        ("time", "10:00:00Z", "10:00:00Z"),
        ("any", {"a": [1.0, True, None]}, {"a": [1, True, None]}),
        ("string", "", ""),
        ("list", [], []),
    ],
)
def test_values_are_written_as_their_type_writes_them(kind: str, value: Any, written: Any) -> None:
    condition = {"column": "a", "operator": "==", "value": value}
    document = {"input_columns": columns(a=kind), "rules": [{"conditions": [condition]}]}
    assert normalized(document)["rules"][0]["conditions"][0]["value"] == written


MANY = [{}] * 10_001
WIDE = [{"name": f"c{at}", "type": "any"} for at in range(60)]
LONG = "x" * 10_001


@pytest.mark.parametrize(
    ("document", "place", "message"),
    [
        ([], "", "object"),
        ({"rule": []}, "rule", "no such setting"),
        ({"schema_version": 2}, "schema_version", "version 1"),
        ({"hit_policy": "first"}, "hit_policy", "none of FIRST"),
        ({"aggregation": "avg"}, "aggregation", "none of list, sum"),
        ({"rules": {}}, "rules", "must be a list"),
        ({"rules": [3]}, "rules[0]", "must be an object"),
        ({"rules": MANY}, "rules", "at most 10,000 rules"),
        ({"input_columns": WIDE, "output_columns": WIDE[:41]}, "input_columns", "at most 100 columns"),
        ({"output_columns": WIDE + [3] * 41}, "output_columns", "at most 100 columns"),
        ({"input_columns": [3]}, "input_columns[0]", "must be an object"),
        ({"input_columns": [{"name": "1a", "type": "any"}]}, "input_columns[0].name", "begins with a letter"),
        ({"input_columns": [{"name": "a" * 101, "type": "any"}]}, "input_columns[0].name", "up to 100"),
        ({"input_columns": [{"name": "a ", "type": "any"}]}, "input_columns[0].name", "letters"),
        ({"input_columns": [{"name": "a", "type": "text"}]}, "input_columns[0].type", "none of string"),
        ({"input_columns": columns(a="any") * 2}, "input_columns[1].name", "taken"),
        ({"output_columns": [3, *columns(a="any") * 2]}, "output_columns[2].name", "taken"),
        ({"output_columns": [{"name": "a", "type": "any", "operators": []}]}, "output_columns[0].operators", "no such"),
        ({"output_columns": [{"name": "a", "type": "any", "label": 1}]}, "output_columns[0].label", "must be text"),
        ({"output_columns": [{"name": "a", "type": "any", "label": LONG}]}, "output_columns[0].label", "10,000"),
        ({"output_columns": [*columns(a="any"), {}]}, "output_columns[1].name", "letters"),
        ({"metadata": []}, "metadata", "must be an object"),
        ({"default_outputs": {"a": 1}}, "default_outputs.a", "no output column"),
        ({"requires": [{}]}, "requires[0].table", "name the table"),
        ({"requires": [{"table": "t", "provides": {"a": "b"}}]}, "requires[0].provides.a", "no input column"),
        ({"requires": [{"table": "t", "inputs": {"a": "1 +"}}]}, "requires[0].inputs.a", "character"),
        ({"requires": [{"table": "t", "inputs": {"a": 1}}]}, "requires[0].inputs.a", "must be text"),
        (
            {"hit_policy": "COLLECT", "aggregation": "sum", "output_columns": columns(a="string")},
            "aggregation",
            "sum needs numbers",
        ),
        (
            {"hit_policy": "COLLECT", "aggregation": "max", "output_columns": columns(a="list")},
            "aggregation",
            "max needs an order",
        ),
    ],
)
def test_faults_of_a_table(document: Any, place: str, message: str) -> None:
    found = faults(document)
    assert message in found[place][0].lower() or message in found[place][0]


@pytest.mark.parametrize(
    ("settings", "place", "message"),
    [
        ({"operators": ["<", "like"]}, "operators[1]", "none of =="),
        ({"operators": ["contains"]}, "operators[0]", "no operator contains"),
        ({"operators": "<"}, "operators", "list"),
        ({"expression": "1 +"}, "expression", "character 4"),
        ({"expression": "((((" * 60}, "expression", "deep"),
        ({"allowed_values": [1, 1.0]}, "allowed_values[1]", "twice"),
        ({"allowed_values": [1, "b"]}, "allowed_values[1]", "Must be a number"),
        ({"allowed_values": [1] * 10_001}, "allowed_values", "10,000"),
    ],
)
def test_faults_of_an_input_column(settings: dict[str, Any], place: str, message: str) -> None:
    column = {"name": "a", "type": "number", **settings}
    assert message in faults({"input_columns": [column]})[f"input_columns[0].{place}"][0]


@pytest.mark.parametrize(
    ("settings", "place", "message"),
    [
        ({"id": ""}, "id", "1 to 64"),
        ({"id": "x" * 65}, "id", "1 to 64"),
        ({"id": 7}, "id", "1 to 64"),
        ({"id": "r"}, "id", "rule before it"),
        ({"priority": 1.5}, "priority", "whole number"),
        ({"priority": True}, "priority", "whole number"),
        ({"priority": float("nan")}, "priority", "whole number"),
        ({"priority": 10**10}, "priority", "between"),
        ({"enabled": 1}, "enabled", "true or false"),
        ({"then": {}}, "then", "no such setting"),
        ({"annotation": LONG}, "annotation", "10,000"),
        ({"conditions": [[]]}, "conditions[0]", "names its column"),
        ({"conditions": [{"column": "b", "operator": "=="}]}, "conditions[0].column", "no input column"),
        ({"conditions": [{"column": "a", "feel": "["}]}, "conditions[0].feel", "character"),
        ({"conditions": [{"column": "a", "feel": 1}]}, "conditions[0].feel", "must be text"),
        ({"conditions": [{"column": "a", "feel": LONG}]}, "conditions[0].feel", "10,000"),
        ({"conditions": [{"column": "a", "feel": "-"}] * 101}, "conditions", "at most 100 conditions"),
        ({"outputs": {"z": 1}}, "outputs.z", "no output column"),
        ({"outputs": {"x": "1"}}, "outputs.x", "must be a number"),
        ({"outputs": {"x": 3}}, "outputs.x", "allowed values: 1, 2"),
        ({"outputs": {"x": {"feel": "1 +"}}}, "outputs.x.feel", "character"),
        ({"outputs": {"x": LONG}}, "outputs.x", "10,000"),
    ],
)
def test_faults_of_a_rule(settings: dict[str, Any], place: str, message: str) -> None:
    outputs = [{"name": "x", "type": "number", "allowed_values": [1, 2]}]
    document = {"input_columns": columns(a="number"), "output_columns": outputs, "rules": [{"id": "r"}, settings]}
    assert message in faults(document)[f"rules[1].{place}"][0].lower()


@pytest.mark.parametrize(
    ("kind", "operator", "value", "place", "message"),
    [
        ("number", "===", 1, "operator", "none of =="),
        ("number", "contains", 1, "operator", "no operator contains"),
        ("boolean", "<", True, "operator", "no operator <"),
        ("list", "<", [1], "operator", "no operator <"),
        ("number", "==", "1", "value", "must be a number"),
        ("number", "==", True, "value", "must be a number"),
        ("string", "==", 1, "value", "must be a string"),
        ("boolean", "==", 1, "value", "must be a boolean"),
        ("date", "==", "2026-02-30", "value", "must be a date such as"),
        ("date", ">", "2026-01-01T10:00:00Z", "value", "must be a date such as"),
        ("datetime", "==", "yesterday", "value", "must be a date and time"),
        ("time", "==", "25:00:00", "value", "must be a time such as"),
        ("duration", "==", "1 day", "value", "must be a duration"),
        ("list", "==", "a", "value", "must be a list"),
        ("list", "==", [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]], "value", "must be a list"),
        ("number", "<", None, "value", "needs a value"),
        ("number", "in", 1, "value", "list of values"),
        ("number", "in", ["1"], "value[0]", "must be a number"),
        ("number", "in", [1, None], "value[1]", "isempty"),
        ("number", "between", [1], "value", "[low, high]"),
        ("number", "between", [1, 2, 3], "value", "[low, high]"),
        ("duration", "between", ["P1D", "P1M"], "value", "one kind"),
        ("any", "between", [1, "a"], "value", "one kind"),
        ("any", "between", [True, False], "value", "one kind"),
        ("any", "<", True, "value", "no order"),
        ("number", "isEmpty", 1, "value", "takes no value"),
        ("string", "matches", "(", "value", "cannot be used"),
        ("string", "matches", "(?=a)", "value", "cannot be used"),
        ("string", "matches", r"(a)\1", "value", "cannot be used"),
        ("string", "matches", "\ud800", "value", "cannot be used"),
        ("string", "matches", "(a{1000}){1000}", "value", "too large"),
        ("string", "startsWith", 1, "value", "must be a string"),
        ("string", "==", LONG, "value", "10,000"),
        ("string", "in", [LONG], "value", "10,000"),
    ],
)
def test_faults_of_a_condition(kind: str, operator: str, value: Any, place: str, message: str) -> None:
    condition = {"column": "a", "operator": operator, "value": value}
    document = {"input_columns": columns(a=kind), "rules": [{"conditions": [condition]}]}
    assert message in faults(document)[f"rules[0].conditions[0].{place}"][0].lower()


def test_an_operator_that_the_column_does_not_list_is_refused() -> None:
    document = {**PRICING, "rules": [rule("r", {"quantity": ("==", 1)})]}
    assert faults(document) == {"rules[0].conditions[0].operator": ["The column 'quantity' takes only >=, <."]}


def test_every_fault_is_found_at_once() -> None:
    rules = [rule(f"r{at}", {"quantity": ("<", "x")}, price="y") for at in range(50)]
    assert len(faults({**PRICING, "rules": rules})) == 100
    many = faults({**PRICING, "rules": [rule(f"s{at}", {"quantity": ("<", "x")}) for at in range(900)]})
    assert len(many) == 200


def test_the_message_names_the_first_place() -> None:
    with pytest.raises(TableInvalid, match=r"hit_policy: 'X' is none of .* \(2 places are wrong.\)"):
        read_table({"hit_policy": "X", "metadata": 1})
    assert TableInvalid({}).message == "The table is not valid."


def test_columns_of_a_table_are_found_by_name() -> None:
    table = read_table(PRICING)
    assert table.input_column("quantity").type == "number"
    assert table.output_column("price").label == "Unit Price"
    for find in (table.input_column, table.output_column):
        with pytest.raises(KeyError):
            find("nobody")


def test_the_words_that_are_stored_and_those_that_are_read_are_the_same() -> None:
    assert tuple(constants.HitPolicy) == words.HIT_POLICIES
    assert tuple(constants.Aggregation) == words.AGGREGATIONS
    assert tuple(constants.ColumnType) == words.TYPES
    assert tuple(constants.Operator) == words.OPERATORS
    assert set(words.OPERATORS_OF) == set(words.TYPES)

"""Sheets as people make them."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from apps.decision_tables.engine.reading import normalized
from apps.decision_tables.interchange.csv_text import read_csv, write_csv
from apps.decision_tables.interchange.xlsx import read_xlsx, write_xlsx
from exprsn.kernel.errors import DomainError, InvalidInput
from tests.decision_tables.engine.tables import PRICING
from tests.decision_tables.interchange.workbooks import workbook

THREE_HEADS = """When,When,Then,Annotation
Quantity,customer_tier,Unit Price,
number,text,number,
>= 100,"gold, silver",8.50,good ones
"[10..100)",-,9,
,,10,
"""


def csv(text: str | bytes) -> dict[str, Any]:
    [found] = read_csv(text if isinstance(text, bytes) else text.encode())
    normalized(found.document)
    return found.document


def heads(document: dict[str, Any]) -> list[str]:
    sides = (document["input_columns"], document["output_columns"])
    return [f"{side} {c['name']}:{c['type']}" for side, columns in zip("io", sides, strict=True) for c in columns]


def test_kinds_names_and_types_in_three_rows() -> None:
    document = csv(THREE_HEADS)
    assert heads(document) == ["i Quantity:number", "i customer_tier:string", "o Unit Price:number"]
    first, second, third = document["rules"]
    assert first == {
        "conditions": [
            {"column": "Quantity", "operator": ">=", "value": 100},
            {"column": "customer_tier", "operator": "in", "value": ["gold", "silver"]},
        ],
        "outputs": {"Unit Price": 8.5},
        "annotation": "good ones",
    }
    assert ([each["operator"] for each in second["conditions"]], third["conditions"]) == ([">=", "<"], [])


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("quantity,tier,out: price", ["i quantity:number", "i tier:string", "o price:number"]),
        ("quantity,in: tier,=> price", ["i quantity:number", "i tier:string", "o price:number"]),
        ("quantity,tier (text),| price (string)", ["i quantity:number", "i tier:string", "o price:string"]),
        ("Quantity %,2nd tier,then: the / price", ["i Quantity:number", "i c_2nd_tier:string", "o the_price:number"]),
        ("Rule,comment,out: price", ["o price:number"]),
        ("a,a,out: a", ["i a:number", "i a_2:string", "o a:number"]),
    ],
)
def test_one_row_of_headers(header: str, expected: list[str]) -> None:
    assert heads(csv(f"{header}\n>= 100,gold,8.5\n< 5,silver,9\n")) == expected


def test_the_last_column_answers_where_none_is_marked() -> None:
    [found] = read_csv(b"quantity;tier;price\n>= 100;gold;8,5\n")
    assert heads(found.document) == ["i quantity:number", "i tier:string", "o price:number"]
    assert found.document["rules"][0]["outputs"] == {"price": 8.5}
    assert [(each["severity"], each["place"]) for each in found.report] == [("warning", "price"), ("info", "content")]


COMMAS = """\
Rule;When;When;Then;Then
Name:;weight;tags;price;note
Type:;number;string;number;string
No match:;;;1.234,5;
r1;1,5;a,b;7,25;1,5
r2;>= 2,5 and < 1.000,5;;8;
r3;"0,5; 1,5";;= max(1,5);
"""


def test_semicolons_between_the_cells_make_commas_decimal() -> None:
    [found] = read_csv(COMMAS.replace('"0,5; 1,5"', "0,5, 1,5").encode())
    first, second, third = found.document["rules"]
    assert first["conditions"][0] == {"column": "weight", "operator": "==", "value": 1.5}
    assert first["conditions"][1]["value"] == ["a", "b"]
    assert first["outputs"] == {"price": 7.25, "note": "1,5"}
    assert [each["value"] for each in second["conditions"]] == [2.5, 1000.5]
    assert third["conditions"][0]["value"] == [0.5, 1.5]
    assert third["outputs"] == {"price": {"feel": "max(1,5)"}}
    assert found.document["default_outputs"] == {"price": 1234.5}
    assert [each["message"][:17] for each in found.report] == ["Commas in numbers"]


def test_the_type_of_a_column_with_decimal_commas_is_guessed() -> None:
    [found] = read_csv(b"a;b\n1,5;x\n")
    assert heads(found.document) == ["i a:number", "o b:string"]
    assert found.document["rules"][0]["conditions"] == [{"column": "a", "operator": "==", "value": 1.5}]


@pytest.mark.parametrize("row", ['"1,5",1', '1,"7,25"', '"1.234,56",1', '1,"1,2,3"'])
def test_between_commas_a_decimal_comma_is_a_fault(row: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_csv(f"a,out: b\n{row}\n".encode())
    assert caught.value.message[:9] in ("A2: Write", "B2: Write")


def test_without_numbers_semicolons_are_not_worth_a_word() -> None:
    [found] = read_csv(b"a;out: b\nx;1\n")
    assert found.report == []


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["yes", "no"], "boolean"), (["2026-01-01", "< 2026-02-01"], "date"), (["2026-01-01T10:00:00Z"], "datetime"),
        (["10:00:00"], "time"), (["P1D", "PT2H..PT4H"], "duration"), (["1", "x"], "string"), (["-"], "string"),
    ],
)  # fmt: skip
def test_types_are_guessed_from_cells(cells: list[str], kind: str) -> None:
    assert csv("\n".join(["a,out: b", *(f"{cell},1" for cell in cells)]))["input_columns"][0]["type"] == kind


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\r\na;out: b\r\nä;1\r\n".encode(),
        "a\tout: b\nä\t1".encode("utf-8-sig"),
        b"\xff\xfe" + "a;out: b\nä;1".encode("utf-16-le"),
        b"\xfe\xff" + "a,out: b\nä,1".encode("utf-16-be"),
        "a,out: b\n\n,,\nä,1,,\n".encode("cp1252"),
    ],
)
def test_encodings_and_separators(data: bytes) -> None:
    [found] = read_csv(data)
    assert found.document["rules"][0]["conditions"][0]["value"] == "ä"
    assert ["Windows-1252" in each["message"] for each in found.report] == [True] * (b"\xe4," in data)


def test_heads_of_joined_cells_and_settings() -> None:
    document = csv(
        "Table:,a-table\nHit policy:,rule order\nRule,When,,Then\nName:,a,b,c\nOperators:,\">=, <\",none,\n"
        'Allowed values:,,"x, y","1, 2"\nDefault:,,,2\nNo match:,,,1\nr1,100,,2\n'.replace("100", ">= 100")
    )  # fmt: skip
    assert (document["hit_policy"], document["default_outputs"]) == ("RULE_ORDER", {"c": 1})
    assert [column.get("operators") for column in document["input_columns"]] == [[">=", "<"], []]
    assert document["input_columns"][1]["allowed_values"] == ["x", "y"]
    assert document["output_columns"][0]["default_value"] == 2


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a (number),out: b\n1,x\ncontains x,", "A3", "no operator contains"),
        ("When,Then\na,b\nnumber,number\n1,cheap", "B4", "no number"),
        ("When,Then\n,b\n1,2", "A2", "has no name"),
        ("Rule,When,Then\nName:,a,b\nType:,money,number", "B3", "no type"),
        ("Rule,When,Then\nName:,a,b\nOperators:,~,", "B3", "no operator"),
        ("Rule,When,Then\nName:,a,b\nType:,number,number\nAllowed values:,x,", "B4", "not all"),
        ("Priority,When,Then\n,a,b\nhigh,1,2", "A3", "whole number"),
        ("Enabled,When,Then\n,a,b\nperhaps,1,2", "A3", "yes or no"),
        ("Metadata:,[]\nWhen,Then\na,b", "content", "Metadata: must be JSON"),
        ("a\n1", "content", "No column is an output"),
        ("a,b", None, ""),
        ("", None, "no columns"),
        ("Hit policy:,FIRST", None, "no columns"),
    ],
)
def test_faults_name_their_cell(text: str, place: str | None, said: str) -> None:
    if place is None and not said:
        assert heads(csv(text)) == ["i a:string", "o b:string"]
        return
    with pytest.raises(DomainError) as refused:
        read_csv(text.encode())
    assert list(refused.value.errors) == ([] if place is None else [place])
    assert said.lower() in refused.value.message.lower()


def test_all_faulty_cells_are_told() -> None:
    with pytest.raises(DomainError) as refused:
        read_csv(b"When,Then\na,b\nnumber,number\ncontains 1,x\n1,y\n")
    assert list(refused.value.errors) == ["A4", "B4", "B5"]


def test_what_looks_like_a_slip_is_told() -> None:
    [found] = read_csv(b"When,When,Then\na,b,c\nnumber,number,number\nhigh,a,1\n")
    assert [each["place"] for each in found.report] == ["A4"]
    assert found.document["rules"][0]["conditions"] == [{"column": "a", "feel": "high"}, {"column": "b", "feel": "a"}]


def test_cells_of_excel_are_read_as_what_they_are() -> None:
    head = [["When"] * 5 + ["Then"], list("abcdef"), ["number", "boolean", "datetime", "time", "duration", "number"]]
    row = [100.0, True, datetime(2026, 1, 1), time(10, 30), timedelta(days=1, hours=2), 8.5]  # noqa: DTZ001
    [found] = read_xlsx(workbook(*head, row))
    normalized(found.document)
    [rule] = found.document["rules"]
    assert [each["value"] for each in rule["conditions"]] == [100, True, "2026-01-01", "10:30:00", "P1DT2H"]
    assert rule["outputs"] == {"f": 8.5}


def test_only_the_first_sheet_is_read_and_the_others_are_told() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(PRICING, "", "")))
    book.create_sheet("Notes")
    out = io.BytesIO()
    book.save(out)
    [found] = read_xlsx(out.getvalue())
    assert (len(found.document["rules"]), [each["severity"] for each in found.report]) == (3, ["info"])


@pytest.mark.parametrize(
    ("cell", "said"), [("=SUM(A1:A2)", "A3: This cell has a formula"), ("#REF!", "A3: This cell has an error")]
)
def test_cells_that_have_no_value_are_refused(cell: str, said: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_xlsx(workbook(["When", "Then"], ["a", "b"], [cell, 1]))
    assert refused.value.message.startswith(said)


def test_no_exported_cell_is_a_formula() -> None:
    rules = [{"outputs": {"price": {"feel": "1 + 1"}}, "annotation": "=HYPERLINK(1)"}, {"annotation": "@x"}]
    document = {**PRICING, "rules": [*rules, {"outputs": {"price": -5}, "annotation": "-5 or less"}]}
    book = load_workbook(io.BytesIO(write_xlsx(document, "", "")))
    assert {cell.data_type for row in book["Decision table"].rows for cell in row} == {"s", "n"}
    cells = write_csv(document, "", "").decode("utf-8-sig").replace("\r\n", ",").split(",")
    assert [cell for cell in cells if cell[:1] in tuple("=+-@")] == ["-5"]
    assert "'=HYPERLINK(1)" in cells

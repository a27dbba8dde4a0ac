"""A table that is exported and imported is the same table, in every format."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.reading import normalized
from apps.decision_tables.interchange.csv_text import read_csv, write_csv
from apps.decision_tables.interchange.formats import FORMATS
from apps.decision_tables.interchange.xlsx import read_xlsx, write_xlsx
from tests.decision_tables.engine.strategies import tables
from tests.decision_tables.engine.tables import PRICING

SHEETS = {"csv": (write_csv, read_csv), "xlsx": (write_xlsx, read_xlsx)}
EVERYTHING: dict[str, Any] = {
    "hit_policy": "COLLECT",
    "aggregation": "list",
    "input_columns": [
        {"name": "customer.tier", "type": "string", "label": "Tier\nof the customer", "expression": "lower case(x)"},
        {"name": "due", "type": "date", "allowed_values": ["2026-01-01", "2026-02-01"], "operators": []},
        {"name": "tags", "type": "list", "operators": ["contains"]},
        {"name": "x", "type": "any"},
    ],
    "output_columns": [
        {"name": "x", "type": "string", "default_value": "=1+1"},
        {"name": "days", "type": "duration", "allowed_values": ["P1D", "PT2H"]},
        {"name": "free", "type": "any", "default_value": {"a": [1.5, None, True]}},
    ],
    "rules": [
        {"id": "Rules:", "conditions": [{"column": "tags", "operator": "contains", "value": 5}], "annotation": "'= -"},
        {"id": "Type:", "conditions": [{"column": "x", "operator": "in", "value": []}], "enabled": False},
        {"id": " r ", "outputs": {"x": {"feel": "x"}, "days": "P1D", "free": None}, "priority": 7},
        {"id": "json:", "outputs": {"x": " a\r\n\x07_x005F_x000D_\u2028"}, "annotation": "+cmd|' /C calc'!A0\t"},
        {"conditions": [{"column": "x", "feel": "? > 1\nand ? < 5"}, {"column": "x", "operator": "isEmpty"}]},
        {"conditions": [{"column": "customer.tier", "operator": "matches", "value": '"[a-z]+"'}]},
        {"outputs": {"free": True}},
        {"outputs": {"free": 123456789012345678901234567890}},
    ],
    "default_outputs": {"x": None, "free": "-"},
    "metadata": {"a": "x005F_" * 3000},
    "requires": [{"table": "other", "inputs": {"a": "x"}, "provides": {"due": "b"}}],
}


def same(document: Mapping[str, Any]) -> Any:
    """A document in which the order of conditions of different columns, which means nothing, is always the same."""
    whole = deepcopy(normalized(document))
    names = [column["name"] for column in whole["input_columns"]]
    for rule in whole["rules"]:
        rule["conditions"].sort(key=lambda condition: names.index(condition["column"]))
    return whole


def carried(document: Mapping[str, Any], format_name: str) -> Any:
    write, read = SHEETS[format_name]
    [found] = read(write(document, "a-table", "A table"))
    assert (found.name, found.label, found.report) == ("a-table", "A table", [])
    return found.document


@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
@pytest.mark.parametrize("document", [PRICING, EVERYTHING], ids=["pricing", "everything"])
def test_a_table_comes_back(document: dict[str, Any], format_name: str) -> None:
    assert same(carried(document, format_name)) == same(document)


@settings(max_examples=80, deadline=None)
@given(tables())
def test_any_table_comes_back_from_csv(document: dict[str, Any]) -> None:
    assert same(carried(document, "csv")) == same(document)


@settings(max_examples=25, deadline=None)
@given(tables())
def test_any_table_comes_back_from_a_workbook(document: dict[str, Any]) -> None:
    assert same(carried(document, "xlsx")) == same(document)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=4), st.sampled_from(["==", "!=", "<", "contains", "in"]))
def test_any_text_comes_back(texts: list[str], operator: str) -> None:
    texts = [text.encode("utf-8", "ignore").decode().replace("\x00", "") for text in texts]
    document = {
        "input_columns": [{"name": "a", "type": "string"}],
        "output_columns": [{"name": "b", "type": "string"}],
        "rules": [
            {
                "conditions": [{"column": "a", "operator": operator, "value": texts if operator == "in" else text}],
                "outputs": {"b": text},
                "annotation": text,
            }
            for text in texts
        ],
    }
    assert same(carried(document, "csv")) == same(document)


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_example_answers_the_same_in_every_format(format_name: str) -> None:
    form = FORMATS[format_name]
    [found] = form.read(form.write(PRICING, "product-pricing", "Product pricing", "shop"))
    assert found.application == "shop"
    assert [rule["outputs"] for rule in normalized(found.document)["rules"]] == [
        {"price": 8.5, "discount": 15}, {"price": 9.5, "discount": 10}, {"price": 9, "discount": 10},
    ]  # fmt: skip

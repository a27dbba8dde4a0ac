"""Test cases of a table: what is compared, and what is covered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from apps.decision_tables.engine.compiling import compile_table
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.engine.sameness import same_json
from apps.decision_tables.engine.testing import TestReport, run_cases


def at_least(quantity: float) -> dict[str, Any]:
    return {"column": "quantity", "operator": ">=", "value": quantity}


TABLE: dict[str, Any] = {
    "input_columns": [{"name": "quantity", "type": "number"}],
    "output_columns": [{"name": "price", "type": "number"}, {"name": "note", "type": "string"}],
    "rules": [
        {"id": "many", "conditions": [at_least(100)], "outputs": {"price": 0.3, "note": "much"}},
        {"id": "some", "conditions": [at_least(10)], "outputs": {"price": 9}},
        {"id": "off", "enabled": False},
    ],
    "default_outputs": {"price": 10},
}


def run(*cases: dict[str, Any], **members: Any) -> TestReport:
    return run_cases(compile_table(read_table({**TABLE, **members})), cases)


def case(quantity: Any, **expected: Any) -> dict[str, Any]:
    return {"id": "1", "name": "A case", "inputs": {"quantity": quantity}, "expected": expected}


@pytest.mark.parametrize(
    "good",
    [
        case(150, outputs={"price": 0.30}, matched=True, rule_ids=["many"]),
        case(150, outputs={"note": "much"}),
        case(20, outputs={"price": 9.0}),
        case(1, outputs={"price": 10}, matched=False, rule_ids=[]),
        case("x", error="invalid_input"),
        case(1),
        {},
    ],
)
def test_what_is_as_expected_passes(good: dict[str, Any]) -> None:
    assert run(good).passed


@pytest.mark.parametrize(
    ("bad", "path", "expected", "actual"),
    [
        (case(150, outputs={"price": 9}), "outputs.price", 9, 0.3),
        (case(150, outputs={"other": 9}), "outputs.other", 9, None),
        (case(150, matched=False), "matched", False, True),
        (case(150, rule_ids=["some"]), "rule_ids", ["some"], ["many"]),
        (case("x", outputs={"price": 9}), "error", None, "invalid_input"),
        (case("x", error="expression_failed"), "error", "expression_failed", "invalid_input"),
        (case(5, error="invalid_input"), "error", "invalid_input", None),
    ],
)
def test_what_is_not_is_named(bad: dict[str, Any], path: str, expected: Any, actual: Any) -> None:
    report = run(bad).as_json()
    (difference,) = report["cases"][0]["differences"]
    assert difference == {"path": path, "expected": expected, "actual": actual}
    assert report["totals"] == {"passed": 0, "failed": 1} and report["cases"][0]["name"] == "A case"


def test_coverage_counts_the_rules_that_answered() -> None:
    report = run(case(150), case(200, matched=False), case(1)).as_json()
    assert report["coverage"] == {"rules": {"many": 2, "some": 0}, "share": 0.5}
    assert run(rules=[]).share == 1.0 and run().passed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True), (0.1, Decimal("0.10"), True), (True, 1, False), (True, True, True), (None, None, True),
        ("1", 1, False), ([1, 2], [1.0, 2], True), ([1], [1, 2], False), ({"a": 1, "b": 2}, {"b": 2, "a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False), ({}, [], False), (None, False, False),
    ],
)  # fmt: skip
def test_values_are_compared_as_json(one: Any, other: Any, same: bool) -> None:
    assert same_json(one, other) is same

"""The example table of the documentation."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.faults import EvaluationError
from tests.decision_tables.engine.tables import PRICING, compiled


@pytest.mark.parametrize(
    ("inputs", "price", "discount", "rules"),
    [
        ({"quantity": 150, "customer_tier": "premium"}, 8.5, 15, ["r1"]),
        ({"quantity": 100, "customer_tier": "premium"}, 8.5, 15, ["r1"]),
        ({"quantity": 99.99, "customer_tier": "premium"}, 9.5, 10, ["r2"]),
        ({"quantity": 100.0, "customer_tier": "standard"}, 9, 10, ["r3"]),
        ({"quantity": 5, "customer_tier": "standard"}, 10, 0, []),
        ({"customer_tier": "premium"}, 9.5, 10, ["r2"]),
        ({"quantity": None}, 10, 0, []),
        ({}, 10, 0, []),
        ({"quantity": 500, "colour": ["is", "ignored"]}, 9, 10, ["r3"]),
    ],
)
def test_prices(inputs: dict[str, Any], price: float, discount: int, rules: list[str]) -> None:
    assert compiled(PRICING).evaluate(inputs).as_json() == {
        "matched": bool(rules),
        "outputs": {"price": price, "discount": discount},
        "rule_ids": rules,
    }


def test_an_explanation_shows_all_matches_and_every_comparison() -> None:
    answer = compiled(PRICING).evaluate({"quantity": 150, "customer_tier": "basic"}, explain=True).as_json()
    assert answer["all_matches"] == [{"rule_id": "r3", "outputs": {"price": 9, "discount": 10}}]
    assert answer["trace"]["rules"][0] == {
        "rule_id": "r1",
        "matched": False,
        "conditions": [
            {"column": "quantity", "operator": ">=", "value": 100, "input": 150, "held": True},
            {"column": "customer_tier", "operator": "==", "value": "premium", "input": "basic", "held": False},
        ],
    }
    assert [rule["matched"] for rule in answer["trace"]["rules"]] == [False, False, True]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("quantity", "150"),
        ("quantity", True),
        ("quantity", [1]),
        ("quantity", float("nan")),
        ("quantity", float("inf")),
        ("quantity", float("-inf")),
        ("customer_tier", 7),
        ("customer_tier", {"is": "premium"}),
    ],
)
def test_a_wrong_type_is_an_error_of_that_input(column: str, value: Any) -> None:
    with pytest.raises(EvaluationError) as caught:
        compiled(PRICING).evaluate({"quantity": 1, "customer_tier": "premium", column: value})
    expected = {"quantity": "number", "customer_tier": "string"}[column]
    assert (caught.value.code, caught.value.http_status) == ("invalid_input", 422)
    assert caught.value.params["column"] == column
    assert caught.value.params["expected"] == expected
    assert list(caught.value.errors) == [f"inputs.{column}"]


def test_all_wrong_inputs_are_named_at_once() -> None:
    with pytest.raises(EvaluationError) as caught:
        compiled(PRICING).evaluate({"quantity": "many", "customer_tier": 1})
    assert list(caught.value.errors) == ["inputs.quantity", "inputs.customer_tier"]


def test_inputs_must_be_an_object() -> None:
    with pytest.raises(EvaluationError, match="must be an object"):
        compiled(PRICING).evaluate([1])  # type: ignore[arg-type]


def test_a_batch_has_errors_per_row() -> None:
    rows: list[Any] = [{"quantity": 150}, {"quantity": "x"}, {"customer_tier": "premium"}, None]
    found = compiled(PRICING).evaluate_batch(rows)
    assert [answer.code if isinstance(answer, EvaluationError) else answer.rule_ids for answer in found] == [
        ["r3"],
        "invalid_input",
        ["r2"],
        "invalid_input",
    ]


def test_a_long_batch_keeps_its_order() -> None:
    rows = [{"quantity": at % 200, "customer_tier": "premium"} for at in range(1_000)]
    found = compiled(PRICING).evaluate_batch(rows)
    assert [answer.rule_ids for answer in found] == [["r1"] if at % 200 >= 100 else ["r2"] for at in range(1_000)]


def test_a_batch_can_be_explained() -> None:
    (answer,) = compiled(PRICING).evaluate_batch([{"quantity": 150}], explain=True)
    assert len(answer.trace["rules"]) == 3


def test_answers_cannot_be_spoilt_by_who_gets_them() -> None:
    table = compiled(PRICING)
    table.evaluate({"quantity": 150}).outputs["price"] = 0
    table.evaluate({"quantity": 150}).rule_ids.append("r9")
    assert table.evaluate({"quantity": 150}).as_json()["outputs"] == {"price": 9, "discount": 10}
    assert table.evaluate({"quantity": 150}).rule_ids == ["r3"]

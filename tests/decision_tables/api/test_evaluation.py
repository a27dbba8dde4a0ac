"""Evaluating over HTTP: which version answers, exact numbers, batches and their errors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.accounts.constants import Role
from apps.decision_tables.services import evaluation
from tests.decision_tables.pricing import API, MANY_PREMIUM, PRICING, at, call, create, done, publish, refusal
from tests.hostile import send
from tests.people import Person, make_person

pytestmark = pytest.mark.django_db


def ask(person: Person, inputs: Any, name: str = "product-pricing", **more: Any) -> Any:
    return call(person, "post", at(name, "evaluate"), {"inputs": inputs, **more})


@pytest.fixture
def operator(owner: Person) -> Person:
    """May run, but not write."""
    return make_person("operator@example.com", owner.organization, Role.OPERATOR)


@pytest.mark.parametrize(
    ("inputs", "matched", "price", "discount", "rules"),
    [
        (MANY_PREMIUM, True, 8.5, 15, ["r1"]),
        ({"quantity": 1, "customer_tier": "premium"}, True, 9.5, 10, ["r2"]),
        ({"quantity": 100, "customer_tier": "standard"}, True, 9, 10, ["r3"]),
        ({"quantity": 99, "customer_tier": "standard"}, False, 10, 0, []),
        ({}, False, 10, 0, []),
    ],
)
def test_the_example_answers(
    owner: Person, inputs: Any, matched: bool, price: float, discount: int, rules: list[str]
) -> None:
    create(owner)
    publish(owner)
    assert ask(owner, inputs).json() == {
        "matched": matched, "outputs": {"price": price, "discount": discount}, "rule_ids": rules,
        "version": 1, "table": "product-pricing",
    }  # fmt: skip


def test_what_is_published_answers_whatever_becomes_of_the_draft(owner: Person, operator: Person) -> None:
    create(owner)
    publish(owner)
    done(owner, "patch", at("product-pricing"), {"rules": [], "default_outputs": {"price": 1, "discount": 1}})
    prices = {
        version: ask(owner, MANY_PREMIUM, version=version).json()["outputs"]["price"]
        for version in ("published", "draft", 1)
    }
    assert prices == {"published": 8.5, "draft": 1, 1: 8.5}
    assert ask(operator, MANY_PREMIUM).json()["version"] == 1
    assert refusal(ask(operator, MANY_PREMIUM, version="draft")) == (403, "permission_denied")


def test_before_it_is_published_the_draft_answers_those_who_may_write(owner: Person, operator: Person) -> None:
    create(owner)
    assert ask(owner, MANY_PREMIUM).json()["version"] == "draft"
    for version in ("published", "draft"):
        assert refusal(ask(operator, MANY_PREMIUM, version=version)) == (409, "not_published")
    assert refusal(ask(owner, MANY_PREMIUM, version=1)) == (404, "version_not_found")


def test_every_edit_of_a_draft_counts_at_once(owner: Person) -> None:
    create(owner)
    for price in (1, 2, 3):
        done(owner, "patch", at("product-pricing"), {"rules": [], "default_outputs": {"price": price, "discount": 0}})
        assert ask(owner, {}).json()["outputs"]["price"] == price


def test_an_input_of_the_wrong_type_is_named(owner: Person) -> None:
    create(owner)
    for quantity in ("150", True, [1], {}):
        answer = ask(owner, {"quantity": quantity, "customer_tier": "premium"})
        assert refusal(answer) == (422, "invalid_input")
        assert list(answer.json()["errors"]) == ["inputs.quantity"]
        assert (answer.json()["column"], answer.json()["expected"]) == ("quantity", "number")


def test_two_rules_of_a_unique_table_are_named(owner: Person) -> None:
    create(owner, hit_policy="UNIQUE")
    answer = ask(owner, MANY_PREMIUM)
    assert (refusal(answer), answer.json()["rules"]) == ((422, "multiple_rules_matched"), ["r1", "r2", "r3"])


def test_numbers_stay_exact(owner: Person) -> None:
    columns = {
        "input_columns": [{"name": name, "type": "number"} for name in "ab"],
        "output_columns": [{"name": "sum", "type": "number"}],
    }
    done(owner, "post", API, {"name": "sum", **columns, "rules": [{"outputs": {"sum": {"feel": "a + b"}}}]})
    body = b'{"inputs": {"a": 0.1, "b": 0.2}}', b'{"inputs": {"a": 12345678901234567890.01, "b": 0.02}}'
    answers = [send(owner.api, "POST", at("sum", "evaluate"), each).content for each in body]
    assert b'"sum":0.3}' in answers[0]
    assert b'"sum":12345678901234567890.03}' in answers[1]


def test_the_trace_says_which_conditions_held(owner: Person) -> None:
    create(owner)
    answer = ask(owner, {"quantity": 5, "customer_tier": "premium"}, explain=True).json()
    traced = {rule["rule_id"]: [each["held"] for each in rule["conditions"]] for rule in answer["trace"]["rules"]}
    assert sorted(traced["r1"]) == [False, True]
    assert (traced["r2"], traced["r3"]) == ([True], [False])
    assert [match["rule_id"] for match in answer["all_matches"]] == ["r2"]


def test_rows_of_a_batch_have_errors_of_their_own(owner: Person) -> None:
    create(owner)
    publish(owner)
    rows = [MANY_PREMIUM, {"quantity": "many"}, {}]
    answer = done(owner, "post", at("product-pricing", "evaluate-batch"), {"inputs": rows})
    assert [row["index"] for row in answer["results"]] == [0, 1, 2]
    assert [row.get("outputs", {}).get("price") for row in answer["results"]] == [8.5, None, 10]
    assert answer["results"][1]["error"]["code"] == "invalid_input"
    assert list(answer["results"][1]["error"]["errors"]) == ["inputs.quantity"]
    assert (answer["version"], answer["table"]) == (1, "product-pricing")


def test_a_batch_has_a_limit_that_is_named(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    create(owner)
    monkeypatch.setattr(evaluation, "MAX_ROWS", 2)
    answer = call(owner, "post", at("product-pricing", "evaluate-batch"), {"inputs": [{}] * 3})
    assert (refusal(answer), answer.json()["limit"]) == ((422, "too_many_rows"), 2)


def test_versions_are_numbers_or_one_of_two_words(owner: Person) -> None:
    create(owner)
    for version in ("latest", 0, -1, 1.5, True, None, [], 2**40, "1e3", "٣"):
        answer = ask(owner, {}, version=version)
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["version"]), version


def test_a_number_may_come_as_text(owner: Person) -> None:
    create(owner)
    publish(owner)
    assert ask(owner, MANY_PREMIUM, version="1").json()["version"] == 1


def test_findings_name_rules_and_propose_one(owner: Person) -> None:
    create(owner)
    kept = done(owner, "post", at("product-pricing", "verify"), {})
    without = {name: value for name, value in PRICING.items() if name != "default_outputs"}
    sent = done(owner, "post", at("product-pricing", "verify"), {"document": without})
    assert "gap" not in {finding["kind"] for finding in kept["findings"]}
    gap = next(finding for finding in sent["findings"] if finding["kind"] == "gap")
    assert gap["proposed_rule"]["conditions"]
    assert ask(owner, gap["example"]).json()["matched"] is False
    broken = {**PRICING, "rules": [{"conditions": [{"column": "quantity", "operator": ">=", "value": "x"}]}]}
    found = done(owner, "post", at("product-pricing", "verify"), {"document": broken})["findings"]
    assert [finding["kind"] for finding in found] == ["type_error"]


def test_a_text_is_checked_as_a_cell_holds_it(mate: Person) -> None:
    for text, kind, position in (
        ("[18..65)", "unary_tests", None),
        ("-", "unary_tests", None),
        ("1 +", "expression", 3),
        ("< (", "unary_tests", 3),
    ):
        found = done(mate, "post", at("feel", "check"), {"text": text, "kind": kind})
        assert (found["ok"], found["position"]) == (position is None, position)
        assert (found["message"] is None) == found["ok"]
    long = done(mate, "post", at("feel", "check"), {"text": "1" * 10_001})
    assert long["ok"] is False


def test_names_may_hold_spaces_and_words_of_the_language(mate: Person) -> None:
    body = {"text": "profit and loss * 2", "kind": "expression", "names": ["profit and loss"]}
    assert done(mate, "post", at("feel", "check"), body)["ok"]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("> abc", ["abc"]), ("? > a + max(b, nosuch)", ["b", "nosuch"]), ("orders[amount > 5]", ["orders"]), ("> (", [])],
)
def test_names_that_mean_nothing_are_told(mate: Person, text: str, unknown: list[str]) -> None:
    found = done(mate, "post", at("feel", "check"), {"text": text, "names": ["a"]})
    assert found["unknown_names"] == unknown


def test_an_answer_is_json_by_its_type(owner: Person) -> None:
    create(owner)
    answer = ask(owner, MANY_PREMIUM)
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["outputs"] == {"price": 8.5, "discount": 15}

"""Bad bodies of every kind: a 4xx with a code and the place, never a 5xx, and nothing is changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from apps.decision_tables.models import DecisionTable, DecisionTestCase
from apps.decision_tables.services import documents
from tests.decision_tables.pricing import API, PRICING, at, call, create, publish, refusal
from tests.hostile import JSON_TEXTS, TEXTS, send, with_value
from tests.people import Person

pytestmark = pytest.mark.django_db
COLUMN = {"name": "a", "type": "number"}
FIRST = "rules[0].conditions[0]"


def taken(body: dict[str, Any]) -> dict[str, Any]:
    return {"name": "fine", "input_columns": [COLUMN], "output_columns": [{"name": "b", "type": "any"}], **body}


UNREADABLE = [
    (b'{"name": "x",', "line 1"),
    (b'{"name": NaN}', "line 1"),
    (b'{"name": "\\ud800"}', "line 1"),
    (b'{"rules": [{"id": "\\u0000"}]}', "rules[0].id"),
    (b'{"inputs": {"a": "\\u0000"}}', "inputs.a"),
    (b"[" * 5000, "nested"),
]


def test_what_cannot_be_read_is_refused_with_the_place(owner: Person) -> None:
    create(owner)
    doors = [API, at("product-pricing", "evaluate"), at("import"), at("product-pricing", "tests")]
    for body, said in UNREADABLE:
        for path in doors:
            answer = send(owner.api, "POST", path, body)
            assert (path, answer.status_code) == (path, 400)
            assert said in answer.json()["detail"]
    assert DecisionTable.plain.count() == 1


FAULTS: list[tuple[dict[str, Any], str]] = [
    (
        {"rules": [{"conditions": [{"column": "a", "operator": "==", "value": "x"}]}]},
        f"{FIRST}.value",
    ),
    ({"rules": [{"conditions": [{"column": "z", "operator": "==", "value": 1}]}]}, f"{FIRST}.column"),
    (
        {"rules": [{"conditions": [{"column": "a", "operator": "~", "value": 1}]}]},
        f"{FIRST}.operator",
    ),
    ({"rules": [{"outputs": {"z": 1}}]}, "rules[0].outputs.z"),
    ({"rules": [{"id": "r"}, {"id": "r"}]}, "rules[1].id"),
    ({"rules": [{"conditions": [{"column": "a", "feel": "< ("}]}]}, f"{FIRST}.feel"),
    ({"hit_policy": "LAST"}, "hit_policy"),
    ({"aggregation": "median", "hit_policy": "COLLECT"}, "aggregation"),
    ({"input_columns": [{"name": "a", "type": "money"}]}, "input_columns[0].type"),
    ({"input_columns": [COLUMN, COLUMN]}, "input_columns[1].name"),
    ({"rules": "x"}, "rules"),
    ({"rules": [1]}, "rules"),
    ({"default_outputs": []}, "default_outputs"),
    ({"name": "With Space"}, "name"),
    ({"application": "no slug"}, "application"),
]


def test_faults_of_a_table_are_named_by_path(owner: Person) -> None:
    for body, place in FAULTS:
        answer = call(owner, "post", API, taken(body))
        assert answer.status_code == 422, answer.content
        assert any(found.startswith(place) for found in answer.json()["errors"]), answer.json()["errors"]
    assert not DecisionTable.plain.exists()


def test_limits_are_named(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = call(owner, "post", API, taken({"rules": [{}] * 10_001}))
    columns = [{"name": f"c{number}", "type": "any"} for number in range(101)]
    wide = call(owner, "post", API, taken({"input_columns": columns}))
    long = call(owner, "post", API, taken({"rules": [{"outputs": {"b": "x" * 10_001}}]}))
    told = [(answer.status_code, answer.json()["detail"]) for answer in (rows, wide, long)]
    assert [status for status, _ in told] == [422, 422, 422]
    for (_, detail), limit in zip(told, ("10,000", "100", "10,000"), strict=True):
        assert limit in detail or limit.replace(",", "") in detail
    monkeypatch.setattr(documents, "MAX_BYTES", 500)
    assert refusal(call(owner, "post", API, PRICING | {"name": "fine"})) == (413, "table_too_large")


def test_large_bodies_are_refused(owner: Person) -> None:
    create(owner)
    body = b'{"inputs": {"a": "' + b"x" * (16 * 1024 * 1024) + b'"}}'
    assert refusal(send(owner.api, "POST", at("product-pricing", "evaluate"), body)) == (413, "body_too_large")


_RULE = {"id": "r", "conditions": [{"column": "a", "operator": "==", "value": 1}], "outputs": {"b": 1}}
_WHOLE = taken({"rules": [_RULE], "label": "L", "default_outputs": {"b": 1}, "metadata": {"m": 1}, "requires": []})
_ASKED = {"inputs": {"quantity": 1, "customer_tier": "x"}, "version": 1, "explain": False}
_CASE = {"name": "T", "inputs": {"quantity": 1}, "expected": {"matched": True, "outputs": {"price": 1}}}
INSIDE: dict[str, list[tuple[Any, ...]]] = {
    API: [("rules", 0, "conditions", 0, "value"), ("rules", 0, "outputs", "b")],
    at("product-pricing", "evaluate"): [("inputs", "quantity"), ("inputs", "customer_tier")],
    at("product-pricing", "tests"): [("expected", "matched"), ("expected", "outputs")],
}


@pytest.mark.parametrize(("path", "body"), list(zip(INSIDE, (_WHOLE, _ASKED, _CASE), strict=True)))
def test_no_value_of_a_field_is_a_fault_of_ours(owner: Person, path: str, body: dict[str, Any]) -> None:
    create(owner)
    publish(owner)
    faults = []
    for number, place in enumerate([*((name,) for name in body), *INSIDE[path]]):
        for text in JSON_TEXTS[number % 5 :: 5]:  # a share of them in each place, which together are all
            before = transaction.savepoint()
            answer = send(owner.api, "POST", path, with_value(body, place, text))
            transaction.savepoint_rollback(before)
            if answer.status_code >= 500:
                faults.append((place, text[:40], answer.content))
    assert faults == []


def test_any_query_is_answered(owner: Person) -> None:
    create(owner)
    inner = [("diff", "from"), ("stats", "days"), ("export", "format")]
    doors = [*((API, name) for name in ("search", "application", "cursor"))]
    doors += [(at("product-pricing", path), name) for path, name in inner]
    for number, (path, name) in enumerate(doors):
        for text in TEXTS[number % 2 :: 2]:
            assert owner.api.get(path, {name: text}).status_code < 500, (path, name, text)


FAULTS_OF_TESTS: list[tuple[dict[str, Any], str]] = [
    ({}, "name"),
    ({"name": "T", "inputs": []}, "inputs"),
    ({"name": "T", "expected": {"price": 1}}, "expected.price"),
    ({"name": "T", "expected": {"matched": "yes"}}, "expected.matched"),
    ({"name": "T", "expected": {"rule_ids": [1]}}, "expected.rule_ids"),
    ({"name": "T", "expected": {"error": "invalid_input", "outputs": {}}}, "expected.error"),
    ({"from_evaluation": {}}, "from_evaluation.inputs"),
    ({"from_evaluation": {"inputs": {}, "version": "latest"}}, "from_evaluation.version"),
]


def test_faults_of_a_test_are_named_by_path(owner: Person) -> None:
    create(owner)
    for body, place in FAULTS_OF_TESTS:
        answer = call(owner, "post", at("product-pricing", "tests"), body)
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [place])
    assert not DecisionTestCase.plain.exists()

"""Tests of tables over HTTP: written, recorded, run."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.models import DecisionTestCase
from apps.decision_tables.services.test_cases import storing
from tests.decision_tables.pricing import MANY_PREMIUM, at, call, create, done, publish, refusal
from tests.people import Person

pytestmark = pytest.mark.django_db
NAME = "product-pricing"
CASE = {"name": "Premium, many", "inputs": MANY_PREMIUM, "expected": {"outputs": {"price": 8.5}}}


def add(person: Person, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = done(person, "post", at(NAME, "tests"), {**CASE, **changes})
    return made


def test_a_test_is_written_read_replaced_and_deleted(owner: Person) -> None:
    create(owner)
    made = add(owner)
    assert (made["inputs"], made["expected"], made["last_result"]) == (CASE["inputs"], CASE["expected"], None)
    replaced = done(owner, "put", at(NAME, "tests", made["id"]), {"name": "Other", "expected": {"matched": False}})
    assert (replaced["name"], replaced["inputs"], replaced["expected"]) == ("Other", {}, {"matched": False})
    assert done(owner, "get", at(NAME, "tests", made["id"])) == replaced
    done(owner, "delete", at(NAME, "tests", made["id"]))
    assert refusal(call(owner, "get", at(NAME, "tests", made["id"]))) == (404, "test_not_found")


def test_tests_stand_in_their_order(owner: Person) -> None:
    create(owner)
    ids = [add(owner, name=name)["id"] for name in ("One", "Two")]
    done(owner, "put", at(NAME, "tests", ids[0]), {**CASE, "name": "One", "position": 5})
    assert [item["name"] for item in done(owner, "get", at(NAME, "tests"))["items"]] == ["Two", "One"]


def test_a_write_that_is_based_on_something_older_is_refused(owner: Person) -> None:
    create(owner)
    path = at(NAME, "tests", add(owner)["id"])
    tag = owner.api.get(path)["ETag"]
    assert call(owner, "put", path, CASE, **{"If-Match": tag}).status_code == 200
    assert refusal(call(owner, "put", path, CASE, **{"If-Match": tag})) == (412, "stale_write")
    assert owner.api.put(path, CASE, format="json").status_code == 200


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ({"matched": True, "outputs": {"price": 8.5, "discount": 15}, "rule_ids": ["r1"]}, None),
        ({}, None),
        ({"outputs": {"price": 8.50}}, None),
        ({"outputs": {"price": 9}}, "outputs.price"),
        ({"rule_ids": ["r2"]}, "rule_ids"),
        ({"matched": False}, "matched"),
        ({"error": "invalid_input"}, "error"),
    ],
)
def test_only_what_is_expected_is_compared(owner: Person, expected: dict[str, Any], path: str | None) -> None:
    create(owner)
    add(owner, expected=expected)
    report = done(owner, "post", at(NAME, "tests", "run"), {})
    assert [each["path"] for each in report["cases"][0]["differences"]] == ([path] if path else [])
    assert report["passed"] is (path is None)


def test_an_error_can_be_expected(owner: Person) -> None:
    create(owner)
    add(owner, inputs={"quantity": "many"}, expected={"error": "invalid_input"})
    assert done(owner, "post", at(NAME, "tests", "run"), {})["passed"] is True


def test_a_run_tells_what_is_covered_and_stays_with_the_test(owner: Person) -> None:
    create(owner)
    publish(owner)
    made = add(owner)
    report = done(owner, "post", at(NAME, "tests", "run"), {"version": 1, "tests": [made["id"]]})
    assert report["coverage"]["rules"] == {"r1": 1, "r2": 0, "r3": 0}
    assert (report["version"], report["totals"]) == (1, {"passed": 1, "failed": 0})
    kept = done(owner, "get", at(NAME, "tests", made["id"]))
    assert (kept["last_result"]["passed"], kept["last_result"]["version"]) == (True, 1)
    assert kept["updated_at"] == made["updated_at"]


def test_tests_that_are_not_there_cannot_be_run(owner: Person) -> None:
    create(owner)
    body = {"tests": ["0b7e2ba2-3c11-4bd1-9e27-6f5c35a4d1aa"]}
    assert refusal(call(owner, "post", at(NAME, "tests", "run"), body)) == (404, "test_not_found")
    assert refusal(call(owner, "post", at(NAME, "tests", "run"), {"version": "published"})) == (409, "not_published")


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (MANY_PREMIUM, {"matched": True, "outputs": {"price": 8.5, "discount": 15}, "rule_ids": ["r1"]}),
        ({"quantity": "many"}, {"error": "invalid_input"}),
    ],
)
def test_a_recorded_test_passes(owner: Person, inputs: dict[str, Any], expected: dict[str, Any]) -> None:
    create(owner)
    made = done(owner, "post", at(NAME, "tests"), {"from_evaluation": {"inputs": inputs}})
    assert (made["inputs"], made["expected"]) == (inputs, expected)
    assert made["name"].startswith("Recorded ")
    assert done(owner, "post", at(NAME, "tests", "run"), {})["passed"] is True


def test_a_recorded_test_may_be_called_something_and_be_of_a_version(owner: Person) -> None:
    create(owner)
    publish(owner)
    done(owner, "patch", at(NAME), {"rules": []})
    body = {"name": "As published", "from_evaluation": {"inputs": MANY_PREMIUM, "version": "published"}}
    made = done(owner, "post", at(NAME, "tests"), body)
    assert (made["name"], made["expected"]["rule_ids"]) == ("As published", ["r1"])


def test_there_are_limits(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    create(owner)
    monkeypatch.setattr(storing, "MAX_TESTS", 1)
    add(owner)
    assert refusal(call(owner, "post", at(NAME, "tests"), CASE)) == (409, "too_many_tests")
    monkeypatch.setattr(storing, "MAX_TESTS", 5)
    long = {**CASE, "inputs": {"customer_tier": "x" * storing.MAX_BYTES}}
    assert refusal(call(owner, "post", at(NAME, "tests"), long)) == (413, "test_too_large")
    assert DecisionTestCase.plain.count() == 1

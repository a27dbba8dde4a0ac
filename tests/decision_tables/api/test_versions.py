"""Publishing, versions, differences and what comes back."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.models import AuditEvent
from apps.decision_tables.models import DecisionTableVersion
from tests.decision_tables.pricing import MANY_PREMIUM, PRICING, at, call, create, done, publish, refusal
from tests.people import Person

pytestmark = pytest.mark.django_db
NAME = "product-pricing"


def listed(person: Person) -> list[tuple[Any, ...]]:
    rows = person.api.get(at(NAME, "versions")).json()["items"]
    return [(row["number"], row["message"], row["is_published"]) for row in rows]


def edit(person: Person, price: float) -> Any:
    return done(person, "patch", at(NAME), {"default_outputs": {"price": price, "discount": 0}})


def test_each_change_that_is_published_is_a_version(owner: Person) -> None:
    create(owner)
    first = publish(owner, message="First")
    assert (first["version"], first["published_version"]) == (1, 1)
    assert edit(owner, 11)["version"] == 2
    second = publish(owner, message="Dearer")
    assert (second["version"], second["published_version"]) == (2, 2)
    assert listed(owner) == [(2, "Dearer", True), (1, "First", False)]


def test_publishing_again_without_a_change_makes_no_version(owner: Person) -> None:
    create(owner)
    publish(owner, message="First")
    publish(owner)
    publish(owner, message="First")
    assert listed(owner) == [(1, "First", True)]
    publish(owner, message="By another name")
    assert listed(owner) == [(2, "By another name", True), (1, "First", False)]


def test_a_version_never_changes(owner: Person) -> None:
    made = create(owner)
    publish(owner)
    edit(owner, 11)
    kept = done(owner, "get", at(NAME, "versions", 1))
    assert kept["document"]["default_outputs"] == made["default_outputs"]
    assert (kept["author"], kept["rule_count"]) == ("owner@example.com", 3)


def test_an_earlier_version_is_published_again(owner: Person) -> None:
    create(owner)
    publish(owner)
    edit(owner, 11)
    publish(owner)
    back = publish(owner, version=1)
    assert (back["published_version"], back["default_outputs"]["price"]) == (1, 11)
    assert done(owner, "post", at(NAME, "evaluate"), {"inputs": {}})["outputs"]["price"] == 10
    assert refusal(call(owner, "post", at(NAME, "publish"), {"version": 9})) == (404, "version_not_found")


def test_a_version_that_is_not_there(owner: Person) -> None:
    create(owner)
    for number in (0, 3, 2**31, 2**70):
        assert refusal(owner.api.get(at(NAME, "versions", number))) == (404, "version_not_found")
        assert refusal(call(owner, "post", at(NAME, "versions", number, "restore"))) == (404, "version_not_found")


def test_a_version_comes_back_as_the_draft_and_nothing_is_lost(owner: Person) -> None:
    create(owner)
    publish(owner)
    edit(owner, 11)
    back = done(owner, "post", at(NAME, "versions", 1, "restore"))
    assert (back["default_outputs"]["price"], back["published_version"], back["version"]) == (10, 1, 3)
    assert listed(owner) == [(2, "Before v1 was restored", False), (1, "", True)]
    assert done(owner, "get", at(NAME, "versions", 2))["document"]["default_outputs"]["price"] == 11


def test_a_restore_that_is_based_on_something_older_is_refused(owner: Person) -> None:
    create(owner)
    publish(owner)
    tag = owner.api.get(at(NAME))["ETag"]
    edit(owner, 11)
    path = at(NAME, "versions", 1, "restore")
    assert refusal(owner.api.post(path, {}, format="json", headers={"If-Match": tag})) == (412, "stale_write")


def test_a_draft_is_kept_under_a_name(owner: Person) -> None:
    create(owner)
    kept = done(owner, "post", at(NAME, "versions"), {"message": "Before the sale"})
    assert (kept["number"], kept["is_published"]) == (1, False)
    assert listed(owner) == [(1, "Before the sale", False)]


def test_differences_are_told_by_the_cell(owner: Person) -> None:
    create(owner)
    publish(owner)
    rules = [{**PRICING["rules"][0], "outputs": {"price": 8, "discount": 15}}, *PRICING["rules"][1:]]
    done(owner, "patch", at(NAME), {"rules": rules, "hit_policy": "RULE_ORDER"})
    found = owner.api.get(at(NAME, "diff"), {"from": 1}).json()
    assert (found["from"], found["to"], found["columns"]) == (1, "draft", [])
    assert found["settings"] == [{"field": "hit_policy", "old": "FIRST", "new": "RULE_ORDER"}]
    assert found["rules"] == [
        {
            "change": "changed", "rule_id": "r1", "row": {"old": 1, "new": 1},
            "cells": [{"column": "price", "part": "output", "old": 8.5, "new": 8}],
        }
    ]  # fmt: skip
    same = owner.api.get(at(NAME, "diff"), {"from": "published", "to": 1}).json()
    assert (same["from"], same["to"], same["rules"], same["settings"]) == ("published", 1, [], [])


def test_bad_comparisons_are_refused(owner: Person) -> None:
    create(owner)
    bad: list[dict[str, str]] = [{}, {"from": "x"}, {"from": "0"}, {"from": "1", "to": "y"}]
    for query in bad:
        assert owner.api.get(at(NAME, "diff"), query).status_code == 422


def test_what_was_never_published_has_no_difference_to_it(owner: Person) -> None:
    create(owner)
    assert refusal(owner.api.get(at(NAME, "diff"), {"from": "published"})) == (409, "not_published")


def failing(person: Person) -> str:
    body = {"name": "Cheap", "inputs": MANY_PREMIUM, "expected": {"outputs": {"price": 1}}}
    return str(done(person, "post", at(NAME, "tests"), body)["id"])


def test_a_failing_test_keeps_a_draft_from_being_published(owner: Person) -> None:
    create(owner)
    test = failing(owner)
    answer = call(owner, "post", at(NAME, "publish"), {})
    assert refusal(answer) == (409, "tests_failed")
    assert answer.json()["errors"] == {"Cheap": ["outputs.price: expected 1, got 8.5."]}
    assert answer.json()["report"]["totals"] == {"passed": 0, "failed": 1}
    assert not DecisionTableVersion.plain.exists()
    assert done(owner, "get", at(NAME, "tests", test))["last_result"]["passed"] is False


def test_an_override_is_recorded(owner: Person) -> None:
    create(owner)
    failing(owner)
    assert publish(owner, override_failing_tests=True)["published_version"] == 1
    version = done(owner, "get", at(NAME, "versions"))["items"][0]
    assert version["override_failing_tests"] is True
    event = AuditEvent.plain.get(verb="decision_table.published")
    assert event.changes == {"published_version": [None, 1], "tests_overridden": [False, True]}


def test_an_override_that_nobody_needed_is_none(owner: Person) -> None:
    create(owner)
    publish(owner, override_failing_tests=True)
    assert done(owner, "get", at(NAME, "versions"))["items"][0]["override_failing_tests"] is False
    assert "tests_overridden" not in AuditEvent.plain.get(verb="decision_table.published").changes

"""The tests of a workflow go along when it is duplicated, exported and imported."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.models import WorkflowTest
from apps.workflows.services.test_cases import storing
from tests.people import Person
from tests.workflows.main_job.definitions import create
from tests.workflows.testing.test_test_cases_api import GREETING, Door, greeting

pytestmark = pytest.mark.django_db
URL = "/api/v1/workflows/"
ITEMS = [{"json": {"name": "Ada"}}]


def with_tests(owner: Person) -> dict[str, Any]:
    """A workflow with two tests, the second of which fails."""
    made = create(owner, greeting())
    door = Door(owner, made)
    door.made(name="Greets Ada", description="The usual", trigger_items=ITEMS, assertions=[GREETING])
    door.made(name="Greets nobody", assertions=[GREETING])
    return made


def names(owner: Person, workflow: dict[str, Any]) -> list[str]:
    return [test["name"] for test in Door(owner, workflow).ask("get", "tests/").json()["items"]]


def test_a_copy_has_the_tests_and_they_run(owner: Person) -> None:
    made = with_tests(owner)
    copy = owner.api.post(f"{URL}{made['id']}/duplicate/").json()
    assert names(owner, copy) == ["Greets Ada", "Greets nobody"]
    assert WorkflowTest.plain.count() == 4
    report = Door(owner, copy).run()
    assert (report["passed"], report["failed"]) == (1, 1)


def test_an_export_brings_its_tests_along(owner: Person, stranger: Person) -> None:
    exported = owner.api.get(f"{URL}{with_tests(owner)['id']}/export/").json()
    assert [test["name"] for test in exported["tests"]] == ["Greets Ada", "Greets nobody"]
    workflow = stranger.api.post(f"{URL}import/", exported, format="json").json()["workflow"]
    assert names(stranger, workflow) == ["Greets Ada", "Greets nobody"]
    again = stranger.api.get(f"{URL}{workflow['id']}/export/").json()
    assert again["tests"] == exported["tests"]


@pytest.mark.parametrize(
    ("tests", "kept"),
    [
        ("no list", []),
        ([{"name": "good"}, 7, {"name": "bad", "assertions": "x"}], ["good", "Test 2"]),
        ([{"name": "n" * 300, "description": "d" * 900, "trigger_node": "t" * 90}], ["n" * 200]),
    ],
)
def test_tests_that_cannot_be_kept_are_left_out_and_told(owner: Person, tests: Any, kept: list[str]) -> None:
    exported = owner.api.get(f"{URL}{create(owner, greeting())['id']}/export/").json()
    answer = owner.api.post(f"{URL}import/", {**exported, "tests": tests}, format="json")
    assert answer.status_code == 201
    assert list(WorkflowTest.plain.order_by("position").values_list("name", flat=True)) == kept
    warnings = answer.json()["report"]["warnings"]
    assert [warning for warning in warnings if "“bad” was left out" in warning] == warnings[: len(tests) == 3]


def test_no_more_tests_are_taken_than_a_workflow_may_have(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.workflows.services.test_cases.carrying.MAX_TESTS", 2)
    exported = owner.api.get(f"{URL}{create(owner, greeting())['id']}/export/").json()
    many = [{"name": f"Test {number}"} for number in range(storing.MAX_TESTS)]
    answer = owner.api.post(f"{URL}import/", {**exported, "tests": many}, format="json")
    assert answer.status_code == 201
    assert WorkflowTest.plain.count() == 2
    assert "Only the first 2 tests" in answer.content.decode()

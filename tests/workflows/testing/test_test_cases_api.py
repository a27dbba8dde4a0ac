"""Tests of workflows over HTTP: kept, changed, recorded, run, and the gate before publishing."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from apps.accounts.models import AuditEvent
from apps.workflows.models import Execution, NodeExecution, StaticDataChange, WorkflowTest
from apps.workflows.services.test_cases import running, slots, storing
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, hook

pytestmark = pytest.mark.django_db(transaction=True)
GREETING = {"kind": "equals", "node": "greet", "path": "text", "expected": "Hello Ada"}
BRANCHES = {
    "nodes": [
        {"id": "start", "type": "manual", "name": "Start"},
        {"id": "if", "type": "if", "name": "If", "parameters": {"conditions": {"conditions": [
            {"left": "={{ $json.n }}", "operator": {"type": "number", "operation": "gt"}, "right": 1}]}}},
        {"id": "big", "type": "no_op", "name": "Big"},
        {"id": "small", "type": "no_op", "name": "Small"},
    ],
    "connections": [
        {"source": "start", "target": "if"},
        {"source": "if", "source_output": "true", "target": "big"},
        {"source": "if", "source_output": "false", "target": "small"},
    ],
}  # fmt: skip


def greeting(**more: Any) -> dict[str, Any]:
    return chain(MANUAL, fields("greet", text="=Hello {{ $json.name }}"), **more)


class Door:
    """The tests of one workflow, as one person."""

    def __init__(self, person: Person, workflow: dict[str, Any]) -> None:
        self.api = person.api
        self.base = f"/api/v1/workflows/{workflow['id']}/"

    def ask(self, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer."""
        return getattr(self.api, verb)(f"{self.base}{path}", body, format="json", headers=headers)

    def made(self, **body: Any) -> dict[str, Any]:
        """A new test."""
        answer = self.ask("post", "tests/", {"name": "Greets", **body})
        assert answer.status_code == 201, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def run(self, **body: Any) -> dict[str, Any]:
        """The report of a round."""
        answer = self.ask("post", "tests/run/", body)
        assert answer.status_code == 200, answer.content
        report: dict[str, Any] = answer.json()
        return report

    def recorded(self, execution: str, **body: Any) -> dict[str, Any]:
        """A test made of a run."""
        answer = self.ask("post", "tests/record/", {"execution": execution, **body})
        assert answer.status_code == 201, answer.content
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def door(owner: Person) -> Door:
    return Door(owner, create(owner, greeting()))


def test_a_test_is_kept_whole_and_listed_in_short(door: Door) -> None:
    made = door.made(trigger_items=[{"name": "Ada"}], assertions=[GREETING], now="2027-01-01T00:00:00Z")
    assert made["trigger_items"] == [{"json": {"name": "Ada"}}]
    assert made["mocks"] == {"nodes": {}, "http": []}
    (listed,) = door.ask("get", "tests/").json()["items"]
    assert listed == {name: made[name] for name in listed}
    assert (listed["assertion_count"], listed["last_result"], "assertions" in listed) == (1, None, False)
    answer = door.ask("get", f"tests/{made['id']}/")
    assert (answer.json(), bool(answer["ETag"])) == (made, True)


def test_a_change_needs_the_tag_of_what_it_replaces(door: Door) -> None:
    made = door.made(assertions=[GREETING], description="Kept?")
    path = f"tests/{made['id']}/"
    tag = door.ask("get", path)["ETag"]
    door.run()
    assert door.ask("get", path)["ETag"] == tag
    changed = door.ask("patch", path, {"name": "Renamed"}, **{"If-Match": tag})
    assert (changed.status_code, changed.json()["assertions"]) == (200, made["assertions"])
    assert changed["ETag"] != tag
    refused = door.ask("put", path, {"name": "Late"}, **{"If-Match": tag})
    assert (refused.status_code, refused.json()["code"], refused["ETag"]) == (412, "stale_write", changed["ETag"])
    assert door.ask("put", path, {"name": "Bare"}).status_code == 428
    whole = door.ask("put", path, {"name": "Bare"}, **{"If-Match": "*"}).json()
    assert (whole["name"], whole["description"], whole["assertions"]) == ("Bare", "", [])
    assert door.ask("delete", path).status_code == 204
    assert door.ask("get", path).json()["code"] == "test_not_found"


def test_faults_are_named_by_their_place(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"name": "x", "assertions": [GREETING, {"kind": "matches", "expected": "("}]}
    answer = door.ask("post", "tests/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["assertions[1].expected"])
    large = door.ask("post", "tests/", {"name": "x", "trigger_items": [{"a": "x" * storing.MAX_BYTES}]})
    assert (large.status_code, large.json()["code"]) == (413, "test_too_large")
    monkeypatch.setattr(storing, "MAX_TESTS", 1)
    door.made()
    assert door.ask("post", "tests/", {"name": "y"}).json()["code"] == "too_many_tests"
    assert WorkflowTest.plain.count() == 1


def test_a_round_says_what_failed_and_leaves_no_run_behind(door: Door) -> None:
    good = door.made(trigger_items=[{"name": "Ada"}], assertions=[GREETING])
    bad = door.made(
        name="Wrong", trigger_items=[{"name": "Bob"}], assertions=[{"kind": "status", "expected": "success"}, GREETING]
    )
    report = door.run()
    assert (report["passed"], report["failed"], report["version"]) == (1, 1, 1)
    assert [(result["test"], result["status"]) for result in report["results"]] == [
        (good["id"], "passed"), (bad["id"], "failed"),
    ]  # fmt: skip
    failure = {
        "assertion": 1, "kind": "equals", "node": "greet", "expected": "Hello Ada", "actual": "Hello Bob",
        "message": "text: expected Hello Ada, found Hello Bob.",
    }  # fmt: skip
    assert report["results"][1]["failures"] == [failure]
    assert report["results"][1]["path"] == ["start", "greet"]
    assert [model.plain.count() for model in (Execution, NodeExecution, StaticDataChange)] == [0, 0, 0]
    kept = {test["name"]: test["last_result"]["status"] for test in door.ask("get", "tests/").json()["items"]}
    assert kept == {"Greets": "passed", "Wrong": "failed"}
    assert door.run(tests=[good["id"]])["results"][0]["name"] == "Greets"
    assert door.ask("post", "tests/run/", {"tests": [door.base.split("/")[-2]]}).json()["code"] == "test_not_found"
    assert door.ask("post", "tests/run/", {"version": 9}).json()["code"] == "version_not_found"


def test_a_version_can_be_tested(door: Door) -> None:
    door.made(trigger_items=[{"name": "Ada"}], assertions=[GREETING])
    door.ask("post", "versions/", {"message": "Good"})
    other = chain(MANUAL, fields("greet", text="Bye"))
    assert door.ask("put", "", {"definition": other}, **{"If-Match": "*"}).status_code == 200
    assert (door.run()["failed"], door.run(version=1)["failed"]) == (1, 0)


def test_coverage_names_the_branches_that_no_test_took(owner: Person) -> None:
    door = Door(owner, create(owner, BRANCHES))
    door.made(trigger_items=[{"n": 5}])
    assert door.run()["coverage"] == {
        "nodes": {"covered": 3, "total": 4, "missing": ["small"]},
        "branches": {"covered": 1, "total": 2, "missing": [{"node": "if", "output": "false"}]},
    }
    door.made(trigger_items=[{"n": 0}])
    assert door.run()["coverage"]["branches"]["missing"] == []


def test_junit(door: Door) -> None:
    door.made(name="Good & <ok>", trigger_items=[{"name": "Ada"}], assertions=[GREETING])
    door.made(name="Wrong", assertions=[GREETING])
    door.made(name="Gone", trigger_node="gone")
    answer = door.ask("post", "tests/run/?format=junit", {})
    assert answer["Content-Type"].startswith("application/xml")
    (suite,) = ElementTree.fromstring(answer.content)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], ["error"]]
    assert "greet: equals: " in (suite[1][0].text or "")


def test_only_so_many_rounds_at_once(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    door.made()
    with slots.test_slot(), slots.test_slot():
        answer = door.ask("post", "tests/run/", {})
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (409, "tests_busy", "2")
    assert door.run()["passed"] == 1


def test_a_test_that_does_not_end_is_stopped(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    door.made()
    door.made(name="Late")
    monkeypatch.setattr(running, "SECONDS_IN_ALL", 0)
    results = door.run()["results"]
    assert [(r["status"], r["failures"][0]["kind"]) for r in results] == [("error", "timeout")] * 2


# -- recording


def test_a_test_recorded_from_a_run_passes_at_once(owner: Person) -> None:
    """With values that differ from run to run, secrets, and a step with an effect."""
    counter = ("count", "static_data", {"operation": "increment", "name": "n"})
    made = create(
        owner,
        chain(
            MANUAL,
            counter,
            fields(
                "out",
                id="={{ $execution.id }}",
                at="={{ $now }}",
                n="={{ $json.n }}",
                who="={{ $('start').item.json.name }}",
                key="={{ $('start').item.json.api_key }}",
            ),
        ),
    )
    door = Door(owner, made)
    run = run_by_hand(owner, made, trigger_data={"name": "Ada", "api_key": "very-secret-1"})
    assert run["status"] == "success", run
    test = door.recorded(run["id"], name="Recorded")
    assert test["name"] == "Recorded"
    assert "very-secret-1" not in str(door.ask("get", f"tests/{test['id']}/").json())
    assert list(test["mocks"]["nodes"]) == ["count"]
    (out,) = [each for each in test["assertions"] if each["node"] == "out"]
    assert set(out["ignore"]) >= {"id", "key"} and "who" not in out["ignore"]
    for _ in range(2):
        report = door.run()
        assert report["results"][0]["failures"] == []
        assert report["passed"] == 1
    assert report["results"][0]["unmocked"] == []


def test_a_failed_run_can_be_recorded(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("stop", "stop_and_error", {"message": "Not today."})))
    door = Door(owner, made)
    test = door.recorded(run_by_hand(owner, made)["id"])
    assert test["name"].startswith("Run of ")
    assert test["assertions"][0] == {"kind": "status", "node": None, "expected": "error"}
    assert door.run()["passed"] == 1


def test_pinned_data_of_a_run_by_hand_are_recorded_as_what_they_stood_for(owner: Person) -> None:
    definition = chain(hook("pinned"), fields("random", n="={{ Math.random() }}"), fields("out", n="={{ $json.n }}"))
    definition["nodes"][0]["pinned_data"] = [{"body": {"id": 7}}]
    definition["nodes"][1]["pinned_data"] = [{"n": 5}]
    made = create(owner, definition)
    door = Door(owner, made)
    test = door.recorded(run_by_hand(owner, made)["id"])
    assert test["trigger_items"] == [{"json": {"body": {"id": 7}}}]
    assert list(test["mocks"]["nodes"]) == ["random"]
    assert {"kind": "equals", "node": "out", "expected": [{"n": "5"}]} in test["assertions"]
    assert door.run()["passed"] == 1


def test_a_run_that_goes_another_way_each_time_is_not_recorded(owner: Person) -> None:
    definition = chain(MANUAL, ("if", "if", {}), fields("out", n="1"))
    is_real = {
        "left": "={{ $execution.id }}",
        "operator": {"type": "string", "operation": "not_equals"},
        "right": "test",
    }
    definition["nodes"][1]["parameters"] = {"conditions": {"conditions": [is_real]}}
    definition["connections"][1]["source_output"] = "true"
    made = create(owner, definition)
    run = run_by_hand(owner, made)
    assert run["nodes_executed"] == 3, run
    refused = Door(owner, made).ask("post", "tests/record/", {"execution": run["id"]})
    assert (refused.json()["code"], "another way" in refused.json()["detail"]) == ("test_not_recordable", True)


def test_what_a_webhook_answers_is_recorded(owner: Person) -> None:
    respond = ("say", "respond_to_webhook", {"respond_with": "json", "json_body": "={{ {id: $json.body.id} }}"})
    made = create(owner, chain(hook("answers", response_mode="respond_node"), respond))
    door = Door(owner, made)
    run = run_by_hand(owner, made, trigger_data={"body": {"id": 7}})
    test = door.recorded(run["id"])
    assert {"kind": "response", "node": None, "expected": {"status": 200, "body": {"id": 7}}} in test["assertions"]
    assert door.run()["passed"] == 1


def test_runs_that_cannot_be_recorded(owner: Person, door: Door) -> None:
    other = create(owner, greeting(), "Other")
    run = run_by_hand(owner, other)
    refused = door.ask("post", "tests/record/", {"execution": run["id"]})
    assert (refused.status_code, refused.json()["code"]) == (404, "execution_not_found")
    theirs = Door(owner, other)
    for changes, code in (
        ({"status": "waiting"}, "execution_not_finished"),
        ({"status": "canceled"}, "test_not_recordable"),
        ({"status": "success", "dry_run": True}, "test_not_recordable"),
        ({"dry_run": False, "partial": {"start_node": "greet"}}, "test_not_recordable"),
        ({"partial": None, "status": "error"}, "test_not_recordable"),
    ):
        Execution.plain.filter(id=run["id"]).update(**changes)
        assert theirs.ask("post", "tests/record/", {"execution": run["id"]}).json()["code"] == code, changes
    assert WorkflowTest.plain.count() == 0


# -- the gate


def published(door: Door) -> int | None:
    found: int | None = door.ask("get", "").json()["published_version"]
    return found


def test_failing_tests_keep_a_version_from_going_live(door: Door) -> None:
    door.made(name="Right")
    door.made(name="Wrong", trigger_items=[{"name": "Bob"}], assertions=[GREETING])
    answer = door.ask("post", "publish/", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "tests_failed")
    assert answer.json()["errors"] == {"Wrong": ["text: expected Hello Ada, found Hello Bob."]}
    assert answer.json()["report"]["failed"] == 1
    assert published(door) is None
    assert door.ask("post", "publish/", {"skip_tests": True}).status_code == 200
    assert published(door) == 1
    event = AuditEvent.plain.filter(verb="workflow.published").latest("id")
    assert event.changes["tests_skipped"] == [False, True]


def test_passing_tests_let_it_through_and_a_setting_switches_them_off(owner: Person, door: Door) -> None:
    door.made(trigger_items=[{"name": "Ada"}], assertions=[GREETING])
    assert door.ask("post", "publish/", {}).status_code == 200
    assert "tests_skipped" not in AuditEvent.plain.filter(verb="workflow.published").latest("id").changes
    free = Door(owner, create(owner, greeting(settings={"require_tests": False}), "Free"))
    free.made(assertions=[GREETING])
    assert free.ask("post", "publish/", {}).status_code == 200

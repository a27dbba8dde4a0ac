"""Every refusal of an edit: its code, its place, and that nothing was written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.collaboration.edits import URL, draft, link, log, make, node, op, send, taken, unlink
from tests.hostile import JSON_TEXTS, with_value
from tests.hostile import send as send_raw
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain

pytestmark = pytest.mark.django_db
DEEP: Any = []
for _ in range(85):
    DEEP = [DEEP]
EXISTING = {"source": "start", "source_output": "main", "target": "a", "target_input": "main"}
SAME_ID = {**chain(MANUAL), "nodes": [node("a"), node("a")]}
DANGLING = {**chain(MANUAL), "connections": [{"source": "start", "target": "gone"}]}
SET = ("nodes", "a", "parameters")

REFUSED = {
    "node_exists": (op("node_added", "nodes", "a", new=node("a")), 409, "path"),
    "node_not_found remove": (op("node_removed", "nodes", "x"), 409, "path"),
    "node_not_found move": (op("node_moved", "nodes", "x", "position", new={"x": 0, "y": 0}), 409, "path"),
    "node_not_found update": (op("node_updated", "nodes", "x", "name", new="n"), 409, "path"),
    "node_not_found parameter": (op("parameter_changed", "nodes", "x", "parameters", "p", new=1), 409, "path"),
    "node_connected": (op("node_removed", "nodes", "a"), 409, "path"),
    "unknown_field": (op("node_updated", "nodes", "a", "colour", new="red"), 409, "path"),
    "unknown_field id": (op("node_updated", "nodes", "a", "id", new="b"), 409, "path"),
    "unknown_field parameters": (op("node_updated", "nodes", "a", "parameters", new={}), 409, "path"),
    "path_not_found list": (op("parameter_changed", *SET, "assignments", "1", new=1), 409, "path"),
    "path_not_found name": (op("parameter_changed", *SET, "assignments", "x", new=1), 409, "path"),
    "path_not_found sign": (op("parameter_changed", *SET, "assignments", "-1", new=1), 409, "path"),
    "path_not_found zero": (op("parameter_changed", *SET, "assignments", "00", new=1), 409, "path"),
    "path_not_found digits": (op("parameter_changed", *SET, "assignments", "٠", new=1), 409, "path"),
    "path_not_found long": (op("parameter_changed", *SET, "assignments", "9" * 400, new=1), 409, "path"),
    "path_not_found text": (op("parameter_changed", *SET, "mode", "x", new=1), 409, "path"),
    "connection_end_missing source": (link("x", "a"), 409, "path"),
    "connection_end_missing target": (link("a", "x"), 409, "path"),
    "connection_exists": (op("connection_added", "connections", "start:main>a:main", new=EXISTING), 409, "path"),
    "connection_not_found": (unlink("a", "start"), 409, "path"),
    "node_exists replaced": (op("document_replaced", new=SAME_ID), 409, "new"),
    "connection_end_missing replaced": (op("document_replaced", new=DANGLING), 409, "new"),
    "unknown_operation": (op("node_painted", "nodes", "a"), 422, "type"),
    "not_alone": (op("document_replaced", new=chain(MANUAL)), 422, "type"),
    "definition_invalid": (op("document_replaced", new={"nodes": 1, "connections": []}), 422, "new"),
    "definition_invalid null": (op("document_replaced"), 422, "new"),
    "invalid_path replaced": (op("document_replaced", "nodes", new=chain(MANUAL)), 422, "path"),
    "invalid_path root": (op("node_added", "node", "b", new=node("b")), 422, "path"),
    "invalid_path empty": (op("variables_changed"), 422, "path"),
    "invalid_path name": (op("variables_changed", "variables", "", new=1), 422, "path"),
    "invalid_path short": (op("parameter_changed", *SET, new={}), 422, "path"),
    "invalid_path deep": (op("parameter_changed", *SET, *"abcdefghi", new=1), 422, "path"),
    "invalid_path long": (op("node_updated", "nodes", "a", "retry", "enabled", new=True), 422, "path"),
    "invalid_path move": (op("node_moved", "nodes", "a", "place", new={"x": 0, "y": 0}), 422, "path"),
    "invalid_path parameter": (op("parameter_changed", "nodes", "a", "style", "color", new="red"), 422, "path"),
    "invalid_path key": (op("connection_added", "connections", "a:main>start:main", new=EXISTING), 422, "path"),
    "invalid_value id": (op("node_added", "nodes", "b", new=node("c")), 422, "new"),
    "invalid_value node": (op("node_added", "nodes", "b", new={"id": "b"}), 422, "new"),
    "invalid_value null": (op("node_added", "nodes", "b"), 422, "new"),
    "invalid_value inside": (op("node_added", "nodes", "b", new=node("b", retry={"max_retries": -1})), 422, "new"),
    "invalid_value removed": (op("node_removed", "nodes", "a", new=1), 422, "new"),
    "invalid_value unlinked": ({**unlink("start", "a"), "new": {}}, 422, "new"),
    "invalid_value x": (op("node_moved", "nodes", "a", "position", new={"x": "0", "y": 0}), 422, "new"),
    "invalid_value z": (op("node_moved", "nodes", "a", "position", new={"x": 0, "y": 0, "z": 0}), 422, "new"),
    "invalid_value bool": (op("node_moved", "nodes", "a", "position", new={"x": True, "y": 0}), 422, "new"),
    "invalid_value list": (op("node_moved", "nodes", "a", "position", new=[0, 0]), 422, "new"),
    "invalid_value field": (op("node_updated", "nodes", "a", "disabled", new="yes"), 422, "new"),
    "invalid_value name": (op("node_updated", "nodes", "a", "name", new=""), 422, "new"),
    "invalid_value type": (op("node_updated", "nodes", "a", "type"), 422, "new"),
    "invalid_value ends": (op("connection_added", "connections", "x", new={"source": "a"}), 422, "new"),
    "invalid_value setting": (op("settings_changed", "settings", "timeout_seconds", new=-1), 422, "new"),
    "json_too_deep": (op("parameter_changed", *SET, "p", new=DEEP), 422, "new"),
    "json_too_deep variable": (op("variables_changed", "variables", "p", new=DEEP), 422, "new"),
    "json_too_deep setting": (op("settings_changed", "settings", "p", new=DEEP), 422, "new"),
    "json_too_deep node": (op("node_added", "nodes", "b", new=node("b", parameters={"p": DEEP})), 422, "new"),
    "value_too_large": (op("variables_changed", "variables", "p", new="x" * 262_143), 413, "new"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_operation_is_named_and_takes_the_batch_with_it(owner: Person, case: str) -> None:
    workflow = make(owner)
    before = draft(owner, workflow)
    wrong, status, place = REFUSED[case]
    alone = wrong["type"] == "document_replaced" and not case.startswith("not_alone")
    good = [] if alone else [op("variables_changed", "variables", "good", new=1)]
    answer = send(owner, workflow, *good, wrong)
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, case.split(" ")[0]), body
    index = 0 if case.startswith("not_alone") is False and alone else len(good)
    assert list(body["errors"]) == [f"ops[{index}].{place}"]
    assert body["path"] == wrong["path"] and "current" in body
    assert draft(owner, workflow) == before and log(workflow) == []


def test_what_is_there_now_is_told(owner: Person) -> None:
    workflow = make(owner)
    assert send(owner, workflow, REFUSED["node_exists"][0]).json()["current"]["id"] == "a"
    assert send(owner, workflow, REFUSED["connection_exists"][0]).json()["current"] == {
        "source": "start",
        "target": "a",
    }
    assert send(owner, workflow, REFUSED["path_not_found text"][0]).json()["current"] == "manual"


def test_a_document_takes_so_many_nodes_and_connections(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    full = {**chain(MANUAL), "nodes": [node(f"n{number}") for number in range(2_000)]}
    workflow = make(owner)
    taken(owner, workflow, op("document_replaced", new=full))
    refused = send(owner, workflow, op("node_added", "nodes", "b", new=node("b")), base_seq=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_nodes")
    monkeypatch.setattr("apps.workflows.engine.operations.connections.MAX_CONNECTIONS", 1)
    refused = send(owner, workflow, link("n1", "n2"), link("n2", "n3"), base_seq=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_connections")
    assert len(log(workflow)) == 1


def test_a_batch_has_limits(owner: Person, settings: Any) -> None:
    workflow = make(owner)
    many = [op("variables_changed", "variables", f"v{number}", new=1) for number in range(51)]
    assert send(owner, workflow, *many).status_code == 422
    assert send(owner, workflow).status_code == 422
    large = [op("variables_changed", "variables", f"v{number}", new="x" * 250_000) for number in range(5)]
    refused = send(owner, workflow, *large)
    assert (refused.status_code, refused.json()["code"]) == (413, "batch_too_large")
    refused = send(owner, workflow, op("variables_changed", "variables", "v", new="x" * 5_200_000))
    assert refused.status_code == 413
    settings.EXPRSN_DEFINITION_MAX_BYTES = 2_000
    refused = send(owner, workflow, op("variables_changed", "variables", "v", new="x" * 2_000))
    assert (refused.status_code, refused.json()["code"]) == (413, "definition_too_large")
    assert log(workflow) == []


def test_a_future_base_is_refused(owner: Person) -> None:
    workflow = make(owner)
    refused = send(owner, workflow, op("variables_changed", "variables", "v", new=1), base_seq=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "epoch_changed")


@pytest.mark.parametrize(
    "name", ['"quo\'tes"', "🦉", "<script>alert(1)</script>", "\u202eעברית", " ", "a.b[0]", "__proto__"]
)
def test_odd_names_are_names_like_others(owner: Person, name: str) -> None:
    workflow = make(owner)
    taken(
        owner,
        workflow,
        op("node_added", "nodes", name, new=node(name, name=name)),
        link("a", name, output=name),
        op("parameter_changed", "nodes", name, "parameters", name, name, new=name),
        op("variables_changed", "variables", name, new=name),
        op("settings_changed", "settings", name, new=name),
    )
    state = draft(owner, workflow)
    assert state["nodes"][2]["parameters"] == {name: {name: name}}
    assert (state["variables"], state["settings"]) == ({name: name}, {name: name})
    taken(owner, workflow, unlink("a", name, output=name), op("node_removed", "nodes", name), base_seq=5)
    assert len(draft(owner, workflow)["nodes"]) == 2


PLACES = [
    (), ("base_seq",), ("epoch",), ("client_id",), ("ops",), ("ops", 0), ("ops", 0, "op_id"), ("ops", 0, "type"),
    ("ops", 0, "path"), ("ops", 0, "new"),
]  # fmt: skip
MAY_BE_TAKEN = {("client_id",), ("ops", 0, "new"), ("ops", 0, "op_id"), ("epoch",), ("base_seq",)}


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_garbage_is_refused_clearly_and_writes_nothing(owner: Person, place: Any) -> None:
    workflow = make(owner)
    before = draft(owner, workflow)
    body = {"base_seq": 0, "epoch": 1, "client_id": "c", "ops": [op("node_moved", "nodes", "a", "position")]}
    for text in JSON_TEXTS:
        answer = send_raw(owner.api, "post", f"{URL}{workflow}/operations/", with_value(body, place, text))
        if answer.status_code == 200:
            assert place in MAY_BE_TAKEN, text
            workflow = make(owner)
        else:
            assert 400 <= answer.status_code < 500 and answer.json()["code"], (text, answer.content[:300])
            assert draft(owner, workflow) == before and log(workflow) == []
        again = send_raw(owner.api, "post", f"{URL}{workflow}/undo/", text.encode())
        assert 400 <= again.status_code < 500, (text, again.content[:300])

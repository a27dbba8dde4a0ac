"""Edits of a draft over HTTP: what is taken, what is answered, and that the workflow is always the same."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from apps.workflows.models import Workflow, WorkflowVersion
from tests.collaboration.edits import URL, document, draft, head, link, log, make, node, op, send, taken, undone, unlink
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain

pytestmark = pytest.mark.django_db


def test_every_kind_of_edit_is_in_the_draft_at_once(owner: Person) -> None:
    workflow = make(owner)
    body = taken(
        owner,
        workflow,
        op("node_added", "nodes", "b", new=node("b")),
        link("a", "b"),
        op("node_moved", "nodes", "b", "position", new={"x": 1.5, "y": -2}),
        op("node_updated", "nodes", "b", "name", new="Better"),
        op("parameter_changed", "nodes", "b", "parameters", "deep", "er", new=[1, 2]),
        op("parameter_changed", "nodes", "b", "parameters", "deep", "er", "1", new="two"),
        op("settings_changed", "settings", "timezone", new="Europe/Berlin"),
        op("variables_changed", "variables", "x", new={"any": None}),
        unlink("start", "a"),
    )
    assert (body["seq"], body["epoch"]) == (9, 1)
    assert [event["seq"] for event in body["events"]] == list(range(1, 10))
    state = draft(owner, workflow)
    assert document(owner, workflow) == {"seq": 9, "epoch": 1, "state": state}
    assert [each["id"] for each in state["nodes"]] == ["start", "a", "b"]
    assert state["nodes"][2] == node(
        "b", name="Better", position={"x": 1.5, "y": -2}, parameters={"deep": {"er": [1, "two"]}}
    )
    assert [(each["source"], each["target"]) for each in state["connections"]] == [("a", "b")]
    assert (state["settings"], state["variables"]) == ({"timezone": "Europe/Berlin"}, {"x": {"any": None}})


def test_an_event_says_everything(owner: Person) -> None:
    workflow = make(owner)
    sent = op("node_updated", "nodes", "a", "notes", new="Why")
    taken(owner, workflow, sent)
    event = taken(owner, workflow, op("node_updated", "nodes", "a", "notes"), base_seq=1)["events"][0]
    assert event.pop("timestamp") and event.pop("op_id") != sent["op_id"]
    assert event == {
        "seq": 2, "type": "node_updated", "path": ["nodes", "a", "notes"], "old": "Why", "new": None,
        "actor": str(owner.user.id), "actor_kind": "api", "client_id": "tab", "undo_of": None,
    }  # fmt: skip
    assert "notes" not in draft(owner, workflow)["nodes"][1]


def test_before_the_first_edit_the_document_is_the_draft(owner: Person) -> None:
    workflow = make(owner)
    assert document(owner, workflow) == {"seq": 0, "epoch": 1, "state": draft(owner, workflow)}
    listed = owner.api.get(f"{URL}{workflow}/operations/").json()
    assert listed == {"seq": 0, "epoch": 1, "events": [], "has_more": False}


def test_a_late_property_write_is_taken_and_answered_with_all_that_was_missed(owner: Person, editor: Person) -> None:
    workflow = make(owner)
    for number in range(3):
        taken(editor, workflow, op("node_updated", "nodes", "a", "notes", new=f"n{number}"), base_seq=number)
    body = taken(owner, workflow, op("node_updated", "nodes", "a", "notes", new="last"), base_seq=1, epoch=1)
    assert [(event["old"], event["new"]) for event in body["events"]] == [("n0", "n1"), ("n1", "n2"), ("n2", "last")]
    assert draft(owner, workflow)["nodes"][1]["notes"] == "last"


def test_an_operation_sent_twice_is_taken_once(owner: Person) -> None:
    workflow = make(owner)
    one, two = (op("variables_changed", "variables", name, new=1) for name in "xy")
    first = taken(owner, workflow, one, one)
    assert taken(owner, workflow, one) == first
    body = taken(owner, workflow, {**one, "new": 5}, two, base_seq=1)
    assert [event["seq"] for event in body["events"]] == [1, 2]
    assert draft(owner, workflow)["variables"] == {"x": 1, "y": 1}
    whole = op("document_replaced", new=chain(MANUAL))
    assert taken(owner, workflow, whole, base_seq=2, epoch=1) == taken(owner, workflow, whole, base_seq=2, epoch=1)


def test_the_log_is_listed_in_parts(owner: Person) -> None:
    workflow = make(owner)
    taken(owner, workflow, *(op("variables_changed", "variables", f"v{n}", new=n) for n in range(7)))
    part = owner.api.get(f"{URL}{workflow}/operations/?after=2&limit=3").json()
    assert ([event["seq"] for event in part["events"]], part["has_more"], part["seq"]) == ([3, 4, 5], True, 7)
    rest = owner.api.get(f"{URL}{workflow}/operations/?after=5").json()
    assert ([event["seq"] for event in rest["events"]], rest["has_more"]) == ([6, 7], False)
    for query in ("after=-1", "after=x", "limit=0", "limit=501", f"after={2**60}"):
        assert owner.api.get(f"{URL}{workflow}/operations/?{query}").status_code == 422


def test_who_missed_too_much_begins_anew(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    workflow = make(owner)
    monkeypatch.setattr("apps.collaboration.selectors.events.MAX_EVENTS_BYTES", 100)
    ops = [op("variables_changed", "variables", f"v{n}", new="x" * 60) for n in range(3)]
    refused = send(owner, workflow, *ops)
    assert (refused.status_code, refused.json()["code"]) == (409, "base_too_old")
    assert log(workflow) == [] and draft(owner, workflow)["variables"] == {}


def test_putting_a_definition_is_one_operation_and_a_new_epoch(owner: Person) -> None:
    workflow = make(owner)
    before = draft(owner, workflow)
    etag = owner.api.get(f"{URL}{workflow}/")["ETag"]
    body = {"definition": chain(MANUAL), "message": "Smaller"}
    stale = owner.api.put(f"{URL}{workflow}/", body, format="json", headers={"If-Match": '"0-0"'})
    assert stale.status_code == 412 and not log(workflow)
    assert owner.api.put(f"{URL}{workflow}/", body, format="json", headers={"If-Match": etag}).status_code == 200
    (event,) = log(workflow)
    assert (event.type, event.path, event.values) == ("document_replaced", [], (before, chain(MANUAL)))
    assert document(owner, workflow) == {"seq": 1, "epoch": 2, "state": chain(MANUAL)}
    late = send(owner, workflow, op("variables_changed", "variables", "x", new=1), epoch=1)
    assert (late.status_code, late.json()["code"], late.json()["epoch"]) == (409, "epoch_changed", 2)
    assert undone(owner, workflow, 1).status_code == 200
    assert draft(owner, workflow) == before


def test_an_edit_changes_the_tag_so_that_a_put_cannot_overwrite_it(owner: Person) -> None:
    workflow = make(owner)
    etag = owner.api.get(f"{URL}{workflow}/")["ETag"]
    taken(owner, workflow, op("variables_changed", "variables", "x", new=1))
    body = {"definition": chain(MANUAL)}
    assert owner.api.put(f"{URL}{workflow}/", body, format="json", headers={"If-Match": etag}).status_code == 412
    assert draft(owner, workflow)["variables"] == {"x": 1}


def test_edits_of_two_people_collapse_into_one_version_until_it_is_sealed(owner: Person, editor: Person) -> None:
    workflow = make(owner)
    for number, person in enumerate((owner, editor, owner)):
        taken(person, workflow, op("variables_changed", "variables", "x", new=number), base_seq=number)
    assert WorkflowVersion.plain.filter(workflow=workflow).count() == 1
    assert owner.api.post(f"{URL}{workflow}/publish/", {}, format="json").status_code == 200
    taken(editor, workflow, op("variables_changed", "variables", "x", new="draft"), base_seq=3)
    row = Workflow.plain.select_related("current", "published").get(id=workflow)
    assert row.published and row.current
    assert (row.published.number, row.published.document.value["variables"]) == (1, {"x": 2})
    assert (row.current.number, row.current.document.value["variables"]) == (2, {"x": "draft"})


def test_a_snapshot_is_kept_every_two_hundred_events(owner: Person) -> None:
    workflow = make(owner)
    for number in range(5):
        ops = [op("variables_changed", "variables", "x", new=number * 50 + each) for each in range(50)]
        taken(owner, workflow, *ops, base_seq=number * 50)
    found = head(workflow)
    assert (found.seq, found.snapshot_seq, found.snapshot_state["variables"]) == (250, 200, {"x": 199})


def test_undo_takes_back_what_was_added_removed_and_changed(owner: Person) -> None:
    workflow = make(owner)
    before = draft(owner, workflow)
    taken(owner, workflow, unlink("start", "a"), op("node_removed", "nodes", "a"))
    key = uuid4()
    body = undone(owner, workflow, 2, op_id=str(key), client_id="tab").json()
    (event,) = body["events"]
    assert (event["seq"], event["type"], event["undo_of"], event["new"]) == (3, "node_added", 2, before["nodes"][1])
    assert undone(owner, workflow, 2, op_id=str(key)).json()["events"] == [event]
    assert undone(owner, workflow, 1).status_code == 200
    assert draft(owner, workflow) == before
    assert undone(owner, workflow, 4).json()["events"][0]["type"] == "connection_removed"


def test_undo_is_refused_where_somebody_else_was_since(owner: Person, editor: Person) -> None:
    workflow = make(owner)
    place = ("nodes", "a", "parameters", "options")
    taken(owner, workflow, op("parameter_changed", *place, new={"k": 1}))
    taken(owner, workflow, op("node_updated", "nodes", "a", "notes", new="mine"), base_seq=1)
    taken(editor, workflow, op("parameter_changed", *place, "k", new=2), base_seq=2)
    refused = undone(owner, workflow, 1)
    assert (refused.status_code, refused.json()["code"], refused.json()["seq"]) == (409, "undo_conflict", 3)
    assert undone(owner, workflow, 2).status_code == 200
    assert undone(editor, workflow, 3).status_code == 200
    others = undone(editor, workflow, 2)
    assert (others.status_code, others.json()["code"]) == (403, "undo_not_yours")
    assert undone(owner, workflow, 99).json()["code"] == "event_not_found"
    assert undone(owner, make(owner), 1).json()["code"] == "event_not_found"


def test_an_undo_sent_again_is_answered_as_before_whatever_happened_since(owner: Person, editor: Person) -> None:
    workflow = make(owner)
    taken(owner, workflow, op("variables_changed", "variables", "x", new=1))
    key = str(uuid4())
    first = undone(owner, workflow, 1, op_id=key).json()["events"]
    taken(editor, workflow, op("variables_changed", "variables", "x", new=2), base_seq=2)
    assert undone(owner, workflow, 1, op_id=key).json()["events"] == first
    assert undone(owner, workflow, 1).json()["code"] == "undo_conflict"
    assert draft(owner, workflow)["variables"] == {"x": 2}


def test_an_undo_that_no_longer_fits_is_refused_and_changes_nothing(owner: Person) -> None:
    workflow = make(owner)
    taken(owner, workflow, op("node_added", "nodes", "b", new=node("b")))
    taken(owner, workflow, link("a", "b"), base_seq=1)
    refused = undone(owner, workflow, 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "node_connected")
    assert len(log(workflow)) == 2


def nobody_may(person: Person, workflow: str, status: int) -> None:
    answers = [
        send(person, workflow, op("variables_changed", "variables", "x", new=1)),
        undone(person, workflow, 1),
    ]
    assert [answer.status_code for answer in answers] == [status, status]


def test_who_may_read_and_write(owner: Person, mate: Person, stranger: Person) -> None:
    workflow = make(owner)
    taken(owner, workflow, op("variables_changed", "variables", "x", new=0))
    nobody_may(mate, workflow, 403)
    nobody_may(stranger, workflow, 404)
    assert len(log(workflow)) == 1 and draft(owner, workflow)["variables"] == {"x": 0}
    for path in ("document/", "operations/"):
        assert mate.api.get(f"{URL}{workflow}/{path}").json() == owner.api.get(f"{URL}{workflow}/{path}").json()
        assert stranger.api.get(f"{URL}{workflow}/{path}").status_code == 404
    assert owner.api.delete(f"{URL}{workflow}/").status_code == 204
    nobody_may(owner, workflow, 404)


def test_a_private_workflow_is_its_owners(owner: Person, editor: Person) -> None:
    workflow = make(owner)
    assert owner.api.patch(f"{URL}{workflow}/", {"scope": "user"}, format="json").status_code == 200
    nobody_may(editor, workflow, 404)
    assert log(workflow) == []


def test_a_person_at_the_screen_is_named_as_such(owner: Person) -> None:
    workflow = make(owner)
    body: dict[str, Any] = {"base_seq": 0, "ops": [op("variables_changed", "variables", "x", new=1)]}
    sent = owner.client.post(f"{URL}{workflow}/operations/", body, content_type="application/json")
    assert sent.status_code == 200, sent.content
    assert [event.actor_kind for event in log(workflow)] == ["user"]

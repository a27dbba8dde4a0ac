"""Approvals: asked, decided in each way, once, in time, and by whom."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from apps.accounts.models import AuditEvent
from apps.workflows.models import Approval, Execution, Waitpoint
from apps.workflows.services.approval_links import link_for
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create
from tests.workflows.waiting.waits import approval, asked, output, status, swept, waiting

pytestmark = pytest.mark.django_db
YES, NO, LATE = ("yes", "no_op", {}), ("no", "no_op", {}), ("late", "no_op", {})
API = "/api/v1/approvals/"
FIELDS = [{"name": "budget", "label": "Budget", "type": "number", "required": True}]
LIMIT: dict[str, Any] = {"limit_time": True, "amount": 1, "unit": "hours"}


def question(person: Person, **more: Any) -> Execution:
    """A run that asks; each decision leads to a node of its own."""
    ports = [{"source": "ask", "source_output": "approved", "target": "yes"}]
    ports.append({"source": "ask", "source_output": "rejected", "target": "no"})
    if more.get("on_deadline") == "expire":
        ports.append({"source": "ask", "source_output": "expired", "target": "late"})
    start = {"source": "start", "target": "ask"}
    return waiting(person, approval(**more), YES, NO, LATE, connections=[start, *ports])


def decide(person: Person, execution: Execution, decision: str, **more: Any) -> Any:
    path = f"{API}{asked(execution).id}/decide/"
    return person.api.post(path, {"decision": decision, **more}, format="json")


def taken(execution: Execution) -> tuple[str, list[str]]:
    """How the run ended and over which nodes."""
    ended = status(execution)
    rows = execution.node_executions.order_by("execution_order")
    return ended, list(rows.values_list("node_id", flat=True))


def is_late(execution: Execution) -> None:
    Approval.plain.filter(execution=execution).update(deadline=utc_now() - timedelta(seconds=1))
    swept()


def test_asked_and_approved_over_the_api(owner: Person) -> None:
    execution = question(owner, description="Look **here**.", fields=FIELDS)
    [listed] = owner.api.get(f"{API}?status=pending&assigned=me").json()["items"]
    assert (listed["title"], listed["can_decide"], listed["for_everybody"]) == ("Pay 1?", True, True)
    whole = owner.api.get(f"{API}{listed['id']}/").json()
    assert (whole["items"], whole["form_fields"][0]["name"]) == ([{"n": 1}, {"n": 2}], "budget")
    wrong = decide(owner, execution, "approve")
    assert (wrong.status_code, wrong.json()["code"], list(wrong.json()["errors"])) == (
        422, "form_values_invalid", ["budget"],
    )  # fmt: skip
    answer = decide(owner, execution, "approve", comment=" Fine. ", form={"budget": 5})
    assert (answer.status_code, answer.json()["status"], answer.json()["form"]) == (200, "approved", {"budget": 5})
    assert taken(execution) == ("success", ["start", "ask", "yes"])
    items = output(owner, execution)
    assert [item["n"] for item in items] == [1, 2]
    said = items[0]["approval"]
    assert (said["decision"], said["by"].split()[0], said["comment"], said["form"]) == (
        "approved", "owner@example.com", "Fine.", {"budget": 5},
    )  # fmt: skip
    assert AuditEvent.plain.filter(verb="approval.approved", object_id=str(asked(execution).id)).exists()


def test_the_first_decision_counts(owner: Person, editor: Person) -> None:
    execution = question(owner)
    assert decide(editor, execution, "reject").status_code == 200
    second = decide(owner, execution, "approve")
    assert (second.status_code, second.json()["code"]) == (409, "already_decided")
    assert "editor@example.com" in second.json()["detail"]
    assert taken(execution) == ("success", ["start", "ask", "no"])


def test_who_may_decide(owner: Person, mate: Person, editor: Person, stranger: Person) -> None:
    open_to_all = question(owner)
    assert decide(mate, open_to_all, "approve").status_code == 403
    assert decide(stranger, open_to_all, "approve").json()["code"] == "approval_not_found"
    named = question(owner, assignees="Mate@example.com, role:admin")
    assert decide(owner, named, "approve").status_code == 403
    assert decide(editor, named, "approve").status_code == 403
    assert [Approval.plain.get(execution=run).status for run in (open_to_all, named)] == ["pending", "pending"]
    mine = mate.client.get("/approvals/")
    assert mine.content.count(b'class="title"') == 1
    page = mate.client.post(f"/approvals/{asked(named).id}/", {"decision": "approve"})
    assert page.status_code == 302
    assert taken(named)[0] == "success"
    assert asked(named).decided_via == "inbox"


def test_a_role_is_asked(owner: Person, editor: Person) -> None:
    execution = question(owner, assignees=["role:editor"])
    [listed] = editor.api.get(f"{API}?assigned=me").json()["items"]
    assert listed["assignees"] == [{"user": None, "email": None, "role": "editor"}]
    assert owner.api.get(f"{API}?assigned=me").json()["items"] == []
    assert decide(editor, execution, "approve").status_code == 200


@pytest.mark.parametrize("assignees", ["nobody@example.com", "role:king", "stranger@example.com"])
def test_nobody_outside_of_the_organization_is_asked(owner: Person, stranger: Person, assignees: str) -> None:
    made = create(owner, chain(MANUAL, approval(assignees=assignees)))
    path = f"/api/v1/workflows/{made['id']}/execute/"
    run = owner.api.post(path, {"wait": True}, format="json").json()["execution"]
    assert (run["status"], run["error"]["kind"]) == ("error", "assignee_not_found")


def test_they_are_written_to_and_decide_by_the_link(owner: Person, mate: Person) -> None:
    execution = question(owner, assignees="mate@example.com", remind=True, remind_amount=1, remind_unit="hours")
    swept()
    swept()
    [message] = mail.outbox
    assert (message.to, message.subject) == (["mate@example.com"], "To decide: Pay 1?")
    [link] = re.findall(r"http://\S+(/approvals/link/\S+)", message.body)
    visitor = Client()
    assert b"Pay 1?" in visitor.get(link).content
    assert taken(execution)[0] == "waiting"  # looking decides nothing
    Approval.plain.update(mail_at=utc_now())
    swept()
    assert mail.outbox[1].subject == "Still to decide: Pay 1?"
    done = visitor.post(link, {"decision": "reject", "comment": "No"})
    assert b"Rejected by mate@example.com." in done.content
    assert taken(execution) == ("success", ["start", "ask", "no"])
    assert asked(execution).decided_via == "link"
    assert b"Rejected by mate@example.com." in visitor.post(link, {"decision": "approve"}).content


def test_links_of_others_are_refused(owner: Person, mate: Person, stranger: Person) -> None:
    execution = question(owner, assignees="mate@example.com")
    found = asked(execution)
    good = link_for(found.id, mate.user.id).partition(":8000")[2]
    tampered = good.replace(mate.user.id.hex, owner.user.id.hex)
    for bad, code in ((tampered, 404), (good[:-2] + "/", 404), ("/approvals/link/x/", 404)):
        assert Client().get(bad).status_code == code
        assert Client().post(bad, {"decision": "approve"}).status_code == code
    for person, code in ((owner, 403), (stranger, 404)):
        path = link_for(found.id, person.user.id).partition(":8000")[2]
        assert Client().post(path, {"decision": "approve"}).status_code == code
    mate.user.memberships.filter(organization=owner.organization).delete()
    assert Client().get(good).status_code == 404
    assert taken(execution)[0] == "waiting"


@pytest.mark.parametrize(
    ("action", "ended", "way"),
    [
        ("approve", "success", ["start", "ask", "yes"]),
        ("reject", "success", ["start", "ask", "no"]),
        ("expire", "success", ["start", "ask", "late"]),
        ("error", "error", ["start", "ask"]),
    ],
)
def test_after_the_deadline(owner: Person, action: str, ended: str, way: list[str]) -> None:
    execution = question(owner, **LIMIT, on_deadline=action)
    swept()
    assert taken(execution)[0] == "waiting"
    is_late(execution)
    assert taken(execution) == (ended, way)
    assert asked(execution).decided_via == "deadline"
    if action == "error":
        assert execution.error["kind"] == "approval_expired"


def test_an_escalation_asks_others_once(owner: Person, mate: Person, editor: Person) -> None:
    execution = question(
        owner, assignees="mate@example.com", **LIMIT, on_deadline="escalate", escalate_to="editor@example.com"
    )
    is_late(execution)
    found = asked(execution)
    assert (found.status, found.escalated_at is not None) == ("pending", True)
    assert found.deadline is not None
    assert found.deadline > utc_now() + timedelta(minutes=50)
    swept()
    assert mail.outbox[-1].to == ["editor@example.com"]
    assert decide(mate, execution, "approve").status_code == 403
    is_late(execution)
    assert taken(execution) == ("error", ["start", "ask"])


def test_canceling_the_run_leaves_nothing_to_decide(owner: Person) -> None:
    execution = question(owner, **LIMIT)
    assert owner.api.post(f"/api/v1/executions/{execution.id}/stop/").status_code == 200
    assert decide(owner, execution, "approve").json()["code"] == "approval_closed"
    assert (asked(execution).status, Waitpoint.plain.get().status) == ("canceled", "canceled")
    assert owner.api.get(f"{API}?status=pending").json()["items"] == []


def test_a_dry_run_asks_nobody_and_lists_the_change(owner: Person) -> None:
    made = create(owner, chain(MANUAL, approval(fields=FIELDS, assignees="role:owner"), YES))
    made_of = owner.api.post(f"/api/v1/workflows/{made['id']}/test/", {"test_data": {"n": 7}}, format="json").json()
    [change] = made_of["changes"]
    assert (change["type"], change["effect"]["title"]) == ("approval", "Pay 7?")
    item = made_of["execution"]["result"][0]
    assert (item["n"], item["approval"]["decision"], item["approval"]["form"]) == (7, "approved", {"budget": 1})
    assert (Approval.plain.count(), mail.outbox) == (0, [])


def test_passwords_go_to_the_run_and_are_not_kept(owner: Person) -> None:
    execution = question(owner, fields=[{"name": "pin", "label": "Pin", "type": "password"}])
    assert decide(owner, execution, "approve", form={"pin": "1234"}).json()["form"] == {"pin": None}
    assert output(owner, execution)[0]["approval"]["form"] == {"pin": "1234"}


def test_the_pages_of_the_inbox(owner: Person, stranger: Person) -> None:
    execution = question(owner, description="Look **here**. <script>x</script> ![p](http://a/b.png)", fields=FIELDS)
    found = asked(execution)
    path = f"/approvals/{found.id}/"
    page = owner.client.get(path).content
    assert b"<strong>here</strong>" in page
    assert b"<script>x" not in page
    assert b"b.png" not in page or b"<img" not in page
    assert stranger.client.get(path).status_code == 404
    again = owner.client.post(path, {"decision": "approve", "comment": "hm"})
    assert b"Budget: give an answer." in again.content
    assert b">\nhm</textarea>" in again.content
    assert owner.client.post(path, {"decision": "maybe", "field-0": "3"}).status_code == 200
    state = owner.client.get("/approvals/state/").json()
    assert owner.client.post(path, {"decision": "approve", "field-0": "3"}).status_code == 302
    assert owner.client.get("/approvals/state/").json() != state
    assert owner.client.post(path, {"decision": "approve", "field-0": "3"}).status_code == 302
    assert b"Pay 1?" in owner.client.get("/approvals/?show=decided").content
    assert b"Pay 1?" not in owner.client.get("/approvals/?show=all").content
    assert Client().get("/approvals/").status_code == 302
    waits = owner.client.get(f"/executions/{question(owner).id}/").content
    assert b"/approvals/" in waits

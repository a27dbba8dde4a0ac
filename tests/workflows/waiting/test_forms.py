"""Waits for a form: its page while the run waits, before and afterwards, once only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution, Waitpoint
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import change
from tests.workflows.main_job.definitions import MANUAL, chain, create
from tests.workflows.waiting.waits import call_path, form_path, output, status, wait, waiting

pytestmark = pytest.mark.django_db
KEEP = ("end", "no_op", {})
FIELDS: list[dict[str, Any]] = [
    {"name": "size", "label": "=Size for {{ $json.n }}", "type": "number", "required": True, "max": 9},
    {"name": "note", "label": "Note"},
]


def asks(**more: Any) -> tuple[str, str, dict[str, Any]]:
    return wait("form", title="=Which size, {{ $json.n }}?", fields=FIELDS, thanks="Got it.", **more)


def test_the_page_asks_and_its_answers_go_on(owner: Person) -> None:
    execution = waiting(owner, asks(), KEEP)
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(form_path(execution.id))
    assert page.status_code == 200
    assert b"Which size, 1?" in page.content
    assert b"Size for 1" in page.content
    wrong = visitor.post(form_path(execution.id), {"field-0": "12"})
    assert b"Size for 1: give 9 or less." in wrong.content
    assert status(execution) == "waiting"
    done = visitor.post(form_path(execution.id), {"field-0": "4", "field-1": "soon"})
    assert b"Got it." in done.content
    assert status(execution) == "success"
    [item] = output(owner, execution)
    assert (item["size"], item["note"], item["formMode"]) == (4, "soon", "production")


def test_before_and_after_it_there_is_a_plain_page(owner: Person) -> None:
    execution = waiting(owner, wait("webhook"), ("then", "wait", {"mode": "form", "fields": FIELDS}), KEEP)
    path = form_path(execution.id)
    early = Client().get(path)
    assert (early.status_code, b"There is no form here" in early.content) == (404, True)
    Client().post(call_path(execution.id), {}, content_type="application/json")
    assert Client().get(path).status_code == 200
    Client().post(path, {"field-0": "1"})
    for late in (Client().get(path), Client().post(path, {"field-0": "1"})):
        assert (late.status_code, b"This form is closed" in late.content) == (404, True)
    for wrong in (path[:-1], "/form-waiting/x"):
        assert Client().get(wrong).status_code == 404
    assert Client().get(path.replace("form", "webhook")).json()["code"] == "resume_link_unknown"


def test_programs_and_other_sites_do_not_resume(owner: Person) -> None:
    execution = waiting(owner, asks(), KEEP)
    path = form_path(execution.id)
    Client().post(path, {"field-0": "4", "homepage": "http://spam"})
    Client().post(path, {"field-0": "4"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert status(execution) == "waiting"


def test_it_goes_on_elsewhere_and_merges(owner: Person) -> None:
    execution = waiting(owner, asks(output="merge", redirect_url="https://example.com/x"), KEEP)
    answer = Client().post(form_path(execution.id), {"field-0": "4"})
    assert (answer.status_code, answer["Location"]) == (303, "https://example.com/x")
    assert [(item["n"], item["size"]) for item in output(owner, execution)] == [(1, 4), (2, 4)]


def test_a_thousand_that_are_due_go_on_in_batches(owner: Person) -> None:
    """As rows; the hints that carry them out go with a commit, which never comes here."""
    execution = waiting(owner, asks(limit_wait_time=True), KEEP)
    waitpoint = Waitpoint.plain.get()
    due = utc_now()
    rows, waits = [], []
    for _ in range(1_000):
        row = Execution(
            organization_id=execution.organization_id, workflow_id=execution.workflow_id,
            version_id=execution.version_id, status="waiting", trigger_mode="manual", resume_at=due,
        )  # fmt: skip
        rows.append(row)
        wait_ = Waitpoint(
            organization_id=execution.organization_id, execution=row, node_id="wait", execution_order=1,
            kind="form", until=due, settings=waitpoint.settings,
        )  # fmt: skip
        wait_.value = None
        waits.append(wait_)
    Execution.plain.bulk_create(rows)
    Waitpoint.plain.bulk_create(waits)
    assert sum(sweep() for _ in range(3)) == 1_000
    assert Execution.plain.filter(status="queued", resume_at=None).count() == 1_000
    execution.refresh_from_db()
    assert execution.status == "waiting"  # its time has not come


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"fields": [{"name": "a", "label": "A"}, {"name": "={{ 'a' }}", "label": "B"}]}, "fields[1].name"),
        ({"redirect_url": "=javascript:{{ 1 }}"}, "redirect_url"),
        ({"title": "={{ 'x'.repeat(201) }}"}, "title"),
        ({"limit_wait_time": True, "limit_amount": "={{ -1 }}"}, "limit_amount"),
        ({"limit_wait_time": True, "limit_type": "at", "limit_until": "={{ 'never' }}"}, "limit_until"),
    ],
)
def test_what_cannot_be_asked_fails_the_node_with_the_place(owner: Person, more: dict[str, Any], place: str) -> None:
    made = create(owner, chain(MANUAL, wait("form", **more)))
    path = f"/api/v1/workflows/{made['id']}/execute/"
    run = owner.api.post(path, {"wait": True}, format="json").json()["execution"]
    assert (run["status"], run["error"]["parameter"]) == ("error", place)
    assert Waitpoint.plain.count() == 0


def test_a_dry_run_makes_up_answers(owner: Person) -> None:
    made = create(owner, chain(MANUAL, asks(), KEEP))
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/test/", {}, format="json").json()
    assert answer["execution"]["status"] == "success"
    assert answer["execution"]["result"][0]["formMode"] == "test"


def test_the_data_of_a_run_that_keeps_none_is_gone(owner: Person) -> None:
    execution = waiting(owner, asks(), KEEP, settings={"save_manual": False})
    Client().post(form_path(execution.id), {"field-0": "4"})
    change(execution)
    assert (execution.status, Waitpoint.plain.count()) == ("success", 0)

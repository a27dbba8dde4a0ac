"""The list of executions with its filters, and one execution while it runs and after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from apps.workflows.constants import ExecutionStatus
from apps.workflows.models import Execution, ExecutionLog
from apps.workflows.web.filters import execution_filters
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import new_id
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db(transaction=True)
FAILS = ("Printer", "stop_and_error", {"message": "Out of paper"})
WAITS = ("Pause", "wait", {"resume": "interval", "amount": 1, "unit": "days"})


def run(person: Person, *steps: tuple[str, str, dict[str, Any]], name: str = "Demo") -> Execution:
    """A workflow that has run once."""
    made = create(person, chain(MANUAL, *steps), name)
    person.client.post(f"/workflows/{made['id']}/run/")
    execution: Execution = Execution.plain.get(workflow_id=made["id"])
    return execution


def shown(person: Person, query: str) -> set[str]:
    """Which of the executions the list shows."""
    page = person.client.get(f"/executions/?{query}").content.decode()
    return {row.workflow.name for row in Execution.plain.select_related("workflow") if f"/executions/{row.id}/" in page}


def test_the_list_is_narrowed_by_every_filter(owner: Person) -> None:
    good, bad = run(owner, name="Good"), run(owner, FAILS, name="Bad")
    Execution.plain.filter(id=bad.id).update(created_at=utc_now() - timedelta(days=3))
    today, past = utc_now().date().isoformat(), (utc_now() - timedelta(days=3)).date().isoformat()
    cases = {
        "": {"Good", "Bad"},
        "status=error": {"Bad"},
        "search=paper": {"Bad"},
        "period=day": {"Good"},
        "period=week": {"Good", "Bad"},
        f"workflow={good.workflow_id}": {"Good"},
        "trigger_mode=webhook": set(),
        "environment=testing": {"Good", "Bad"},
        f"since={today}": {"Good"},
        f"until={past}": {"Bad"},
        f"since={past}&until={past}": {"Bad"},
    }
    assert {query: shown(owner, query) for query in cases} == cases


@pytest.mark.parametrize(
    "query", ["workflow=x", "since=soon", "since=9999-12-31", "until=9999-12-31", "until=2026-02-31", "period=aeon"]
)
def test_what_cannot_be_read_filters_nothing_and_breaks_nothing(owner: Person, query: str) -> None:
    assert owner.client.get(f"/executions/?{query}").status_code == 200


def test_empty_fields_are_no_filters() -> None:
    assert execution_filters({"status": " ", "since": "", "workflow": ""}) == {}


def test_the_filter_by_workflow_is_named_and_can_be_taken_off(owner: Person, stranger: Person) -> None:
    execution = run(owner, name="Order desk")
    page = owner.client.get(f"/executions/?workflow={execution.workflow_id}&status=success").content.decode()
    assert 'class="chip remove"' in page
    assert f'name="workflow" value="{execution.workflow_id}"' in page
    foreign = stranger.client.get(f"/executions/?workflow={execution.workflow_id}").content.decode()
    assert "Order desk" not in foreign
    assert "Nothing fits" in foreign


def test_a_waiting_run_says_when_it_goes_on_and_can_be_stopped(owner: Person) -> None:
    execution = run(owner, WAITS)
    assert execution.status == ExecutionStatus.WAITING
    path = f"/executions/{execution.id}/"
    page = owner.client.get(path).content.decode()
    assert "Goes on" in page
    assert 'data-live="waiting-' in page
    state = owner.client.get(f"{path}state/").json()["state"]
    assert f'data-live="{state}"' in page
    assert "Stopped." in owner.client.post(f"{path}stop/", {"back": path}, follow=True).content.decode()
    assert owner.client.get(f"{path}state/").json()["state"] != state
    assert 'data-live=""' in owner.client.get(path).content.decode()


def test_running_again_with_the_newest_version_is_offered_when_there_is_one(owner: Person) -> None:
    execution = run(owner, FAILS)
    path = f"/executions/{execution.id}/"
    assert "newest version" not in owner.client.get(path).content.decode()
    address = f"/api/v1/workflows/{execution.workflow_id}/"
    owner.api.put(address, {"definition": chain(MANUAL)}, format="json", HTTP_IF_MATCH=owner.api.get(address)["ETag"])
    assert "newest version" in owner.client.get(path).content.decode()
    owner.client.post(f"{path}retry/", {"version": "newest"})
    again = Execution.plain.get(retry_of=execution)
    assert again.status == ExecutionStatus.SUCCESS
    assert f'href="{path}"' in owner.client.get(f"/executions/{again.id}/").content.decode()


def test_an_execution_is_deleted_for_good(owner: Person) -> None:
    execution = run(owner)
    page = owner.client.post(f"/executions/{execution.id}/delete/", follow=True).content.decode()
    assert "Execution deleted." in page
    assert Execution.plain.count() == 0


@pytest.mark.parametrize("action", ["stop", "retry", "delete"])
def test_who_may_only_look_changes_nothing(owner: Person, mate: Person, stranger: Person, action: str) -> None:
    path = f"/executions/{run(owner, WAITS).id}/"
    before = Execution.plain.values("status", "cancel_requested").get()
    assert mate.client.post(f"{path}{action}/").status_code == 403
    assert stranger.client.post(f"{path}{action}/").status_code == 404
    assert stranger.client.get(f"{path}state/").status_code == 404
    assert Execution.plain.values("status", "cancel_requested").get() == before
    page = mate.client.get(path).content.decode()
    assert [word for word in ("Stop</button>", "Run again", 'id="delete"') if word in page] == []


def test_log_lines_of_one_moment_stay_in_their_order(owner: Person) -> None:
    execution = run(owner)
    started = utc_now()
    for number in range(20):
        ExecutionLog(
            id=new_id(),
            organization_id=execution.organization_id,
            execution=execution,
            timestamp=started + timedelta(microseconds=number),
            level="info",
            message=f"line {number:02d}",
        ).save(force_insert=True)
    page = owner.client.get(f"/executions/{execution.id}/").content.decode()
    places = [page.index(f"line {number:02d}") for number in range(20)]
    assert places == sorted(places)


def test_a_run_of_a_deleted_workflow_is_still_there_to_read(owner: Person) -> None:
    execution = run(owner)
    owner.client.post(f"/workflows/{execution.workflow_id}/delete/")
    page = owner.client.get(f"/executions/{execution.id}/").content.decode()
    assert "Demo" in page
    assert f'href="/workflows/{execution.workflow_id}/"' not in page
    assert "Run again" not in page

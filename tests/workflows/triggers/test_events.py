"""Events of the platform start workflows: each event once, whoever dies in between, and no loop without an end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from apps.core.models import OutboxEvent
from apps.core.public import drain_outbox
from apps.core.services import outbox
from apps.workflows.constants import TriggerMode
from apps.workflows.engine.event_types import EVENT_NAMES
from apps.workflows.execution import events
from apps.workflows.execution.environment import forget_facts
from apps.workflows.models import EventTrigger, Execution, ExecutionPayload, Workflow
from apps.workflows.registry import get_node_type
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import queued, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook
from tests.workflows.triggers.hooks import call

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _facts_are_new() -> Iterator[None]:
    forget_facts()
    yield
    forget_facts()


def hears(person: Person, *types: str, name: str = "Hears", **parameters: Any) -> dict[str, Any]:
    trigger = ("heard", "event", {"events": list(types), **parameters})
    return go_live(person, chain(trigger, fields("a", told="={{ $json.payload }}", type="={{ $json.type }}")), name)


def heard(made: dict[str, Any]) -> list[Execution]:
    return list(Execution.plain.filter(workflow_id=made["id"], trigger_mode=TriggerMode.EVENT).order_by("id"))


def item_of(execution: Execution) -> dict[str, Any]:
    found: dict[str, Any] = ExecutionPayload.plain.get(execution=execution, kind="trigger").value[0]["json"]
    return found


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox is drained by the test, not by a task."""
    monkeypatch.setattr(outbox, "enqueue", lambda name: None)


def test_the_end_of_a_run_starts_who_hears_of_it(owner: Person) -> None:
    listener = hears(owner, "execution.finished", filter="={{ $json.payload.trigger_mode !== 'event' }}")
    caller = go_live(owner, chain(hook("work"), fields("a", x="1")), "Works")
    call("work")
    (run,) = heard(listener)
    item = item_of(run)
    payload = item["payload"]
    assert (run.status, item["type"], payload["workflow"], payload["name"]) == (
        "success", "execution.finished", caller["id"], "Works",
    )  # fmt: skip
    done = Execution.plain.get(workflow_id=caller["id"])
    assert (payload["execution"], payload["status"], payload["depth"]) == (str(done.id), "success", 0)
    assert run.event_depth == 1


def test_failed_and_stopped_runs_are_events_of_their_own(owner: Person) -> None:
    listener = hears(owner, "execution.failed", "execution.canceled")
    go_live(owner, chain(hook("fails"), ("stop", "stop_and_error", {"message": "no"})), "Fails")
    call("fails")
    waiting = create(owner, chain(MANUAL, fields("a", x="1")), "Waits")
    stopped = queued(owner, waiting)
    assert owner.api.post(f"/api/v1/executions/{stopped.id}/stop/", {}, format="json").status_code == 200
    told = [(item_of(run)["type"], item_of(run)["payload"]["failed_node"]) for run in heard(listener)]
    assert told == [("execution.failed", "stop"), ("execution.canceled", "")]


def test_what_happens_to_workflows_and_forms_is_heard(owner: Person, stranger: Person) -> None:
    only = "={{ $json.payload.name === 'New' }}"
    listener = hears(owner, "workflow.created", "workflow.published", "workflow.activated", filter=only)
    elsewhere = hears(stranger, "workflow.created", name="Elsewhere")
    go_live(owner, chain(MANUAL), "New")
    create(owner, chain(MANUAL), "Other")
    kinds = [item_of(run)["type"] for run in heard(listener)]
    assert kinds == ["workflow.created", "workflow.published", "workflow.activated"]
    assert heard(elsewhere) == []


def test_rows_are_there_only_while_the_workflow_is_active(owner: Person) -> None:
    made = hears(owner, "workflow.created", "workflow.deleted")
    assert sorted(EventTrigger.plain.values_list("event_type", flat=True)) == ["workflow.created", "workflow.deleted"]
    assert owner.api.post(f"/api/v1/workflows/{made['id']}/deactivate/", {}, format="json").status_code == 200
    create(owner, chain(MANUAL), "New")
    assert (EventTrigger.plain.count(), heard(made), OutboxEvent.objects.count()) == (0, [], 0)


def test_nothing_is_written_where_nobody_hears(owner: Person, by_hand: None) -> None:
    go_live(owner, chain(hook("quiet"), fields("a", x="1")))
    call("quiet")
    assert OutboxEvent.objects.count() == 0


class Killed(BaseException):
    """Stands for the death of the process."""


def again() -> None:
    """As the sweep of the outbox finds rows whose deliverer died."""
    OutboxEvent.objects.update(available_at=utc_now() - timedelta(seconds=1))
    drain_outbox()


def test_killed_before_the_run_is_accepted(owner: Person, by_hand: None, monkeypatch: pytest.MonkeyPatch) -> None:
    listener = hears(owner, "workflow.created")
    create(owner, chain(MANUAL), "New")
    with monkeypatch.context() as patch:
        patch.setattr(events, "queue_unless_full", lambda *_: (_ for _ in ()).throw(Killed()))
        with suppress(Killed):
            drain_outbox()
    assert (heard(listener), OutboxEvent.objects.count()) == ([], 1)
    again()
    again()
    assert (len(heard(listener)), OutboxEvent.objects.count()) == (1, 0)


def test_killed_after_the_run_was_accepted(owner: Person, by_hand: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that hear it one has begun: it does not begin again, and the other does."""
    listeners = [hears(owner, "workflow.created", name=name) for name in ("One", "Two")]
    OutboxEvent.objects.all().delete()
    create(owner, chain(MANUAL), "New")
    plain, calls = events.queue_unless_full, []

    def then_die(*arguments: Any) -> Any:
        calls.append(plain(*arguments))
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(events, "queue_unless_full", then_die)
        with suppress(Killed):
            drain_outbox()
    assert sorted(len(heard(made)) for made in listeners) == [0, 1]
    again()
    assert [len(heard(made)) for made in listeners] == [1, 1]


def test_a_rolled_back_change_is_no_event(owner: Person) -> None:
    listener = hears(owner, "workflow.created")
    with suppress(Killed), transaction.atomic():
        create(owner, chain(MANUAL), "New")
        raise Killed
    assert heard(listener) == []


def test_a_workflow_that_hears_itself_is_cut_off(owner: Person, settings: Any) -> None:
    settings.EXPRSN_MAX_EVENT_DEPTH = 3
    listener = hears(owner, "execution.finished")
    go_live(owner, chain(hook("work"), fields("a", x="1")), "Works")
    call("work")
    runs = heard(listener)
    assert [(run.status, run.event_depth) for run in runs] == [
        ("success", 1), ("success", 2), ("success", 3), ("error", 4),
    ]  # fmt: skip
    assert runs[-1].error["kind"] == "event_loop"
    assert runs[-1].nodes_executed == 0


def test_a_filter_that_fails_is_seen_where_runs_are_seen(owner: Person) -> None:
    listener = hears(owner, "workflow.created", filter="={{ $json.payload.a.b.c() }}")
    create(owner, chain(MANUAL), "New")
    (run,) = heard(listener)
    assert (run.status, run.error["kind"]) == ("error", "event_filter_failed")


def test_runs_by_hand_are_told_and_dry_runs_are_not(owner: Person) -> None:
    listener = hears(owner, "execution.finished", filter="={{ $json.payload.trigger_mode !== 'event' }}")
    made = create(owner, chain(MANUAL, fields("a", x="1")), "By hand")
    assert owner.api.post(f"/api/v1/workflows/{made['id']}/test/", {}, format="json").status_code == 200
    run_by_hand(owner, made)
    assert [item_of(run)["payload"]["trigger_mode"] for run in heard(listener)] == ["manual"]


def test_every_event_of_the_platform_can_be_heard() -> None:
    """``collaboration.changed`` is for those who look at a document, and comes with each edit."""
    told = re.compile(r'(?:publish_event|_announce|_set_status)\([^)"]*"(\w+\.\w+)"')
    found = {name for path in (ROOT / "apps").rglob("*.py") for name in told.findall(path.read_text())}
    assert found - {"collaboration.changed"} <= EVENT_NAMES
    assert get_node_type("event").check({"events": ["x"]}) == {"events": ["There is no event x."]}
    assert get_node_type("event").check({}) == {"events": ["Choose at least one event."]}
    assert Workflow.plain.count() == 0


def test_started_by_hand_it_gives_one_empty_item(run_node: Any) -> None:
    assert run_node("event", {"events": ["workflow.created"]}, []).json() == [{}]

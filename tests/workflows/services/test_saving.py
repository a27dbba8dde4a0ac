"""Saves of a definition: when they collapse into one version, and what a start makes of its data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from apps.workflows.models import Workflow, WorkflowVersion
from apps.workflows.services import drafts
from apps.workflows.services.executions import execute_workflow, items_from
from apps.workflows.services.workflows import (
    create_workflow,
    delete_workflow,
    duplicate_workflow,
    free_slug,
    save_definition,
    update_workflow,
)
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import NotAllowed, NotFound, StaleWrite
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain


def save(person: Person, workflow: Workflow, **more: Any) -> int:
    """Save a definition; the number of the version that it is in."""
    saved = save_definition(actor=person.actor, workflow_id=workflow.id, definition=chain(MANUAL), **more)
    assert saved.current is not None
    return saved.current.number


@pytest.fixture
def workflow(owner: Person) -> Workflow:
    return create_workflow(actor=owner.actor, name="Demo", definition=chain(MANUAL))


def test_saves_of_one_author_collapse_for_ten_minutes(owner: Person, workflow: Workflow) -> None:
    assert [save(owner, workflow) for _ in range(3)] == [1, 1, 1]
    with time_machine.travel(utc_now() + timedelta(minutes=11)):
        assert [save(owner, workflow) for _ in range(2)] == [2, 2]


def test_a_save_with_a_message_is_a_version_of_its_own(owner: Person, workflow: Workflow) -> None:
    assert [save(owner, workflow, message=message) for message in ("why", "", "")] == [2, 3, 3]


def test_another_author_begins_another_version(owner: Person, editor: Person, workflow: Workflow) -> None:
    assert [save(person, workflow) for person in (owner, editor, owner)] == [1, 2, 3]


def test_a_version_that_ran_is_never_written_again(owner: Person, workflow: Workflow) -> None:
    execute_workflow(actor=owner.actor, workflow_id=workflow.id)
    assert save(owner, workflow) == 2
    assert WorkflowVersion.plain.get(number=1).sealed


def test_a_run_that_seals_at_this_very_moment_wins(
    owner: Person, workflow: Workflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sealed_meanwhile(current: WorkflowVersion, *_: Any) -> bool:
        WorkflowVersion.plain.filter(id=current.id).update(sealed=True)
        return True

    monkeypatch.setattr(drafts, "_may_collapse", sealed_meanwhile)
    assert save(owner, workflow) == 2


def test_a_stale_save_changes_nothing(owner: Person, workflow: Workflow) -> None:
    with pytest.raises(StaleWrite) as refused:
        save(owner, workflow, expected_etags=("1-0", "nonsense"), message="lost")
    assert WorkflowVersion.plain.count() == 1
    assert save(owner, workflow, expected_etags=("old", refused.value.params["etag"])) == 1


def test_slugs_are_free_and_free_again_after_deletion(owner: Person, workflow: Workflow) -> None:
    organization = owner.organization.id
    assert free_slug(organization, "Demo") == "demo-2"
    assert free_slug(organization, "日本") == "workflow"
    assert free_slug(organization, "a") == "a-workflow"
    assert len(free_slug(organization, "x" * 300)) <= 50
    delete_workflow(actor=owner.actor, workflow_id=workflow.id)
    assert free_slug(organization, "Demo") == "demo"


def test_every_service_asks_who_it_is(owner: Person, mate: Person, stranger: Person, workflow: Workflow) -> None:
    definition = chain(MANUAL)
    for person, refusal in ((mate, NotAllowed), (stranger, NotFound)):
        known = {"actor": person.actor, "workflow_id": workflow.id}
        for attempt in (
            lambda known=known: save_definition(**known, definition=definition),
            lambda known=known: update_workflow(**known, changes={"name": "Mine"}),
            lambda known=known: delete_workflow(**known),
            lambda known=known: execute_workflow(**known),
        ):
            with pytest.raises(refusal):
                attempt()
    with pytest.raises(NotAllowed):
        duplicate_workflow(actor=mate.actor, workflow_id=workflow.id)
    kept = Workflow.plain.get()
    assert (kept.name, kept.deleted_at, WorkflowVersion.plain.count()) == ("Demo", None, 1)


@pytest.mark.parametrize(
    ("data", "items"),
    [
        (None, [{}]),
        ({"a": 1}, [{"a": 1}]),
        ([{"a": 1}, {"b": 2}], [{"a": 1}, {"b": 2}]),
        ([], [{"data": []}]),
        ([1, {"a": 1}], [{"data": [1, {"a": 1}]}]),
        ("text", [{"data": "text"}]),
        (0, [{"data": 0}]),
        (False, [{"data": False}]),
    ],
)
def test_trigger_data_becomes_items(data: Any, items: list[Any]) -> None:
    assert [item["json"] for item in items_from(data)] == items

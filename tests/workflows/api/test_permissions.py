"""Owner, editor, mate and stranger at every door of the workflows API; after a refusal nothing has happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from apps.collaboration.models import CollaborationEvent
from apps.core.public import store_file
from apps.workflows.models import (
    Approval,
    Execution,
    Listening,
    Schedule,
    Webhook,
    Workflow,
    WorkflowTest,
    WorkflowVersion,
    WorkflowView,
)
from tests.people import Person
from tests.workflows.api.doors import API, ASKS, EVERY, INNER, LISTS, MAKES, READS, SHARED, WRITES, published
from tests.workflows.execution.questions import open_question
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(owner: Person) -> dict[str, str]:
    """A live workflow with a finished run."""
    made = go_live(owner, chain(MANUAL, fields("a", x="1")))
    run = run_by_hand(owner, made)["id"]
    return known_ids(owner, made["id"], run)


def known_ids(person: Person, workflow: str, run: str) -> dict[str, str]:
    """Ids of what belongs to a workflow and its run."""
    file = store_file(person.organization.id, b"bytes", owner=UUID(run))
    return {"w": workflow, "e": run, "t": kept_test(person, workflow), "f": str(file.id), "a": open_question(run)}


def kept_test(person: Person, workflow: str) -> str:
    """The id of a test of a workflow."""
    return str(ask(person.api, "post", f"workflows/{workflow}/tests/", {"name": "It runs"}).json()["id"])


def ask(client: APIClient, verb: str, path: str, body: Any = None) -> Any:
    headers = {"If-Match": "*"}
    return getattr(client, verb)(API + path, body, format="json", headers=headers)


def state() -> list[Any]:
    """Everything that a write could change."""
    found: list[Any] = []
    for model, names in (
        (Workflow, ("id", "name", "status", "updated_at", "deleted_at", "published_id", "current_id")),
        (WorkflowVersion, ("id", "number", "sealed")),
        (Execution, ("id", "status", "cancel_requested")),
        (Webhook, ("id",)),
        (Schedule, ("id",)),
        (Listening, ("id", "expires_at")),
        (Approval, ("id", "status", "comment")),
        (WorkflowTest, ("id", "name", "updated_at", "last_result")),
        (CollaborationEvent, ("id",)),
    ):
        found.append(list(model.plain.order_by("id").values_list(*names)))
    return found


@pytest.mark.parametrize("who", ["owner", "editor"])
def test_who_may_write_can(
    request: pytest.FixtureRequest, ids: dict[str, str], who: str, subtests: pytest.Subtests
) -> None:
    """Each write finds the same: what the one before it did is taken back."""
    person: Person = request.getfixturevalue(who)
    client = person.api
    for verb, path, body, status in WRITES:
        with subtests.test(f"{verb} {path}", body=body):
            before = transaction.savepoint()
            answer = ask(client, verb, path.format(**ids), body)
            transaction.savepoint_rollback(before)
            assert answer.status_code == status, answer.content


def test_a_viewer_reads_everything_and_changes_nothing(mate: Person, ids: dict[str, str]) -> None:
    before = state()
    for path in READS + LISTS + SHARED:
        assert (path, ask(mate.api, "get", path.format(**ids)).status_code) == (path, 200)
    for verb, path, body in ASKS:
        assert (path, ask(mate.api, verb, path.format(**ids), body).status_code) == (path, 200)
    for verb, path, body, _ in WRITES:
        answer = ask(mate.api, verb, path.format(**ids), body)
        assert (verb, path, answer.status_code) == (verb, path, 403)
        assert answer.json()["code"] in {"not_allowed", "permission_denied", "insufficient_scope"}
    for path, body in MAKES:
        assert ask(mate.api, "post", path, body).status_code == 403
    assert state() == before


def test_a_stranger_finds_nothing_and_changes_nothing(stranger: Person, ids: dict[str, str]) -> None:
    before = state()
    for verb, path, body in INNER:
        answer = ask(stranger.api, verb, path.format(**ids), body)
        assert (path, answer.status_code) == (path, 404)
        assert answer.json()["code"] in {
            "workflow_not_found",
            "execution_not_found",
            "file_not_found",
            "approval_not_found",
            "circuit_breaker_not_found",
        }
    for path in LISTS:
        assert ask(stranger.api, "get", path).json()["items"] == []
    assert ask(stranger.api, "get", f"executions/?workflow={ids['w']}").json()["items"] == []
    assert state() == before
    assert WorkflowView.plain.count() == 0


def test_without_a_token_every_door_is_closed(ids: dict[str, str]) -> None:
    client = APIClient()
    before = state()
    for verb, path, body in EVERY:
        answer = ask(client, verb, path.format(**ids), body)
        assert (path, answer.status_code, answer.json()["code"]) == (path, 401, "not_authenticated")
    assert state() == before


def test_no_door_is_left_out() -> None:
    assert {(verb, path.partition("?")[0]) for verb, path, _ in EVERY} == published()


@pytest.mark.parametrize("verb", ["put", "patch", "delete", "post", "get"])
def test_other_methods_are_refused_with_a_code(owner: Person, ids: dict[str, str], verb: str) -> None:
    taken = {(v, path) for v, path, _ in EVERY}
    for path in {path for _, path in taken}:
        if (verb, path) not in taken:
            answer = ask(owner.api, verb, path.format(**ids), None if verb == "get" else {})
            assert (path, answer.status_code, answer.json()["code"]) == (path, 405, "method_not_allowed")


@pytest.mark.parametrize("path", ["workflows/{}/", "workflows/{}/versions/", "executions/{}/", "executions/{}/logs/"])
def test_ids_that_are_none_are_not_found(owner: Person, path: str) -> None:
    for wrong in ("0", "x", "0" * 36, "%00", "00000000-0000-0000-0000-000000000000", "..", "1" * 5000):
        assert ask(owner.api, "get", path.format(wrong)).status_code == 404


def test_a_private_workflow_is_there_for_its_maker_alone(owner: Person, editor: Person) -> None:
    body = {"name": "Mine", "scope": "user", "definition": chain(hook("mine"), fields("a", x="1"))}
    made = ask(owner.api, "post", "workflows/", body).json()
    run = run_by_hand(owner, made)
    known = known_ids(owner, made["id"], run["id"])
    before = state()
    for verb, path, sent in INNER:
        assert (path, ask(editor.api, verb, path.format(**known), sent).status_code) == (path, 404)
    for path in READS:
        assert ask(owner.api, "get", path.format(**known)).status_code == 200
    assert ask(editor.api, "get", "workflows/").json()["items"] == []
    assert ask(editor.api, "get", "executions/").json()["items"] == []
    assert state() == before


def test_webhooks_and_schedules_of_private_workflows_are_not_shown_to_others(owner: Person, editor: Person) -> None:
    tick = ("tick", "schedule", {"rules": [{"unit": "hours", "interval": 1}]})
    for number, definition in enumerate((chain(hook("mine"), fields("a", x="1")), chain(tick))):
        made = create(owner, definition, f"Mine {number}")
        ask(owner.api, "patch", f"workflows/{made['id']}/", {"scope": "user"})
        for verb in ("publish", "activate"):
            assert ask(owner.api, "post", f"workflows/{made['id']}/{verb}/", {}).status_code == 200
    for path in ("webhooks/", "schedules/"):
        assert len(ask(owner.api, "get", path).json()["items"]) == 1
        assert ask(editor.api, "get", path).json()["items"] == []

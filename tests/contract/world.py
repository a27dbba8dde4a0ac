"""What the contract tests call upon: one of everything that an address of the API can name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.accounts.constants import Role
from apps.workflows.models import Execution
from tests.decision_tables.pricing import create, publish
from tests.pages.contact import open_contact
from tests.people import Person, make_person
from tests.workflows.execution.questions import open_question
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, fields, go_live


def path_ids(owner: Person) -> dict[str, str]:
    """Path parameter → the id of something that is there: each is made over the API."""
    organization = str(owner.organization.id)
    mate = make_person("mate@example.com", owner.organization, Role.VIEWER)
    members = owner.api.get(f"/api/v1/organizations/{organization}/members/").json()["items"]
    workflow = go_live(owner, chain(MANUAL, fields("out", answer="{{ $json.n }}")))
    table = create(owner)["id"]
    publish(owner)
    return {
        "organization_id": organization,
        "membership_id": next(row["id"] for row in members if row["user"] == str(mate.user.id)),
        "team_id": _made(owner, "teams/", {"name": "Sales"}),
        "token_id": _made(owner, "tokens/", {"name": "Script", "scopes": ["read"]}),
        "credential_id": _made(owner, "credentials/", {"name": "Key", "kind": "bearer", "fields": {"token": "x"}}),
        "workflow_id": workflow["id"],
        "node_id": "out",
        "number": "1",
        "template_slug": "check-and-answer",
        "table": table,
        "case_id": _made(owner, f"decision-tables/{table}/tests/", {"name": "It answers"}),
        "template": "product-pricing",
        "form_id": _form(owner),
        "test_id": _made(owner, f"workflows/{workflow['id']}/tests/", {"name": "It runs"}),
        "execution_id": run_by_hand(owner, workflow)["id"],
        "approval_id": open_question(run_by_hand(owner, workflow)["id"]),
        "doubtful_id": _in_doubt(run_by_hand(owner, workflow)["id"]),
    }


def _in_doubt(execution_id: str) -> str:
    """The run, now paused until somebody decides about its last step."""
    pause = {"reason": "doubt", "since": "2026-05-04T00:00:00Z", "by": None, "node": "out", "run_index": 0}
    Execution.plain.filter(id=execution_id).update(status="paused", paused_from="queued", pause=pause)
    return execution_id


def _form(owner: Person) -> str:
    open_contact(owner)
    found = owner.api.get("/api/v1/forms/").json()["items"]
    return str(found[0]["id"])


def _made(owner: Person, path: str, body: dict[str, Any]) -> str:
    answer = owner.api.post(f"/api/v1/{path}", body, format="json")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def is_id(value: Any) -> bool:
    """Whether a generated path parameter could be an id."""
    try:
        return bool(UUID(str(value)))
    except ValueError:
        return False

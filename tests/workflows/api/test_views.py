"""The designer's view of a workflow: each person's own, and no part of the workflow."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.models import AuditEvent
from apps.workflows.models import WorkflowView
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db
VIEW = {"x": -120.5, "y": 40, "zoom": 0.8}


def path(made: dict[str, Any]) -> str:
    return f"/api/v1/workflows/{made['id']}/view/"


def keep(person: Person, made: dict[str, Any], **changes: Any) -> Any:
    return person.api.put(path(made), {**VIEW, **changes}, format="json")


@pytest.fixture
def made(owner: Person) -> dict[str, Any]:
    return create(owner, chain(MANUAL))


def test_before_the_first_time_it_is_the_beginning(owner: Person, made: dict[str, Any]) -> None:
    assert owner.api.get(path(made)).json() == {"x": 0, "y": 0, "zoom": 1, "panels": {}, "saved": False}


def test_it_comes_back_as_it_was_kept(owner: Person, made: dict[str, Any]) -> None:
    kept = {**VIEW, "panels": {"inspector": True, "tab": "\U0001f642 \u202e"}, "saved": True}
    assert keep(owner, made, panels=kept["panels"]).json() == kept
    assert owner.api.get(path(made)).json() == kept


def test_panels_stay_when_only_the_place_is_sent(owner: Person, made: dict[str, Any]) -> None:
    keep(owner, made, panels={"outline": 1})
    assert keep(owner, made, x=7).json() == {**VIEW, "x": 7, "panels": {"outline": 1}, "saved": True}
    assert WorkflowView.plain.count() == 1


def test_each_person_has_their_own(owner: Person, mate: Person, made: dict[str, Any]) -> None:
    keep(owner, made)
    assert mate.api.get(path(made)).json()["saved"] is False
    assert keep(mate, made, x=1).status_code == 200
    assert owner.api.get(path(made)).json()["x"] == VIEW["x"]


def test_the_workflow_stays_as_it_is(owner: Person, made: dict[str, Any]) -> None:
    before = owner.api.get(f"/api/v1/workflows/{made['id']}/")
    audited = AuditEvent.objects.for_system(reason="test").count()
    keep(owner, made)
    after = owner.api.get(f"/api/v1/workflows/{made['id']}/")
    assert (after["ETag"], after.json()) == (before["ETag"], before.json())
    assert AuditEvent.objects.for_system(reason="test").count() == audited


def test_strangers_neither_see_nor_keep_one(stranger: Person, made: dict[str, Any]) -> None:
    assert stranger.api.get(path(made)).status_code == 404
    assert keep(stranger, made).status_code == 404
    assert WorkflowView.plain.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"x": "inf"},
        {"x": "nan"},
        {"y": 1e300},
        {"zoom": 0},
        {"zoom": "nan"},
        {"x": None},
        {"panels": []},
        {"panels": {"a": "x" * 5_000}},
    ],
)
def test_bad_views_are_refused_and_named(owner: Person, made: dict[str, Any], changes: Any) -> None:
    answer = keep(owner, made, **changes)
    assert answer.status_code in (400, 422)
    assert list(answer.json()["errors"]) == list(changes)
    assert WorkflowView.plain.count() == 0


def test_it_goes_with_the_person(owner: Person, mate: Person, made: dict[str, Any]) -> None:
    keep(mate, made)
    mate.user.delete()
    assert WorkflowView.plain.count() == 0

"""Edits by server code, which no serializer has looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from apps.accounts.contracts import Actor
from apps.collaboration.constants import ActorKind
from apps.collaboration.contracts import Base, EventPage, Operation
from apps.collaboration.public import submit
from apps.core.events import Event, subscribe, subscriptions
from exprsn.kernel.errors import DomainError
from tests.collaboration.edits import draft, log, make
from tests.people import Person

pytestmark = pytest.mark.django_db


def edit(actor: Actor, workflow: str, *operations: Operation, **more: Any) -> EventPage:
    return submit(
        actor=actor, resource_type="workflow", resource_id=UUID(workflow), operations=operations, base=Base(0), **more
    )


def variable(name: str, new: Any) -> Operation:
    return Operation(uuid4(), "variables_changed", ("variables", name), new)


def test_who_edits_is_recorded_with_the_door(owner: Person) -> None:
    workflow = make(owner)
    edit(Actor.system(owner.organization.id, "tidy"), workflow, variable("x", 1))
    edit(owner.actor, workflow, variable("x", 2), actor_kind=ActorKind.AI)
    assert [(row.actor_id, row.actor_kind) for row in log(workflow)] == [(None, "system"), (owner.user.id, "ai")]
    assert draft(owner, workflow)["variables"] == {"x": 2}


@pytest.mark.parametrize(
    ("operations", "code"),
    [
        ([], "batch_length"),
        ([variable("x", 1)] * 51, "batch_length"),
        ([variable("x" * 501, 1)], "invalid_path"),
        ([Operation(uuid4(), "variables_changed", ("variables",) * 17, 1)], "invalid_path"),
        ([Operation(uuid4(), "node_updated", ("nodes", "a", "notes"), object())], "invalid_value"),
    ],
)
def test_the_limits_hold_for_server_code_too(owner: Person, operations: list[Operation], code: str) -> None:
    workflow = make(owner)
    with pytest.raises(DomainError) as refused:
        edit(owner.actor, workflow, *operations)
    assert refused.value.code == code and log(workflow) == []


@pytest.mark.django_db(transaction=True)
def test_others_are_told_after_the_commit(owner: Person) -> None:
    told: list[Event] = []
    workflow = make(owner)
    subscribe("collaboration.changed", told.append)
    try:
        edit(owner.actor, workflow, variable("x", 1))
        with pytest.raises(DomainError):
            edit(owner.actor, workflow, variable("", 1))
    finally:
        subscriptions.remove("collaboration.changed", told.append)
    (event,) = told
    assert event.payload == {"resource_type": "workflow", "resource_id": workflow, "seq": 1, "epoch": 1}
    assert event.actor == owner.user.id

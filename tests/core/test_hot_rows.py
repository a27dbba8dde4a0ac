"""Rows written and read with kept statements are the rows that the ORM writes and reads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import AuditEvent
from apps.core.public import (
    KeptQuery,
    commit_along,
    fresh_connections,
    insert_rows,
    new_row,
    sent_together,
    update_rows,
)
from apps.workflows.constants import ExecutionStatus
from apps.workflows.models import Execution, ExecutionLog, ExecutionPayload, WorkflowVersion
from tests.people import Person
from tests.workflows.main_job.definitions import chain, create, fields

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 29, 1, 30, 15, 123456, tzinfo=UTC)


def an_execution(person: Person, **more: Any) -> Execution:
    """A row that has a value in fields of every kind."""
    made = create(person, chain(fields("mark", done="yes")))
    version = WorkflowVersion.plain.filter(workflow_id=made["id"]).latest("id")
    given = {
        "status": ExecutionStatus.RUNNING,
        "trigger_mode": "webhook",
        "started_at": MOMENT,
        "error": {"message": 'a "quoted" \\ text — ü 日本 😀', "n": 2**70, "none": None},
        "custom_data": {"a": [1, 2.5, True]},
        "created_by": uuid4(),
        "test_mode": True,
        "fence": 7,
    }
    return Execution(
        organization=person.organization, workflow_id=version.workflow_id, version=version, **{**given, **more}
    )


def columns(row: Any) -> dict[str, Any]:
    """What is in the database."""
    return dict(type(row)._base_manager.filter(pk=row.pk).values().get())


def test_what_is_inserted_is_what_the_orm_inserts(owner: Person) -> None:
    ours, theirs = an_execution(owner, created_at=MOMENT), an_execution(owner)
    theirs.__dict__.update({**ours.__dict__, "id": theirs.id, "_state": theirs._state})
    insert_rows([ours])
    theirs.save(force_insert=True)
    theirs_as_saved = columns(theirs) | {"id": ours.id, "created_at": MOMENT, "updated_at": None}
    assert columns(ours) | {"updated_at": None} == theirs_as_saved
    assert columns(ours)["updated_at"] is not None
    assert not ours._state.adding


def test_bytes_and_side_rows(owner: Person) -> None:
    execution = an_execution(owner)
    insert_rows([execution])
    payload = ExecutionPayload(organization=owner.organization, execution=execution, kind="trigger")
    payload.value = [{"json": {"b": "\x00 ✓", "long": "x" * 9000}}]
    insert_rows([payload])
    assert ExecutionPayload.plain.get().value == payload.value
    lines = [
        ExecutionLog(organization=owner.organization, execution=execution, timestamp=MOMENT, message=str(n))
        for n in range(1200)
    ]
    insert_rows(lines)
    assert sorted(ExecutionLog.plain.values_list("id", flat=True)) == sorted(line.id for line in lines)
    insert_rows([])


def test_a_row_that_breaks_a_rule_is_refused_as_ever(owner: Person) -> None:
    execution = an_execution(owner)
    insert_rows([execution])
    with pytest.raises(IntegrityError):
        insert_rows([execution])


def test_a_row_made_without_the_constructor_is_the_same_row(owner: Person) -> None:
    theirs = an_execution(owner, created_at=MOMENT, updated_at=MOMENT)
    values = {field.attname: getattr(theirs, field.attname) for field in Execution._meta.concrete_fields}
    ours = new_row(Execution, values)
    assert ours == theirs
    assert ours._state.adding
    insert_rows([ours])
    assert columns(ours) == {**columns(ours), "id": theirs.id, "created_at": MOMENT, "fence": 7}


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_together_is_there_whole_or_not_at_all(owner: Person) -> None:
    own, first, second = connections["default"], an_execution(owner), an_execution(owner)
    with transaction.atomic(), sent_together(own):
        insert_rows([first])
        commit_along(own)
    with pytest.raises(IntegrityError), transaction.atomic(), sent_together(own):
        insert_rows([second])
        insert_rows([first])
        commit_along(own)
    assert [row.id for row in Execution.plain.all()] == [first.id]


def test_an_update_names_its_fields_and_says_how_many_rows_it_changed(owner: Person) -> None:
    execution = an_execution(owner)
    insert_rows([execution])
    changes = {"status": ExecutionStatus.ERROR, "error": None, "finished_at": MOMENT, "owner": "'; DROP TABLE x; --"}
    assert update_rows(Execution, changes, {"id": execution.id, "fence": 6}) == 0
    assert update_rows(Execution, changes, {"id": execution.id, "fence": 7}) == 1
    found = Execution.plain.get()
    assert {name: getattr(found, name) for name in changes} == changes


def test_a_kept_query_binds_its_values_and_converts_as_the_orm(owner: Person, stranger: Person) -> None:
    def build(verb: str, name: str) -> Any:
        rows = AuditEvent.plain.filter(verb=verb, object_name=name).order_by("id")
        return rows.values_list("id", "occurred_at", "changes", "organization__name")

    asked = KeptQuery(build, values=2)
    made = [
        AuditEvent.plain.create(
            organization=person.organization, verb="v'1", object_name=f"n{at}", changes={"a": [at, "ü"]}
        )
        for at, person in enumerate((owner, stranger))
    ]
    for at, row in enumerate(made):
        with CaptureQueriesContext(connection) as queries:
            found = asked("v'1", f"n{at}")
        assert found == list(build("v'1", f"n{at}"))
        assert found == [(row.id, row.occurred_at, {"a": [at, "ü"]}, row.organization.name)]
        assert len(queries) == 1
    assert asked("\x01mark 1", "n0") == []


def test_a_thread_that_is_busy_believes_in_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    from apps.core.services import fresh_connections as module

    looked: list[float] = []
    now = [1000.0]
    monkeypatch.setattr(module, "close_old_connections", lambda: looked.append(now[0]))
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    monkeypatch.setattr(module._looked, "at", float("-inf"), raising=False)
    for moment in (1000.0, 1001.0, 1004.9, 1005.1, 1005.2):
        now[0] = moment
        fresh_connections()
    assert looked == [1000.0, 1005.1]
    monkeypatch.setattr(connection, "errors_occurred", True)
    fresh_connections()
    assert looked[2:] == [1005.2]

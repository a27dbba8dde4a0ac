"""Forgetting keeps up: 100,000 executions in bounded time, in small transactions."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from apps.workflows.models import Execution, ExecutionPayload, NodeExecution
from apps.workflows.services.retention import forget_old_executions
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import first_id_at
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(1_800)]
COUNT = 100_000
# Between two rounds of a minute lie nine others.
BOUND_SECONDS = 600


def copies(person: Person, made: dict[str, Any], count: int) -> None:
    """As many runs of last year as are asked for, with a payload and a node run each."""
    then = utc_now() - timedelta(days=365)
    first = first_id_at(then).int
    shared = {"organization_id": person.organization.id}
    version = Execution.plain.values_list("version_id", flat=True)[0]
    for start in range(0, count, 5_000):
        ids = [type(first_id_at(then))(int=first + number * 16) for number in range(start, min(start + 5_000, count))]
        Execution.plain.bulk_create(
            Execution(id=each, workflow_id=made["id"], version_id=version, status="success", finished_at=then, **shared)
            for each in ids
        )
        payloads = [ExecutionPayload(execution_id=each, kind="journal", data=b"{}", **shared) for each in ids]
        ExecutionPayload.plain.bulk_create(payloads)
        NodeExecution.plain.bulk_create(
            NodeExecution(execution_id=row.execution_id, payload=row, execution_order=order, **shared)
            for order, row in enumerate(payloads)
        )


def test_100_000_executions_go_in_bounded_time(owner: Person, settings: Any) -> None:
    settings.EXPRSN_RETENTION_DAYS = 30
    made = create(owner, chain(MANUAL))
    kept = run_by_hand(owner, made)["id"]
    copies(owner, made, COUNT)
    started = time.monotonic()
    deleted = 0
    while deleted < COUNT:
        deleted += forget_old_executions()
    assert [str(each) for each in Execution.plain.values_list("id", flat=True)] == [kept]
    assert NodeExecution.plain.exclude(execution_id=kept).count() == 0
    seconds = time.monotonic() - started
    print(f"{COUNT} executions forgotten in {seconds:.0f} s, {COUNT / seconds:.0f} a second")
    assert seconds < BOUND_SECONDS

"""Several edit at the same moment: numbers without a gap, nothing lost, one truth."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from apps.collaboration.engine.applying import fold
from apps.workflows.engine.operations.types import WORKFLOW_OPERATIONS
from tests.collaboration.edits import document, draft, log, make, node, op, taken
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, fields

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 4
EACH = 8


def at_once(*jobs: Any) -> list[BaseException]:
    """Run every job in a thread of its own; what went wrong."""

    def run(job: Any) -> None:
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        futures = [pool.submit(run, job) for job in jobs]
    return [error for future in futures if (error := future.exception()) is not None]


def test_edits_of_several_at_once_are_all_kept_in_one_order(owner: Person, editor: Person) -> None:
    workflow = make(owner)
    first = draft(owner, workflow)
    assert owner.token and editor.token
    seen: list[dict[str, Any]] = []

    def writer(number: int) -> Any:
        def write() -> None:
            person = (owner, editor)[number % 2]
            for each in range(EACH):
                name = f"w{number}-{each}"
                taken(
                    person, workflow,
                    op("node_added", "nodes", name, new=node(name)),
                    op("variables_changed", "variables", "shared", new=name),
                )  # fmt: skip

        return write

    def reader() -> None:
        seen.extend(document(owner, workflow) for _ in range(10))

    assert at_once(*(writer(number) for number in range(WRITERS)), reader) == []
    rows = log(workflow)
    assert [row.seq for row in rows] == list(range(1, 2 * WRITERS * EACH + 1))
    states = [first]
    for row in rows:
        states.append(fold(WORKFLOW_OPERATIONS, states[-1], [(row.type, tuple(row.path), row.values[1])]))
        assert WORKFLOW_OPERATIONS[row.type].read(states[-2], tuple(row.path)) == row.values[0]
    assert draft(owner, workflow) == states[-1]
    assert all(view["state"] == states[view["seq"]] for view in seen) and len(seen) == 10


def test_one_operation_sent_by_several_at_once_is_taken_once(owner: Person) -> None:
    workflow = make(owner)
    assert owner.token
    same = op("node_added", "nodes", "b", new=node("b"))
    assert at_once(*[lambda: taken(owner, workflow, same)] * WRITERS) == []
    assert len(log(workflow)) == 1


def test_an_edit_and_a_put_at_once_leave_one_truth(owner: Person) -> None:
    workflow = make(owner)
    assert owner.token
    body = {"definition": chain(MANUAL, fields("other", x="2"))}

    def put() -> None:
        answer = owner.api.put(f"/api/v1/workflows/{workflow}/", body, format="json", headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.content

    def edit() -> None:
        taken(owner, workflow, op("variables_changed", "variables", "x", new=1))

    assert at_once(put, edit, put, edit) == []
    rows = log(workflow)
    assert sorted(row.type for row in rows) == ["document_replaced"] * 2 + ["variables_changed"] * 2
    after = [row.type for row in rows[[row.type for row in rows].index("document_replaced") :]]
    assert document(owner, workflow)["epoch"] == 3
    last_is_edit = rows[-1].type == "variables_changed"
    assert (draft(owner, workflow)["variables"] == {"x": 1}) == last_is_edit, after

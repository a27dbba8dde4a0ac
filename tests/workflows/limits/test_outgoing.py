"""Calls of HTTP nodes: breakers, pauses and rates as the nodes meet them, and what people see of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apps.core.contracts import OutgoingResponse
from apps.core.models import HostBreaker
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import HttpCall
from apps.workflows.execution import real_ports
from apps.workflows.execution.leases import Lease, leases
from apps.workflows.execution.real_ports import GuardedHttp
from exprsn.kernel.clock import monotonic
from exprsn.kernel.ids import new_id
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db
CALL: tuple[str, str, dict[str, Any]] = ("call", "http_request", {"url": "https://api.example.com/"})
BREAKERS = "/api/v1/circuit-breakers/"


class Host:
    """A host that answers as it is told to."""

    def __init__(self) -> None:
        self.calls = 0
        self.answer = OutgoingResponse(
            200, "OK", {"content-type": "application/json"}, b"{}", "https://api.example.com/"
        )

    def breaks(self, status: int = 500, **headers: str) -> None:
        self.answer = OutgoingResponse(status, "", headers, b"", "https://api.example.com/")

    def __call__(self, *_: Any, **__: Any) -> OutgoingResponse:
        self.calls += 1
        return self.answer


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """Every host."""
    made = Host()
    monkeypatch.setattr(real_ports, "guarded_request", made)
    return made


def test_a_host_that_keeps_failing_is_not_called_until_somebody_resets_it(owner: Person, host: Host) -> None:
    made = create(owner, chain(MANUAL, CALL))
    host.breaks()
    kinds = [run_by_hand(owner, made)["error"]["kind"] for _ in range(6)]
    assert kinds[-1] == "circuit_open"
    assert host.calls == 5
    (row,) = owner.api.get(BREAKERS).json()["items"]
    assert (row["host"], row["state"], row["credential"]) == ("api.example.com", "open", None)
    assert row["retry_at"] > row["since"]
    host.breaks(200)
    assert owner.api.post(f"{BREAKERS}{row['id']}/reset/").json()["state"] == "closed"
    assert run_by_hand(owner, made)["status"] == "success"


def test_only_those_of_the_organization_are_seen_and_reset(
    owner: Person, editor: Person, mate: Person, stranger: Person
) -> None:
    row = HostBreaker.plain.create(organization_id=owner.organization.id, host="a.example", state="open", count=0)
    path = f"{BREAKERS}{row.id}/reset/"
    assert stranger.api.get(BREAKERS).json()["items"] == []
    assert stranger.api.post(path).status_code == 404
    assert len(mate.api.get(BREAKERS).json()["items"]) == 1
    assert mate.api.post(path).status_code == 403
    row.refresh_from_db()
    assert row.state == "open"
    assert editor.api.post(path).status_code == 200


def test_a_refusal_can_be_retried_and_says_when(owner: Person, host: Host) -> None:
    http = GuardedHttp(owner.organization.id)
    host.breaks(429, **{"retry-after": "60"})
    http.send(HttpCall("GET", "https://api.example.com/"))
    with pytest.raises(NodeError) as refused:
        http.send(HttpCall("GET", "https://api.example.com/", timeout=1))
    error = refused.value
    assert (error.kind, error.retryable, host.calls) == ("rate_limited", True, 1)
    assert error.params["retry_after"] > 50
    with pytest.raises(NodeError) as unknown:
        http.send(HttpCall("GET", "ftp://api.example.com/"))
    assert unknown.value.kind == "invalid_url"


@pytest.fixture
def lease() -> Iterator[Lease]:
    """That of a run which is about to call."""
    held = leases.hold(new_id(), 1, monotonic())
    yield held
    leases.release(held)


def test_a_run_that_waits_for_its_moment_can_be_stopped(owner: Person, host: Host, lease: Lease) -> None:
    http = GuardedHttp(owner.organization.id, lease.execution_id)
    call = HttpCall("GET", "https://api.example.com/", timeout=60, credential=str(new_id()), rate="1/min")
    http.send(call)
    threading.Timer(0.05, lease.canceled.set).start()
    with pytest.raises(NodeError) as stopped:
        http.send(call)
    assert (stopped.value.kind, host.calls) == ("canceled", 1)


def test_a_credential_may_say_how_often_it_is_used(owner: Person, host: Host) -> None:
    def store(rate: str) -> Any:
        body = {"name": "Key", "kind": "bearer", "fields": {"token": "secret", "rate": rate}}
        return owner.api.post("/api/v1/credentials/", body, format="json")

    refused = store("often")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["fields.rate"])
    kept = store("1/h").json()["id"]
    definition = chain(MANUAL, (*CALL[:2], {**CALL[2], "authentication": "bearer", "timeout_seconds": 1}))
    definition["nodes"][1]["credentials"] = {"bearer": kept}
    made = create(owner, definition)
    assert run_by_hand(owner, made)["status"] == "success"
    assert run_by_hand(owner, made)["error"]["kind"] == "rate_limited"
    freed = owner.api.patch(f"/api/v1/credentials/{kept}/", {"fields": {"rate": "none"}}, format="json")
    assert freed.status_code == 200
    assert run_by_hand(owner, made)["status"] == "success"

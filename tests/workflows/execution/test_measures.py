"""What runs leave behind for those who watch: metrics, and log lines that can be followed."""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import signals
from django.db import connection
from django.test import Client

from apps.core.public import METRICS
from apps.core.services.logs import configure_structlog, formatter
from apps.workflows.execution.measures import queue_figures
from apps.workflows.execution.sweep import sweep
from apps.workflows.models import Execution
from config.celery import app
from config.embedded import EmbeddedWorker
from config.wsgi import application
from exprsn.kernel.clock import utc_now
from tests.core.web_server import web_server
from tests.people import Person
from tests.workflows.execution.starts import begun, die, queued, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

FAIL = ("stop", "stop_and_error", {"message": "Out of paper"})
PATIENCE = 20.0


def value(name: str, **labels: str) -> float:
    return METRICS.get_sample_value(name, labels) or 0.0


@pytest.fixture
def lines() -> Iterator[Any]:
    """What is logged as JSON, by a function."""
    configure_structlog()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter("json"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "status"), [(fields("a", x="1"), "success"), (FAIL, "error")])
def test_runs_are_counted_by_status_and_mode(owner: Person, step: Any, status: str) -> None:
    def counts() -> list[float]:
        return [
            value("workflow_executions_total", status=status, mode="manual"),
            value("workflow_execution_duration_seconds_count", status=status),
            value("workflow_node_duration_seconds_count", type=step[1]),
        ]

    before = counts()
    run_by_hand(owner, create(owner, chain(MANUAL, step)))
    assert counts() == [number + 1 for number in before]


@pytest.mark.django_db
def test_a_run_that_waits_is_counted_when_it_has_ended(owner: Person) -> None:
    before = value("workflow_executions_total", status="waiting", mode="manual")
    wait = ("wait", "wait", {"mode": "duration", "amount": 1, "unit": "hours"})
    made = run_by_hand(owner, create(owner, chain(MANUAL, wait)))
    assert made["status"] == "waiting"
    assert value("workflow_executions_total", status="waiting", mode="manual") == before == 0


@pytest.mark.django_db(transaction=True)
def test_what_the_sweep_takes_over_is_counted(owner: Person) -> None:
    before = value("workflow_executions_taken_over_total")
    execution, _ = begun(owner, create(owner, chain(MANUAL)))
    die(execution)
    sweep()
    assert value("workflow_executions_taken_over_total") == before + 1


@pytest.mark.django_db
def test_the_queue_has_a_length_and_an_age_for_each_priority(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    for priority, minutes in (("high", 1), ("high", 5), ("low", 2)):
        queued(owner, made, priority=priority, created_at=utc_now() - timedelta(minutes=minutes))
    begun(owner, made)
    length, age = queue_figures()
    assert {sample.labels["priority"]: sample.value for sample in length.samples} == {
        "critical": 0, "high": 2, "normal": 0, "low": 1,
    }  # fmt: skip
    ages = {sample.labels["priority"]: sample.value for sample in age.samples}
    assert (round(ages["high"], -1), round(ages["low"], -1), ages["normal"]) == (300, 120, 0)


@pytest.mark.django_db(transaction=True)
def test_webhooks_are_counted_by_their_route(owner: Person) -> None:
    labels = {"method": "POST", "route": "webhook/<path:path>", "status_code": "404"}
    before = value("http_requests_total", **labels)
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/webhook/nobody", "wsgi.input": io.BytesIO()}
    list(application(environ, lambda *arguments: None))
    assert value("http_requests_total", **labels) == before + 1


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A real worker behind a real queue, in threads of this process."""
    app.conf.task_always_eager = False
    signals.task_postrun.connect(_close)
    found = EmbeddedWorker()
    found.start()
    yield
    found.stop()
    signals.task_postrun.disconnect(_close)
    app.conf.task_always_eager = True


def _close(**_: Any) -> None:
    """The worker's threads outlive it; their connections must not outlive the test's database."""
    connection.close()


def test_a_calls_id_is_in_the_workers_lines_and_in_what_its_nodes_send(
    owner: Person, settings: Any, worker: None, lines: Any
) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with web_server() as web:
        ask = ("ask", "http_request", {"method": "GET", "url": web.url("/asked")})
        go_live(owner, chain(hook("traced", response_mode="immediately"), ask))
        answer = Client().post(
            "/webhook/traced", {}, content_type="application/json", headers={"X-Correlation-ID": "order-4711"}
        )
        line = _finished(lines)
    execution = Execution.plain.get(id=answer.json()["execution_id"])
    assert (answer["X-Correlation-ID"], execution.correlation_id) == ("order-4711", "order-4711")
    assert line["correlation_id"] == "order-4711"
    assert (line["execution"], line["workflow"], line["organization"], line["status"]) == (
        str(execution.id), str(execution.workflow_id), str(owner.organization.id), "success",
    )  # fmt: skip
    assert [headers["x-correlation-id"] for _, _, headers, _ in web.heard] == ["order-4711"]


def _finished(lines: Any) -> dict[str, Any]:
    """The line that says that the run has ended, which a worker writes when it can be read."""
    deadline = time.monotonic() + PATIENCE
    while not (found := [line for line in lines() if line["event"] == "execution_finished"]):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return dict(found[0])


@pytest.mark.django_db
def test_lines_of_a_request_say_who_asked_and_those_after_it_do_not(owner: Person, lines: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("apps.workflows.api.catalogue.visible_webhooks", _broken)
        answer = owner.api.get("/api/v1/webhooks/", headers={"X-Correlation-ID": "c-9"})
    assert answer.status_code == 500
    (line,) = [line for line in lines() if line["event"] == "unhandled_error"]
    assert (line["correlation_id"], line["user"]) == ("c-9", str(owner.user.id))
    assert line["organization"] == str(owner.organization.id)
    logging.getLogger("later").info("later")
    assert not {"user", "organization", "correlation_id"} & set(lines()[-1])


def _broken(actor: object) -> None:
    raise ZeroDivisionError

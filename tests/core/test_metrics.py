"""Metrics: what is counted, under which labels, and who may read it."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import shared_task
from django.db import DatabaseError, connection
from django.test import Client
from rest_framework.test import APIClient

from apps.core.registry import metric_sources
from apps.core.services import query_times
from apps.core.services.cache import CacheService
from apps.core.services.code_runs import run_javascript
from apps.core.services.metrics import METRICS, MOST_VALUES, Bounded, count_request
from apps.core.services.worker_metrics import WorkerMetrics
from exprsn.kernel.errors import DomainError

ROOT = Path(__file__).parents[2]
TOKEN = {"Authorization": "Bearer hidden-token"}


def value(name: str, **labels: str) -> float:
    return METRICS.get_sample_value(name, labels) or 0.0


@pytest.fixture
def scraped(settings: Any) -> Any:
    settings.EXPRSN_METRICS_TOKEN = "hidden-token"
    return settings


def test_nobody_reads_them_until_somebody_is_allowed_to(client: Client) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 403
    assert b"http_requests" not in answer.content


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer ", "Basic hidden-token", "Bearer hidden-tokén"])
def test_another_token_is_refused(client: Client, scraped: Any, header: str | None) -> None:
    answer = client.get("/metrics", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"http_requests" not in answer.content


@pytest.mark.django_db
def test_the_token_reads_them(client: Client, scraped: Any) -> None:
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    for name in ("http_requests_total", "db_query_duration_seconds_bucket", "workflow_queue_length", "celery_workers"):
        assert f"\n# TYPE {name.removesuffix('_bucket')} ".encode() in answer.content, name
    assert client.post("/metrics", headers=TOKEN).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("10.1.2.3", 200), ("10.2.0.1", 403), ("::1", 200), ("nonsense", 403)])
def test_addresses_that_are_allowed_read_them(client: Client, settings: Any, address: str, status: int) -> None:
    settings.EXPRSN_METRICS_ALLOW = ["10.1.0.0/16", "::1"]
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


@pytest.mark.urls("tests.core.urls")
def test_requests_are_counted_by_route_and_never_by_path(api: APIClient) -> None:
    labels = {"method": "GET", "route": "api/v1/raise/<name>/", "status_code": "404"}
    before, bugs = value("http_requests_total", **labels), value("errors_total", code="not_found")
    for _ in range(2):
        assert api.get("/api/v1/raise/http404/").status_code == 404
    assert value("http_requests_total", **labels) == before + 2
    assert value("http_request_duration_seconds_count", **labels) >= 2
    assert value("errors_total", code="not_found") == bugs + 2


def test_unknown_paths_and_methods_share_a_label(client: Client) -> None:
    labels = {"method": "other", "route": "unmatched", "status_code": "404"}
    before = value("http_requests_total", **labels)
    for path in ("/nowhere/1", "/nowhere/2"):
        client.generic("BREW", path)
    assert value("http_requests_total", **labels) == before + 2
    count_request("GET", "x", 200, 0.1)
    assert value("http_request_duration_seconds_sum", method="GET", route="x", status_code="200") == 0.1


def test_labels_stay_within_bounds() -> None:
    bounded = Bounded()
    assert {bounded(str(number)) for number in range(MOST_VALUES + 50)} == {
        *map(str, range(MOST_VALUES)),
        "other",
    }
    assert bounded("1") == "1"


def test_the_cache_is_counted_by_kind() -> None:
    before = [value("cache_requests_total", kind="fruit", result=result) for result in ("hit", "miss")]
    cache = CacheService()
    cache.set("fruit:1", 1)
    for key in ("fruit:1", "fruit:2", "fruit:3"):
        cache.get(key)
    after = [value("cache_requests_total", kind="fruit", result=result) for result in ("hit", "miss")]
    assert after == [before[0] + 1, before[1] + 2]


def test_code_is_counted_by_its_result(settings: Any) -> None:
    settings.EXPRSN_CODE_SECONDS = 60

    def count(result: str) -> float:
        return value("sandbox_calls_total", language="javascript", result=result)

    before = count("success"), count("code_error")
    run_javascript("return items", mode="all_items", items_json=b"[]", context_json=b"{}", seconds=60)
    with pytest.raises(DomainError):
        run_javascript("throw new Error('x')", mode="all_items", items_json=b"[]", context_json=b"{}", seconds=60)
    assert (count("success"), count("code_error")) == (before[0] + 1, before[1] + 1)


@pytest.mark.django_db
def test_statements_are_timed_and_slow_ones_logged_without_values(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(query_times, "SLOW_SECONDS", -1.0)
    before = value("db_query_duration_seconds_count", operation="select")
    with connection.execute_wrapper(query_times.timed), connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["geheim"])
    assert value("db_query_duration_seconds_count", operation="select") > before
    lines = [str(record.msg) for record in caplog.records if "slow_query" in str(record.msg)]
    assert any("SELECT" in line for line in lines)
    assert not any("geheim" in line for line in lines)


def test_new_connections_time_their_statements_once() -> None:
    class Fake:
        execute_wrappers: list[Any] = []

    for _ in range(2):
        query_times.time_statements(Fake)  # type: ignore[arg-type]
    assert Fake.execute_wrappers == [query_times.timed]


@shared_task(name="tests.fails_or_not", throws=(ValueError,))
def fails_or_not(fails: bool) -> None:
    if fails:
        raise ValueError


def test_tasks_are_counted_by_name_and_state() -> None:
    def count(state: str) -> float:
        return value("celery_tasks_total", task="tests.fails_or_not", state=state)

    before = count("success"), count("failure")
    fails_or_not.apply(args=[False])
    fails_or_not.apply(args=[True], throw=False)
    assert (count("success"), count("failure")) == (before[0] + 1, before[1] + 1)
    assert value("celery_task_duration_seconds_count", task="tests.fails_or_not") >= 2


def test_a_source_that_fails_costs_its_own_figures_only(
    client: Client, scraped: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> list[Any]:
        raise DatabaseError("geheim")

    monkeypatch.setattr(metric_sources, "_entries", {"away": away})
    content = client.get("/metrics", headers=TOKEN).content
    assert b'metrics_source_up{source="away"} 0.0' in content
    assert b"http_requests_total" in content
    assert b"geheim" not in content


@pytest.fixture
def worker(settings: Any, unused_tcp_port: int) -> Iterator[str]:
    settings.EXPRSN_WORKER_METRICS_PORT, settings.EXPRSN_METRICS_TOKEN = unused_tcp_port, "hidden-token"
    step, taken = WorkerMetrics(None), WorkerMetrics(None)
    step.start(None)
    taken.start(None)  # the port is taken: a warning, no more
    yield f"http://127.0.0.1:{unused_tcp_port}"
    for one in (step, taken):
        one.terminate(None)


@pytest.mark.django_db(transaction=True)
def test_a_worker_shows_its_metrics_to_the_same_callers(worker: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{worker}/metrics", timeout=30)
    refused.value.close()
    assert refused.value.code == 401
    with pytest.raises(urllib.error.HTTPError) as nowhere:
        urllib.request.urlopen(f"{worker}/", timeout=30)
    nowhere.value.close()
    assert nowhere.value.code == 404
    request = urllib.request.Request(f"{worker}/metrics", headers=TOKEN)
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert b"celery_tasks_total" in answer.read()


def test_a_worker_listens_only_when_it_is_told_a_port() -> None:
    step = WorkerMetrics(None)
    step.start(None)
    assert step._server is None


COUNT = "import django; django.setup(); from apps.core.services.metrics import *; count_request('GET', 'r', 200, 0.5)"
READ = "import django; django.setup(); from apps.core.services.metrics import *; print(exposition().decode())"


def test_processes_of_a_machine_are_added_up(tmp_path: Path) -> None:
    environment = {**os.environ, "EXPRSN_METRICS_DIR": str(tmp_path / "metrics")}

    def run(code: str) -> str:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout

    run(COUNT)
    run(COUNT)
    read = run(READ)
    assert 'http_requests_total{method="GET",route="r",status_code="200"} 2.0' in read
    assert 'http_request_duration_seconds_sum{method="GET",route="r",status_code="200"} 1.0' in read

"""Traces from end to end: a real server with a collector beside it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from benchmarks.server import Server
from tests.tracing.receiver import Receiver, attributes, serving

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
SECRETS = ("hush-query", "hush-header", "hush-body", "hush-password", "hush-answer", "hush-path", "exprsn_")


class World:
    """A server that traces, what it sent, and what the address that it calls was sent."""

    def __init__(self) -> None:
        self.collector = Receiver()
        self.called: list[dict[str, str]] = []
        self.outside = ""
        self.server = Server()

    def go_live(self, name: str, mode: str, *more: tuple[str, str, dict[str, Any]]) -> None:
        """Webhook, a request that carries secrets in each of its parts, and what more there is."""
        url = self.outside.replace("http://", "http://user:hush-password@") + "/hush-path?token=hush-query"
        call = {"method": "GET", "url": url, "headers": [{"name": "X-Api-Key", "value": "hush-header"}]}
        hook = {"path": name, "methods": ["POST"], "response_mode": mode}
        self.server.go_live(name, chain([("hook", "webhook", hook), ("call", "http_request", call), *more]))

    def post(self, path: str) -> None:
        request = urllib.request.Request(
            f"{self.server.base}/webhook/{path}?k=hush-query",
            data=b'{"secret": "hush-body"}',
            headers={"Content-Type": "application/json", "traceparent": CALLER, "X-Correlation-ID": f"order-{path}"},
        )
        try:
            urllib.request.urlopen(request, timeout=30).read()
        except urllib.error.HTTPError as error:
            error.close()


def chain(steps: list[tuple[str, str, dict[str, Any]]]) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "nodes": [{"id": i, "type": t, "name": i, "position": {"x": 0, "y": 0}, "parameters": p} for i, t, p in steps],
        "connections": [{"source": a[0], "target": b[0]} for a, b in pairwise(steps)],
        "variables": {},
        "settings": {},
    }


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One server for all; each test has a path and an order of its own."""
    made = World()
    collect = serving(lambda path, headers, body: made.collector.take(path, body))
    outside = serving(lambda path, headers, body: made.called.append(headers))
    with collect as made.server.environment["EXPRSN_OTEL_ENDPOINT"], outside as made.outside:
        made.server.environment["OTEL_BSP_SCHEDULE_DELAY"] = "100"
        with made.server:
            yield made


def run_of(world: World, order: str) -> Span:
    """The span of the run that the call with this correlation id started."""
    world.collector.wait_for("workflow run")
    found = [one for one in world.collector.named("workflow run") if correlation(one) == order]
    while not found:
        world.collector.wait_for("workflow run", len(world.collector.named("workflow run")) + 1)
        found = [one for one in world.collector.named("workflow run") if correlation(one) == order]
    return found[0]


def correlation(span: Span) -> str:
    return str(attributes(span).get("exprsn.correlation_id"))


def inside(world: World, parent: Span) -> dict[str, Span]:
    """What happened directly inside of a span, statements left out."""
    spans = [one for one in world.collector.spans if one.parent_span_id == parent.span_id]
    return {one.name: one for one in spans if not one.name.startswith("sql ")}


def test_a_run_that_is_waited_for_is_inside_of_its_request(world: World) -> None:
    world.go_live("waited", "last_node")
    world.post("waited")
    run = run_of(world, "order-waited")
    request = next(
        one for one in world.collector.wait_for("POST webhook/<path:path>") if one.span_id == run.parent_span_id
    )
    assert request.trace_id.hex() == CALLER.split("-")[1]
    assert request.parent_span_id.hex() == CALLER.split("-")[2]
    assert request.kind == Span.SPAN_KIND_SERVER
    said = attributes(request)
    assert said == {
        "http.request.method": "POST",
        "http.route": "webhook/<path:path>",
        "http.response.status_code": 200,
        "exprsn.correlation_id": "order-waited",
    }
    assert set(attributes(run)) == {
        "exprsn.execution_id", "exprsn.workflow_id", "exprsn.organization_id", "exprsn.correlation_id",
        "exprsn.trigger_mode", "exprsn.status",
    }  # fmt: skip
    assert attributes(run)["exprsn.status"] == "success"
    nodes = inside(world, run)
    assert set(nodes) == {"node webhook", "node http_request"}
    assert attributes(nodes["node http_request"])["exprsn.node_id"] == "call"
    assert world.collector.services == {"exprsn"}
    assert world.collector.paths == {"/v1/traces"}


def test_who_is_called_is_told_of_the_span_that_calls(world: World) -> None:
    world.go_live("outside", "last_node")
    world.called.clear()
    world.post("outside")
    run = run_of(world, "order-outside")
    sent = inside(world, inside(world, run)["node http_request"])["GET"]
    assert sent.kind == Span.SPAN_KIND_CLIENT
    said = attributes(sent)
    assert (said["server.address"], said["http.response.status_code"]) == ("127.0.0.1", 200)
    told = world.called[0]
    assert told["traceparent"] == f"00-{sent.trace_id.hex()}-{sent.span_id.hex()}-01"
    assert told["x-correlation-id"] == "order-outside"
    # The secrets did travel; they are just not told to the collector.
    assert told["x-api-key"] == "hush-header"


def test_the_run_of_a_worker_is_linked_to_the_request_that_asked_for_it(world: World) -> None:
    world.go_live("later", "immediately")
    world.post("later")
    run = run_of(world, "order-later")
    requests = world.collector.wait_for("POST webhook/<path:path>")
    asked = next(one for one in requests if correlation(one) == "order-later")
    assert [(link.trace_id, link.span_id) for link in run.links] == [(asked.trace_id, asked.span_id)]
    task = next(
        one for one in world.collector.wait_for("task workflows.run_executions") if one.span_id == run.parent_span_id
    )
    assert task.kind == Span.SPAN_KIND_CONSUMER
    assert task.trace_id == run.trace_id != asked.trace_id


def test_a_node_that_fails_says_so_with_its_code(world: World) -> None:
    world.go_live("failing", "last_node", ("last", "stop_and_error", {"message": "hush-body"}))
    world.post("failing")
    run = run_of(world, "order-failing")
    failed = inside(world, run)["node stop_and_error"]
    assert (failed.status.code, run.status.code) == (Status.STATUS_CODE_ERROR, Status.STATUS_CODE_ERROR)
    assert attributes(failed)["error.type"] == "stopped"
    assert inside(world, run)["node http_request"].status.code == Status.STATUS_CODE_UNSET


def test_a_page_is_named_by_its_route(world: World) -> None:
    world.server.call("GET", "/workflows/?search=hush-query")
    request = world.collector.wait_for("GET api/v1/workflows/")[0]
    assert [one for one in world.collector.spans if one.parent_span_id == request.span_id and one.name == "sql select"]
    with pytest.raises(RuntimeError):
        world.server.call("GET", "/hush-path/")
    assert world.collector.wait_for("GET unmatched")


def test_nothing_secret_reaches_the_collector(world: World) -> None:
    world.go_live("quiet", "last_node")
    world.post("quiet")
    run_of(world, "order-quiet")
    assert len(world.collector.spans) > 10
    for secret in (*SECRETS, world.server.token):
        assert secret.encode() not in world.collector.raw

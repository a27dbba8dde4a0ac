"""Sub-graphs of public exports run end to end: imported, executed, answered by a local server.

The exports stay outside of the repository; the tests pick nodes from them by name when they run.
"""

from __future__ import annotations

import json
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import SUCCESS, WAITING
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import CodeAnswer, HttpAnswer, HttpCall, Ports, Secret
from apps.workflows.engine.run import RunResult, output_of, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from apps.workflows.interchange.importing import import_documents
from apps.workflows.registry import get_node_type
from exprsn.sandbox.javascript import JavaScriptPool

FOLDER = Path(os.environ.get("EXPRSN_CORPORA", "nowhere"), "n8n")
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="EXPRSN_CORPORA names no folder with n8n exports")

Answer = Callable[[str, str, Mapping[str, str], Any], Any]


class LocalServer:
    """Answers with what a function says of method, path, query and JSON body; remembers the calls."""

    def __init__(self) -> None:
        self.answer: Answer = lambda *_: {}
        self.calls: list[tuple[str, str, Mapping[str, str], Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.hosts: list[str | None] = []
        self.unreachable: set[str | None] = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                call = (self.command, parts.path, dict(parse_qsl(parts.query)), json.loads(body or b"null"))
                outer.calls.append(call)
                outer.headers.append({name.lower(): value for name, value in self.headers.items()})
                said = outer.answer(*call)
                is_page = isinstance(said, str)
                answer = said.encode() if is_page else json.dumps(said).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html" if is_page else "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = handle_any  # noqa: N815 - the library's names

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def send(self, call: HttpCall) -> HttpAnswer:
        """The engine's HTTP port: every host is the local server, under its own path."""
        parts = urlsplit(call.url)
        self.hosts.append(parts.hostname)
        if parts.hostname in self.unreachable:
            raise NodeError(f"{parts.hostname} is not there.", kind="connection_failed")
        query = "&".join(filter(None, [parts.query, urlencode(call.query)]))
        request = urllib.request.Request(
            f"{self.address}{parts.path}?{query}", call.body, dict(call.headers), method=call.method
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return HttpAnswer(answer.status, answer.reason, headers, answer.read(), call.url)


class Sandbox:
    """The engine's code port over the real sandbox."""

    def __init__(self) -> None:
        self.pool = JavaScriptPool(max_parallel=1)

    def run_javascript(
        self, source: str, *, mode: str, items: list[Any], context: Mapping[str, Any], seconds: float
    ) -> CodeAnswer:
        answer = self.pool.run_code(source, mode=mode, items_json=json.dumps(items), context_json=json.dumps(context))
        return CodeAnswer(json.loads(answer.items_json))


class AnyCredential:
    """Opens every credential."""

    def open(self, credential_id: str) -> Secret:
        kind, _, value = credential_id.partition(":")
        return Secret(kind, {"name": "X-Key", "value": value, "token": value})


class MovingClock:
    """Goes forward when told to."""

    moment = datetime(2026, 3, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    local = LocalServer()
    yield local
    local.close()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    jail = Sandbox()
    yield jail
    jail.pool.close()


class Cut:
    """Nodes of an export with the connections between them, ready to run."""

    def __init__(
        self,
        number: str,
        names: list[str],
        stubs: Mapping[str, list[Any] | None],
        server: LocalServer,
        sandbox: Sandbox,
    ) -> None:
        (path,) = FOLDER.glob(f"{number}-*.json")
        definition = dict(import_documents(json.loads(path.read_text(encoding="utf-8")))[0].definition)
        nodes: Any = definition["nodes"]
        wanted = {node["id"]: node for node in nodes if node["name"] in (*names, *stubs)}
        assert len(wanted) == len(names) + len(stubs)
        for node in wanted.values():
            node["pinned_data"] = stubs.get(node["name"])
            if node["name"] in stubs:
                node.update(type="no_op", parameters={}, disabled=False)
        assert not any(node["type"] == "placeholder" for node in wanted.values())
        for node in wanted.values():
            kind = node["parameters"].get("authentication", "none")
            node["credentials"] = {} if kind == "none" else {kind: f"{kind}:secret"}
        connections: Any = definition["connections"]
        definition["nodes"] = list(wanted.values())
        definition["connections"] = [
            made for made in connections if made["source"] in wanted and made["target"] in wanted
        ]
        self.graph = Graph(parse_definition(definition), get_node_type)
        self.clock = MovingClock()
        server.calls.clear()
        server.headers.clear()
        server.hosts.clear()
        ports = Ports(server, sandbox, AnyCredential(), self.clock)
        self.run = RunContext(Scheduler(self.graph), ports, execution_id="e1", timezone="UTC", use_pins=True)

    def start(self, name: str, *items: Any) -> RunResult:
        """Run from this node with these items, through all waits."""
        self.run.scheduler.begin(self._id(name), ItemBatch.of(items or ({},)))
        result = run_to_pause(self.run)
        while result.status == WAITING:
            self.clock.moment = result.resume_at or self.clock.moment
            entries = self.run.scheduler.entries
            entries[-1].status = SUCCESS
            trigger = self.run.scheduler = Scheduler(self.graph)
            trigger.begin(self._id(name), ItemBatch.of(items or ({},)))
            trigger.replay(entries)
            result = run_to_pause(self.run)
        return result

    def put_out(self, name: str, run: int = -1) -> dict[str, list[Any]]:
        """What a node put out, by port."""
        entry = self.run.scheduler.entries_of[self._id(name)][run]
        return {port: [item.json for item in batch] for port, batch in entry.outputs.items()}

    def runs_of(self, name: str) -> int:
        return len(self.run.scheduler.entries_of.get(self._id(name), ()))

    def _id(self, name: str) -> str:
        found = self.graph.id_of(name)
        assert found is not None
        return found


@pytest.fixture
def cut(server: LocalServer, sandbox: Sandbox) -> Callable[..., Cut]:
    """``cut(number, *names, stubs=…)``: nodes of an export. ``stubs`` stand for services: they pass on what they get,
    or answer what they are told to."""
    server.unreachable.clear()
    return lambda number, *names, stubs=(): Cut(
        number, list(names), stubs if isinstance(stubs, dict) else dict.fromkeys(stubs), server, sandbox
    )


WORKFLOW_API = ("Webhook", "Validate JSON", "Validation Successful?", "Create Workflow", "Validation Error")


def hook(body: Any) -> dict[str, Any]:
    return {"method": "POST", "headers": {"host": "flows.example"}, "query": {}, "params": {}, "body": body}


def test_a_webhook_that_validates_refuses_bad_input(cut: Any, server: LocalServer) -> None:
    graph = cut("088", *WORKFLOW_API)
    result = graph.start("Webhook", hook({"name": "A", "nodes": []}))
    assert result.status == "success"
    assert [item.json for item in output_of(graph.run, result)] == [
        {"success": "false", "message": "The workflow must have at least one node"}
    ]
    assert server.calls == []


def test_a_webhook_that_validates_calls_its_api(cut: Any, server: LocalServer) -> None:
    created = {"id": "w7", "name": "A", "createdAt": "2026-01-01"}
    server.answer = lambda *_: {"data": [created]}
    graph = cut("088", *WORKFLOW_API)
    node = {"id": "1", "name": "N", "type": "t", "position": [0, 0]}
    result = graph.start("Webhook", hook({"name": "A", "nodes": [node]}))
    assert server.calls == [("GET", "/api/v1/workflows", {}, None)]
    assert server.headers[0]["x-key"] == "secret"
    assert graph.put_out("Validation Successful?")["true"][0]["apiWorkflow"] == {
        "name": "A",
        "nodes": [{**node, "parameters": {}, "typeVersion": 1}],
        "connections": {},
        "settings": {},
    }
    assert [item.json for item in output_of(graph.run, result)] == [{"data": [created]}]


def test_people_are_found_or_created_in_a_crm(cut: Any, server: LocalServer) -> None:
    def answer(method: str, path: str, query: Mapping[str, str], body: Any) -> Any:
        if path.endswith("/query"):
            mail = body["filter"]["email_addresses"]
            return {"data": [{"id": {"record_id": "old"}, "mail": mail}] if mail == "a@x.org" else []}
        mail = body["data"]["values"]["email_addresses"][0]["email_address"]
        return {"data": [{"id": {"record_id": "new"}, "mail": mail}]}

    server.answer = answer
    graph = cut(
        "015", "Split Attendees for CRM Check", "Find Person in Attio", "Person Exists in CRM?",
        "Create Person Record", "Merge CRM Results",
    )  # fmt: skip
    meeting = {"title": "Plan", "attendees": [{"email": "a@x.org"}, {"email": "b@x.org"}]}
    result = graph.start("Split Attendees for CRM Check", meeting)
    assert result.status == "success"
    assert [item.json["data"][0] for item in output_of(graph.run, result)] == [
        {"id": {"record_id": "old"}, "mail": "a@x.org"},
        # This export asks the look-up's answer for the address, which has none.
        {"id": {"record_id": "new"}, "mail": ""},
    ]
    assert graph.put_out("Person Exists in CRM?")["false"] == [{"data": []}]
    assert [path.rpartition("/people/")[2] for _, path, _, _ in server.calls] == [
        "records/query",
        "records/query",
        "records",
    ]
    assert server.calls[0][3] == {"filter": {"email_addresses": "a@x.org"}, "limit": 1, "offset": 0}
    assert server.headers[0]["authorization"] == "Bearer secret"


def test_a_search_is_built_sent_and_split(cut: Any, server: LocalServer) -> None:
    server.answer = lambda *_: {"status": "OK", "data": [{"job_id": "1"}, {"job_id": "2"}]}
    graph = cut(
        "051",
        "Set Search Parameters",
        "Build Search Query",
        "Fetch Jobs from JSearch API",
        "Split API Results",
    )
    graph.start("Set Search Parameters")
    assert graph.put_out("Set Search Parameters") == {"main": [{"search_query": "[YOUR_JOB_NAME_HERE]"}]}
    assert graph.put_out("Build Search Query") == {"main": [{"query": "%5BYOUR_JOB_NAME_HERE%5D"}]}
    query = {"query": "[YOUR_JOB_NAME_HERE]", "page": "1", "num_pages": "10", "date_posted": "week"}
    assert server.calls == [("GET", "/search", query, None)]
    assert graph.put_out("Split API Results") == {
        "main": [{"status": "OK", "data": {"job_id": "1"}}, {"status": "OK", "data": {"job_id": "2"}}]
    }


def test_a_job_is_polled_with_waits_until_it_is_ready(cut: Any, server: LocalServer) -> None:
    states = ["running", "running", "ready"]

    def answer(method: str, path: str, query: Mapping[str, str], body: Any) -> Any:
        if path.endswith("/trigger"):
            return {"snapshot_id": "s1"}
        if "/progress/" in path:
            return {"status": states.pop(0), "snapshot_id": "s1"}
        return [{"post_id": 1}, {"post_id": 2}]

    server.answer = answer
    names = ("When clicking ‘Execute workflow’", "scrap reddit", "Get status", "Switch", "Wait", "Get data")
    graph = cut("035", *names)
    result = graph.start(names[0])
    assert result.status == "success"
    assert [item.json for item in output_of(graph.run, result)] == [{"post_id": 1}, {"post_id": 2}]
    assert [(method, path) for method, path, _, _ in server.calls] == [
        ("POST", "/datasets/v3/trigger"),
        ("GET", "/datasets/v3/progress/s1"),
        ("GET", "/datasets/v3/progress/s1"),
        ("GET", "/datasets/v3/progress/s1"),
        ("GET", "/datasets/v3/snapshot/s_mbtsa7xhm9v2pdx3l"),
    ]
    assert server.calls[0][2]["discover_by"] == "keyword"
    assert server.calls[0][3][0]["keyword"] == "WWDC25"
    assert server.headers[0]["idempotency-key"].startswith("e1:")
    assert graph.clock.moment == datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=30)


def test_videos_are_scored_merged_and_filtered(cut: Any, server: LocalServer) -> None:
    today = datetime.now(UTC).isoformat()
    seen = {"viewCount": 1000, "likes": 90, "commentsCount": 10, "date": today}
    videos = [
        {"title": "Good", **seen, "numberOfSubscribers": 100},
        {"title": "Weak", **seen, "numberOfSubscribers": 1_000_000},
        {"title": "Odd"},
    ]
    states = ["RUNNING", "SUCCEEDED"]

    def answer(method: str, path: str, query: Mapping[str, str], body: Any) -> Any:
        return videos if path.endswith("/items") else {"data": {"status": states.pop(0)}}

    server.answer = answer
    graph = cut(
        "002", "Check IF Finished", "If", "Wait2", "Get DataSet", "Calculate CTR", "Merge Data",
        "Keep Top Performing Videos", "Create List of Titles",
    )  # fmt: skip
    graph.start("Check IF Finished")
    assert graph.runs_of("Wait2") == 1
    assert graph.put_out("Calculate CTR") == {
        "main": [{"ctrPercent": 10}, {"ctrPercent": 0.001}, {"error": "Missing required data"}]
    }
    assert graph.put_out("Merge Data")["main"][0] == {**videos[0], "ctrPercent": 10}
    assert graph.put_out("Keep Top Performing Videos") == {"main": [{**videos[0], "ctrPercent": 10}]}
    assert graph.put_out("Create List of Titles") == {"main": [{"titles": ["Good"]}]}


def stats(number: int, name: str, nodes: list[str], tags: list[str]) -> dict[str, Any]:
    address = f"https://n.example/workflow/{number}"
    known = {"wf_name": name, "wf_id": f"wf-{number}", "wf_url": address}
    return {"wf_stats": {**known, "nodes_unique": nodes, "wf_tags": tags}}


def test_workflows_are_counted_by_node(cut: Any) -> None:
    graph = cut("019", "nodes-section", "Sort-nodes", "Aggregate-nodes")
    graph.start("nodes-section", stats(1, "Alpha", ["SET", "IF", "CODE"], []), stats(2, "Beta", ["IF"], []))
    alpha = {"wf_name": "Alpha", "wf_url": "https://n.example/workflow/1", "wf_id": "wf-1"}
    beta = {"wf_name": "Beta", "wf_url": "https://n.example/workflow/2", "wf_id": "wf-2"}
    assert graph.put_out("Aggregate-nodes")["main"] == [
        {
            "nodes-section": [
                {"node": "IF", "count": 2, "workflows": [alpha, beta]},
                {"node": "CODE", "count": 1, "workflows": [alpha]},
                {"node": "SET", "count": 1, "workflows": [alpha]},
            ]
        }
    ]


def test_workflows_are_counted_by_tag(cut: Any) -> None:
    graph = cut("019", "tags-section", "Sort-tags", "Aggregate-tags")
    graph.start("tags-section", stats(1, "Alpha", [], ["sales", "new"]), stats(2, "Beta", [], []))
    (made,) = graph.put_out("Aggregate-tags")["main"]
    assert [(entry["tag"], entry["count"]) for entry in made["tags-section"]] == [
        ("new", 1),
        ("No Tags", 1),
        ("sales", 1),
    ]


def test_the_links_of_a_page_are_taken_out_and_made_unique(cut: Any) -> None:
    page = "<nav><a href='/a'>A</a></nav><p><a href='/b/'>B</a> <a href='/a'>again</a> <a href='x:y'>none</a></p>"
    scraped = cut("063", "HTML")
    scraped.start("HTML", {"data": page})
    assert scraped.put_out("HTML") == {"main": [{"links": ["/a", "/b/", "/a", "x:y"]}]}
    graph = cut("063", "Split Out", "Filter", "Code", "Remove Duplicate URLs", "Limit")
    graph.start("Split Out", scraped.put_out("HTML")["main"][0])
    assert graph.put_out("Code") == {"main": [{"links": "/a"}, {"links": "/b/"}, {"links": "/a"}]}
    assert graph.put_out("Limit") == {"main": [{"links": "/a"}, {"links": "/b/"}]}


def test_pages_are_fetched_in_batches_and_those_that_fail_are_left_out(cut: Any, server: LocalServer) -> None:
    server.answer = lambda *call: f"<html><body><nav>Menu</nav><p>Imprint {len(server.calls)}</p></body></html>"
    server.unreachable = {"c.example"}
    graph = cut(
        "017", "Get Impressum-URL", "Loop Over Items3", "Get Impressum HTML", "HTML", "Wait2",
        "Successfully scraped Impressumpages?",
    )  # fmt: skip
    sites = [{"result": {"website": f"https://www.{name}.example/about"}} for name in "abdefg"]
    sites.insert(2, {"result": {"website": "http://c.example"}})
    result = graph.start("Get Impressum-URL", *sites)
    assert result.status == "partial_success"
    assert [entry["result"]["website"] for entry in graph.put_out("Get Impressum-URL")["main"]] == [
        "www.a.example/impressum", "www.b.example/impressum", "c.example/impressum", "www.d.example/impressum",
        "www.e.example/impressum", "www.f.example/impressum", "www.g.example/impressum",
    ]  # fmt: skip
    assert [path for _, path, _, _ in server.calls] == ["/impressum"] * 6
    # Two batches; the page that was not there comes back after the loop has ended and is left out by the filter.
    assert (graph.runs_of("Get Impressum HTML"), graph.runs_of("Wait2")) == (2, 3)
    pages = [{"mainContent": f"Imprint {number}"} for number in range(1, 7)]
    assert graph.put_out("Successfully scraped Impressumpages?", 0) == {"main": pages}
    assert graph.put_out("Successfully scraped Impressumpages?", 1) == {"main": pages}


def test_meter_readings_are_joined_by_time(cut: Any) -> None:
    names = [f'Rename "*_1" keys for merge{n}' for n in ("", "1", "2", "3")]
    splits = [
        "Extract default data from source (+A)", "Extract '*_1' data from source (-A)",
        "Extract '*_2' data from source (1_8_0)", "Extract '*_3' data from source (2_8_0)",
    ]  # fmt: skip
    graph = cut(
        "025", *names, *splits, "Merge (+A; -A)", "Merge (+A; -A)1", "Merge (+A; -A)2", "Convert Excel time",
        "Convert datetime to Spook format", "Calculate hourly sum and", stubs=("Extract from File",),
    )  # fmt: skip
    hour = 1 / 24
    times = [45_000.0, 45_000 + hour / 2, 45_000 + hour]
    readings = {"Érték": [1, 2, 4], "Érték_1": [0, 0.5, 0.25], "Érték_2": [100, 101, 103], "Érték_3": [50, 50.5, 51]}
    table = {"Időbélyeg": times, **readings}
    result = graph.start("Extract from File", table)
    assert result.status == "success"
    assert graph.put_out("Merge (+A; -A)2")["main"] == [
        {"start": times[0], "AP": 1, "AM": 0, "1_8_0": 100, "2_8_0": 50},
        {"start": times[1], "AP": 2, "AM": 0.5, "1_8_0": 101, "2_8_0": 50.5},
        {"start": times[2], "AP": 4, "AM": 0.25, "1_8_0": 103, "2_8_0": 51},
    ]
    # Days since 1899-12-30: the first two readings are of one hour; of the meters the last one in it counts.
    assert graph.put_out("Calculate hourly sum and") == {
        "main": [
            {"start": "2023-03-15 00:00:00+00:00", "AP": "3.000", "AM": "0.500", "1_8_0": "101.000", "2_8_0": "50.500"},
            {"start": "2023-03-15 01:00:00+00:00", "AP": "4.000", "AM": "0.250", "1_8_0": "103.000", "2_8_0": "51.000"},
        ]
    }


def test_leads_are_scraped_page_by_page_in_a_loop(cut: Any, server: LocalServer) -> None:
    home = "<a href='/team'>T</a><a href='https://x.example/jobs/'>J</a><a href='/team'>T</a><a href='mail:x'>M</a>"
    server.answer = lambda method, path, query, body: home if path == "/" else f"<h1>{path}</h1><p>Text</p>"
    server.unreachable = {"gone.example"}
    graph = cut(
        "063", "Only Websites & Emails", "Scrape Home", "HTML", "Edit Fields", "Loop Over Items", "Split Out", "Filter",
        "Code", "Remove Duplicate URLs", "Limit", "Request web page for URL", "Markdown", "Aggregate",
        stubs=("Summarize Website Page", "Generate Multiline Icebreaker", "Add Row"),
    )  # fmt: skip
    leads = [
        ("Ann", "a@x.org", "https://ann.example"), ("Bob", None, "https://bob.example"),
        ("Cid", "c@x.org", "https://gone.example"), ("Eve", "e@x.org", "https://eve.example"), ("Fox", "f@x.org", None),
    ]  # fmt: skip
    known = {"last_name": "L", "headline": "H", "city": "C", "country": "D"}
    people = [
        {"first_name": name, "email": mail, "organization": {"website_url": site} if site else {}, **known}
        for name, mail, site in leads
    ]
    result = graph.start("Only Websites & Emails", *people)
    assert result.status == "partial_success"
    # Without a site or an address people are filtered out; a home page that is not there leaves by the error output.
    assert [entry["first_name"] for entry in graph.put_out("Edit Fields")["main"]] == ["Ann", "Eve"]
    assert [entry["organization"]["website_url"] for entry in graph.put_out("Scrape Home")["error"]] == [
        "https://gone.example"
    ]
    assert server.hosts == ["ann.example", "gone.example", "eve.example", "ann.example", "eve.example"]
    assert [path for _, path, _, _ in server.calls] == ["/", "/", "/team", "/team"]
    assert (graph.runs_of("Loop Over Items"), graph.runs_of("Markdown")) == (3, 2)
    assert [graph.put_out("Markdown", run) for run in range(2)] == [{"main": [{"data": "# /team\n\nText"}]}] * 2


def test_only_new_calls_are_processed_one_after_the_other(cut: Any) -> None:
    graph = cut(
        "042", "Execute Workflow Trigger", "Reduce down to 1 object", "Isolate Only Call IDs", "Only Process New Calls",
        "Reduce down to One object", "Bundle Slack Message Data", "Merge Slack and Call Data", "Loop Over Calls",
        "Bundle Notion Parent Object Data", "Merge call data and parent notion id", "Bundle Processed Calls",
        "Loop to next call",
        stubs={
            "Get all older Calls": [{"property_gong_call_id": "b"}], "Post Slack Receipt": None,
            "Create Notion DB Page": None, "AI Team Processor": None, "Update Slack Progress": None,
        },
    )  # fmt: skip
    calls: list[Any] = [{"metaData": {"GongCallID": name}, "n": n} for n, name in enumerate("abc")]
    result = graph.start("Execute Workflow Trigger", *calls)
    assert result.status == "success"
    assert graph.put_out("Only Process New Calls")["a_only"] == [calls[0], calls[2]]
    assert (graph.runs_of("Loop Over Calls"), graph.runs_of("AI Team Processor")) == (3, 2)
    # Every round joins the call with the page that was made for it; the end bundles both.
    (bundle,) = graph.put_out("Bundle Processed Calls")["main"]
    assert [entry["metaData"]["GongCallID"] for entry in bundle["data"]] == ["a", "c"]
    assert [entry["notionData"][0]["n"] for entry in bundle["data"]] == [0, 2]
    assert bundle["data"][0]["slackdata"][0]["data"] == [calls[0], calls[2]]

"""Webhook → 5 pure nodes → respond, at 1, 10 and 50 clients, answered when finished and at once.

    python -m benchmarks.webhooks                      the embedded default
    DATABASE_URL=… REDIS_URL=… python -m benchmarks.webhooks     PostgreSQL and Redis

Every run is recorded; for the immediate shape the time until the last run has finished is measured too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.load import LoadResult, post_for, post_times
from benchmarks.processes import cpu_seconds, memory_bytes
from benchmarks.server import ROOT, Server

BODY = b'{"name": "Ada", "n": 7, "city": "Bern"}'
RESULTS = Path(__file__).parent / "results"


def definition(path: str, mode: str) -> dict[str, Any]:
    """Webhook, set three fields, if, set, set, respond."""

    def fields(*pairs: tuple[str, str]) -> dict[str, Any]:
        assignments = [{"name": name, "type": "string", "value": value} for name, value in pairs]
        return {"mode": "manual", "include": "all", "assignments": assignments}

    conditions = {
        "combinator": "and",
        "case_sensitive": True,
        "type_validation": "loose",
        "conditions": [{"left": "={{ $json.body.n }}", "operator": {"type": "number", "operation": "gt"}, "right": 5}],
    }
    nodes = [
        ("hook", "webhook", {"path": path, "methods": ["POST"], "response_mode": mode}),
        (
            "fields",
            "set",
            fields(("who", "={{ $json.body.name }}"), ("where", "={{ $json.body.city }}"), ("k", "v")),
        ),
        ("check", "if", {"conditions": conditions}),
        ("greet", "set", fields(("greeting", "=Hello {{ $json.who }} in {{ $json.where }}"))),
        ("mark", "set", fields(("done", "yes"))),
        ("answer", "respond_to_webhook", {"respond_with": "first_item"}),
    ]
    ports = [("hook", "main"), ("fields", "main"), ("check", "true"), ("greet", "main"), ("mark", "main")]
    if mode == "immediately":
        nodes[-1] = ("answer", "no_op", {})
    return {
        "schema_version": 1,
        "nodes": [
            {"id": i, "type": t, "name": i, "position": {"x": 200 * at, "y": 0}, "parameters": p}
            for at, (i, t, p) in enumerate(nodes)
        ],
        "connections": [
            {
                "source": s,
                "source_output": port,
                "target": nodes[at + 1][0],
                "target_input": "main",
                "type": "main",
            }
            for at, (s, port) in enumerate(ports)
        ],
        "variables": {},
        "settings": {},
    }


def count_finished(server: Server) -> int:
    """Executions that have finished, asked of the database."""
    code = (
        "from apps.workflows.models import Execution;"
        "print(Execution._base_manager.filter(finished_at__isnull=False).count())"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(done.stdout.split()[-1])


def row(name: str, clients: int, result: LoadResult, cpu: float, memory: int) -> dict[str, Any]:
    """One line of the table."""
    good = max(len(result.latencies), 1)
    return {
        "shape": name,
        "clients": clients,
        "runs_per_s": round(result.per_second, 1),
        "p50_ms": round(result.percentile(0.50), 1),
        "p95_ms": round(result.percentile(0.95), 1),
        "p99_ms": round(result.percentile(0.99), 1),
        "cpu_s_per_1000": round(1000 * cpu / good, 2),
        "memory_mb": round(memory / 1e6),
        "errors": result.errors,
    }


def synchronous(server: Server, clients: int, seconds: float) -> dict[str, Any]:
    """Answered when finished."""
    url = f"{server.base}/webhook/bench/sync"
    cpu = cpu_seconds(server.pids)
    result = post_for(url, BODY, clients=clients, seconds=seconds, expect=b"Hello Ada in Bern")
    return row("synchronous", clients, result, cpu_seconds(server.pids) - cpu, memory_bytes(server.pids))


def immediate(server: Server, clients: int, requests: int) -> dict[str, Any]:
    """Answered at once, then drained by the workers."""
    before = count_finished(server)
    cpu, started = cpu_seconds(server.pids), time.perf_counter()
    result = post_times(
        f"{server.base}/webhook/bench/now", BODY, clients=clients, requests=requests, expect=b"execution_id"
    )
    wanted = before + len(result.latencies)
    deadline = started + 120
    while (finished := count_finished(server)) < wanted and time.perf_counter() < deadline:
        time.sleep(0.05)
    drained = time.perf_counter() - started
    answer = row("immediate", clients, result, cpu_seconds(server.pids) - cpu, memory_bytes(server.pids))
    return {
        **answer,
        "finished": finished - before,
        "finished_per_s": round((finished - before) / drained, 1),
    }


def measure(seconds: float, requests: int) -> list[dict[str, Any]]:
    """The whole table on the installation that the variables name."""
    with Server(database_url=os.environ.get("DATABASE_URL", ""), redis_url=os.environ.get("REDIS_URL", "")) as server:
        server.go_live("Bench synchronous", definition("bench/sync", "respond_node"))
        server.go_live("Bench immediate", definition("bench/now", "immediately"))
        post_for(f"{server.base}/webhook/bench/sync", BODY, clients=4, seconds=2)
        rows = [synchronous(server, clients, seconds) for clients in (1, 10, 50)]
        return rows + [immediate(server, clients, requests) for clients in (1, 10, 50)]


def main() -> None:
    """Measure, print the table, keep it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--requests", type=int, default=1000)
    arguments = parser.parse_args()
    where = "PostgreSQL + Redis" if os.environ.get("DATABASE_URL") else "embedded default"
    print(f"Webhook → 5 pure nodes → respond, {where}")
    rows = measure(arguments.seconds, arguments.requests)
    for line in rows:
        print(json.dumps(line))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"webhooks-{stamp}.json").write_text(json.dumps({"where": where, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()

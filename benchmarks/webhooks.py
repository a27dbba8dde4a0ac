"""Webhook workloads: what is called, what happens, how fast; answered when finished, and at once and then drained.

    python -m benchmarks.webhooks                      the embedded default
    DATABASE_URL=… REDIS_URL=… python -m benchmarks.webhooks     PostgreSQL and Redis

Every run is recorded. The shapes are those of ``benchmarks.workloads``; five pure steps are measured at 1, 10 and 50
clients, the others at 50.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.load import LoadResult, post_for, post_times
from benchmarks.processes import cpu_seconds, memory_bytes
from benchmarks.recorded import Recorded
from benchmarks.server import Server
from benchmarks.stub import Stub
from benchmarks.workloads import BODY, SHAPES, definition

RESULTS = Path(__file__).parent / "results"
MOST_CLIENTS = 50
MAIN_SHAPE = "five_steps"
ANSWERED = ("one_step", "five_steps", "call", "ten_steps")
DRAIN_SECONDS = 180
LONE_SECONDS = 0.1


def row(shape: str, answered: str, clients: int, result: LoadResult, cpu: float, memory: int) -> dict[str, Any]:
    """One line of the table."""
    good = max(len(result.latencies), 1)
    return {
        "shape": shape,
        "answered": answered,
        "clients": clients,
        "runs_per_s": round(result.per_second, 1),
        "p50_ms": round(result.percentile(0.50), 1),
        "p95_ms": round(result.percentile(0.95), 1),
        "p99_ms": round(result.percentile(0.99), 1),
        "cpu_s_per_1000": round(1000 * cpu / good, 2),
        "memory_mb": round(memory / 1e6),
        "errors": result.errors,
    }


def when_finished(server: Server, shape: str, clients: int, seconds: float) -> dict[str, Any]:
    """Answered by the respond node."""
    cpu = cpu_seconds(server.pids)
    result = post_for(
        f"{server.base}/webhook/bench/{shape}/sync", BODY, clients=clients, seconds=seconds, expect=SHAPES[shape][1]
    )
    return row(shape, "when finished", clients, result, cpu_seconds(server.pids) - cpu, memory_bytes(server.pids))


def at_once(server: Server, shape: str, clients: int, requests: int, *, pause: float = 0) -> dict[str, Any]:
    """Answered at once, then drained by the workers; with a ``pause`` between the calls nothing is to be drained."""
    recorded = Recorded(server)
    cpu, started = cpu_seconds(server.pids), time.perf_counter()
    url = f"{server.base}/webhook/bench/{shape}/now"
    result = post_times(url, BODY, clients=clients, requests=requests, expect=b"execution_id", pause=pause)
    while (unfinished := recorded.unfinished()) and time.perf_counter() - started < DRAIN_SECONDS:
        time.sleep(0.1)
    finished = len(result.latencies) - unfinished
    answer = row(shape, "at once", clients, result, cpu_seconds(server.pids) - cpu, memory_bytes(server.pids))
    return {
        **answer,
        "finished": finished,
        "finished_per_s": round(finished / recorded.span(len(result.latencies)), 1),
        "first_node_p50_ms": round(recorded.first_node_ms(len(result.latencies)), 1),
    }


def measure(seconds: float, requests: int) -> list[dict[str, Any]]:
    """The whole table on the installation that the variables name."""
    database, redis = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    with Stub() as stub, Server(database_url=database, redis_url=redis) as server:
        for shape in SHAPES:
            for path, mode in (("sync", "respond_node"), ("now", "immediately")):
                if path == "now" or shape in ANSWERED:
                    made = definition(shape, f"bench/{shape}/{path}", mode, stub.url)
                    server.go_live(f"Bench {shape} {path}", made)
        for shape in ANSWERED:  # warm
            post_for(f"{server.base}/webhook/bench/{shape}/sync", BODY, clients=4, seconds=1)
        rows = [when_finished(server, MAIN_SHAPE, clients, seconds) for clients in (1, 10, MOST_CLIENTS)]
        others = [shape for shape in ANSWERED if shape != MAIN_SHAPE]
        rows += [when_finished(server, shape, MOST_CLIENTS, seconds) for shape in others]
        rows += [at_once(server, MAIN_SHAPE, clients, requests) for clients in (1, 10, MOST_CLIENTS)]
        # A lone call on a quiet installation: how long until its first node.
        rows.append({**at_once(server, "one_step", 1, 50, pause=LONE_SECONDS), "answered": "at once, lone"})
        return rows + [at_once(server, shape, MOST_CLIENTS, requests) for shape in (*others, "two_effects")]


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown, for docs/performance.md."""
    names = (
        "shape", "answered", "clients", "runs_per_s", "p50_ms", "p95_ms", "p99_ms", "cpu_s_per_1000", "finished_per_s",
        "first_node_p50_ms",
    )  # fmt: skip
    lines = ["| " + " | ".join(name.replace("_", " ") for name in names) + " |", "| --- " * len(names) + "|"]
    lines += ["| " + " | ".join(str(line.get(name, "")) for name in names) + " |" for line in rows]
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table, keep it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--requests", type=int, default=1000)
    arguments = parser.parse_args()
    where = "PostgreSQL + Redis" if os.environ.get("DATABASE_URL") else "embedded default"
    print(f"Webhook workloads, {where}")
    rows = measure(arguments.seconds, arguments.requests)
    print(table(rows))
    for line in rows:
        if line["errors"]:
            print(f"errors: {line['shape']} {line['answered']}: {line['errors']}")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"webhooks-{stamp}.json").write_text(json.dumps({"where": where, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()

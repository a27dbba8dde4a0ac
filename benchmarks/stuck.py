"""What scripts that never end cost everybody else: the rate of pure runs while they run and while they are held still.

    python -m benchmarks.stuck                      the embedded default
    DATABASE_URL=… REDIS_URL=… python -m benchmarks.stuck     PostgreSQL and Redis

A pure run is webhook → 5 nodes → respond, every run recorded; a stuck one is a code node with an endless loop, which
its time limit ends. Both are of the same organization, so that the sandbox gives the stuck ones three places at most.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.load import post_for, post_times
from benchmarks.processes import tree
from benchmarks.server import Server
from benchmarks.webhooks import RESULTS
from benchmarks.workloads import BODY, definition

LOOPS = {"javascript": "for (;;) {}", "python": "while True: pass"}


def stuck_definition(path: str, language: str) -> dict[str, Any]:
    """Webhook, answered at once, then a script that never ends."""
    parameters = {"path": path, "methods": ["POST"], "response_mode": "immediately"}
    code = {"language": language, "code": LOOPS[language], "timeout_seconds": 10}
    nodes = [("hook", "webhook", parameters), ("stuck", "code", code)]
    connection = {"source": "hook", "source_output": "main", "target": "stuck", "target_input": "main", "type": "main"}
    return {
        "schema_version": 1,
        "nodes": [
            {"id": name, "type": kind, "name": name, "position": {"x": 200 * at, "y": 0}, "parameters": given}
            for at, (name, kind, given) in enumerate(nodes)
        ],
        "connections": [connection],
        "variables": {},
        "settings": {},
    }


def running_scripts(server: Server) -> set[int]:
    """Processes in which code runs now: the children of zygotes."""
    commands = {pid: _command(pid) for pid in tree(server.pids)}
    zygotes = {pid for pid, command in commands.items() if "exprsn.sandbox" in command}
    return {pid for pid in zygotes if _parent(pid) in zygotes}


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])
    except OSError:
        return 0


def rate(server: Server, clients: int, seconds: float) -> float:
    """Pure runs in a second."""
    url = f"{server.base}/webhook/bench/sync"
    return post_for(url, BODY, clients=clients, seconds=seconds, expect=b"Hello Ada in Bern").per_second


def start_stuck(server: Server, language: str, count: int) -> set[int]:
    """Start scripts that never end; their processes, once all of them run."""
    post_times(f"{server.base}/webhook/bench/{language}", b"{}", clients=1, requests=count)
    deadline = time.monotonic() + 20
    while len(found := running_scripts(server)) < count:
        if time.monotonic() > deadline:
            raise RuntimeError(f"Only {len(found)} of {count} scripts run.")
        time.sleep(0.02)
    return found


def pairs(server: Server, language: str, count: int, clients: int, seconds: float) -> list[tuple[float, float]]:
    """Rates with the scripts held still and with them running, in turns while they last.

    Turns of a second cancel out whatever else the machine does meanwhile.
    """
    scripts = start_stuck(server, language, count)
    found = []
    try:
        for _ in range(int(7 // (2 * seconds))):
            rates = []
            for order in (signal.SIGSTOP, signal.SIGCONT):
                for pid in scripts:
                    os.kill(pid, order)
                rates.append(rate(server, clients, seconds))
            found.append((rates[0], rates[1]))
        if running_scripts(server) != scripts:
            raise RuntimeError("The scripts ended before the measurement did.")
    finally:
        while running_scripts(server):
            time.sleep(0.1)
    return found


def compare(server: Server, language: str, count: int, clients: int, rounds: int, seconds: float) -> dict[str, Any]:
    """Medians over all pairs."""
    found = [pair for _ in range(rounds) for pair in pairs(server, language, count, clients, seconds)]
    return {
        "language": language,
        "stuck": count,
        "clients": clients,
        "runs_per_s_without": round(statistics.median(still for still, _ in found), 1),
        "runs_per_s_with": round(statistics.median(running for _, running in found), 1),
        "slower_percent": round(100 * (1 - statistics.median(running / still for still, running in found)), 1),
    }


def measure(counts: Sequence[int], clients: int, rounds: int, seconds: float) -> list[dict[str, Any]]:
    """The whole table on the installation that the variables name."""
    with Server(database_url=os.environ.get("DATABASE_URL", ""), redis_url=os.environ.get("REDIS_URL", "")) as server:
        server.go_live("Bench synchronous", definition("five_steps", "bench/sync", "respond_node"))
        for language in LOOPS:
            server.go_live(f"Stuck {language}", stuck_definition(f"bench/{language}", language))
        rate(server, clients, 2)
        shapes = [(language, count) for language in LOOPS for count in counts]
        return [compare(server, language, count, clients, rounds, seconds) for language, count in shapes]


def main() -> None:
    """Measure, print the table, keep it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--stuck", type=int, nargs="+", default=[1, 3])
    given = parser.parse_args()
    rows = measure(given.stuck, given.clients, given.rounds, given.seconds)
    for line in rows:
        print(json.dumps(line))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"stuck-{stamp}.json").write_text(json.dumps({"rows": rows}, indent=1))


if __name__ == "__main__":
    main()

"""Many watchers of one busy execution on two processes: holes, duplicates and how late events come.

``python -m benchmarks.live`` needs ``DATABASE_URL`` and ``REDIS_URL``; it makes and drops a database of its own.
The latency of an event is from the moment that the step ended, as the worker noted it, to its arrival.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import time
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import orjson
import uvloop
from websockets.asyncio.client import connect

from benchmarks.processes import cpu_seconds
from benchmarks.server import Server

STEPS = 150
COLUMNS = (
    "ms a step", "watchers", "steps/s", "holes", "repeats", "disorder", "p50 ms", "p95 ms", "p99 ms",
    "most messages in a second", "CPU µs a message",
)  # fmt: skip


@dataclass
class Watched:
    """What one watcher saw."""

    numbers: list[int] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)

    def most_in_a_second(self) -> int:
        """The largest number of messages within any second."""
        return max(bisect_left(self.at, start + 1) - at for at, start in enumerate(self.at))


def definition(url: str, pause_ms: int) -> dict[str, Any]:
    """A chain of requests, each of which takes so long."""
    request = {"method": "GET", "url": f"{url}/{pause_ms}"}
    steps = [("start", "manual", {}), *((f"get{at}", "http_request", request) for at in range(STEPS))]
    return {
        "schema_version": 1,
        "nodes": [
            {"id": name, "type": kind, "name": name, "position": {"x": 200 * at, "y": 0}, "parameters": parameters}
            for at, (name, kind, parameters) in enumerate(steps)
        ],
        "connections": [{"source": steps[at][0], "target": steps[at + 1][0]} for at in range(len(steps) - 1)],
        "variables": {},
        "settings": {},
    }


class _Slow(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        time.sleep(int(self.path.strip("/")) / 1000)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving_slowly() -> Iterator[str]:
    """What the steps call; its address."""
    slow = ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
    Thread(target=slow.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{slow.server_address[1]}"
    slow.shutdown()
    slow.server_close()


@dataclass
class Message:
    """What is in a message: numbers, when steps ended, and whether it greets or ends."""

    numbers: list[int] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    greets: bool = False
    is_last: bool = False


@lru_cache(maxsize=8)
def read(text: str) -> Message:
    """All watchers get the same, and reading it 200 times is not what is measured."""
    outer = orjson.loads(text)
    message = Message()
    for frame in outer["frames"] if outer["type"] == "batch" else [outer]:
        message.greets |= frame["type"] == "state" and "workflow" in frame
        for event in frame.get("events", ()):
            message.numbers.append(event["seq"])
            message.is_last |= event["type"] == "execution_completed"
            if event["type"] == "node_execution_completed":
                message.ended.append(datetime.fromisoformat(event["timestamp"]).timestamp())
    return message


async def watch(url: str, token: str, workflow: str, seen: Watched, ready: asyncio.Semaphore) -> None:
    """Follow the workflow until its execution is over."""
    headers = {"Authorization": f"Bearer {token}"}
    async with connect(url, additional_headers=headers, compression=None, max_size=None) as socket:
        await socket.send(json.dumps({"type": "subscribe", "workflow": workflow}))
        async for text in socket:
            now = time.time()
            seen.at.append(now)
            message = read(str(text))
            seen.numbers += message.numbers
            seen.latencies += [now - ended for ended in message.ended]
            if message.greets:
                ready.release()
            if message.is_last:
                return


async def measure(server: Server, workflow: str, watchers: int) -> tuple[list[Watched], float, float]:
    """Run once with everybody watching."""
    seen = [Watched() for _ in range(watchers)]
    ready = asyncio.Semaphore(0)
    tasks = [
        asyncio.create_task(
            watch(f"ws://127.0.0.1:{server.ports[at % 2]}/ws/executions/", server.token, workflow, one, ready)
        )
        for at, one in enumerate(seen)
    ]
    for _ in seen:
        await asyncio.wait_for(ready.acquire(), 60)
    await asyncio.sleep(1)
    web = server.pids[: len(server.bases)]
    started, cpu = time.perf_counter(), cpu_seconds(web)
    await asyncio.to_thread(server.call, "POST", f"/workflows/{workflow}/execute/", {})
    await asyncio.wait_for(asyncio.gather(*tasks), 120)
    return seen, time.perf_counter() - started, cpu_seconds(web) - cpu


def report(pause_ms: int, seen: list[Watched], seconds: float, cpu: float) -> None:
    """One line of the table."""
    expected = list(range(1, 2 + 2 * (STEPS + 1) + 1))
    holes = sum(len(set(expected) - set(one.numbers)) for one in seen)
    repeats = sum(len(one.numbers) - len(set(one.numbers)) for one in seen)
    disorder = sum(one.numbers != sorted(one.numbers) for one in seen)
    late = sorted(latency for one in seen for latency in one.latencies)
    at = [1000 * late[int(share * (len(late) - 1))] for share in (0.5, 0.95, 0.99)]
    most = max(one.most_in_a_second() for one in seen)
    delivered = sum(len(one.at) for one in seen)
    print(
        f"| {pause_ms} | {len(seen)} | {STEPS / seconds:.1f} | {holes} | {repeats} | {disorder} | "
        f"{at[0]:.0f} | {at[1]:.0f} | {at[2]:.0f} | {most} | {1e6 * cpu / delivered:.0f} |",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--pauses", type=int, nargs="+", default=[150, 60, 43, 40, 1], help="milliseconds a step")
    arguments = parser.parse_args()
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        raise SystemExit("Set DATABASE_URL and REDIS_URL: this measures several processes.")
    with serving_slowly() as url, Server.for_tests("live", redis_offset=4, websockets=2) as server:
        print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")
        for pause_ms in arguments.pauses:
            made = server.call(
                "POST", "/workflows/", {"name": f"Busy {pause_ms}", "definition": definition(url, pause_ms)}
            )
            report(pause_ms, *uvloop.run(measure(server, made["id"], arguments.watchers)))


if __name__ == "__main__":
    main()

"""A closed-loop HTTP client: each connection has one request in flight and sends the next on its answer."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class LoadResult:
    """Latencies in seconds of good answers, counts of bad ones by reason, and how long it all took."""

    latencies: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Good answers in a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of good answers stayed under."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    def failed(self, reason: str) -> None:
        """Count a bad answer."""
        self.errors[reason] = self.errors.get(reason, 0) + 1


async def _read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, await reader.readexactly(length) if length else b""


async def _client(url: str, request: bytes, expect: bytes, more: Stopper, result: LoadResult) -> None:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        while more.take():
            started = time.perf_counter()
            writer.write(request)
            status, body = await asyncio.wait_for(_read_answer(reader), 60)
            if status >= 400:
                result.failed(f"status {status}")
            elif expect not in body:
                result.failed("wrong body")
            else:
                result.latencies.append(time.perf_counter() - started)
            await asyncio.sleep(more.pause)
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        result.failed(type(error).__name__)
    finally:
        writer.close()


class Stopper:
    """Says whether another request may be sent: until a moment, or for a number of requests. ``pause``: between two."""

    def __init__(self, *, seconds: float = 0, requests: int = 0, pause: float = 0) -> None:
        self.pause = pause
        self._until = time.perf_counter() + seconds if seconds else None
        self._left = requests

    def take(self) -> bool:
        """Take one request if there is one left."""
        if self._until is not None:
            return time.perf_counter() < self._until
        self._left -= 1
        return self._left >= 0


async def _run(url: str, body: bytes, expect: bytes, clients: int, more: Stopper) -> LoadResult:
    parts = urlsplit(url)
    request = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    result = LoadResult()
    started = time.perf_counter()
    await asyncio.gather(*(_client(url, request, expect, more, result) for _ in range(clients)))
    result.seconds = time.perf_counter() - started
    return result


def post_for(url: str, body: bytes, *, clients: int, seconds: float, expect: bytes = b"") -> LoadResult:
    """POST ``body`` again and again over ``clients`` connections for some seconds."""
    return asyncio.run(_run(url, body, expect, clients, Stopper(seconds=seconds)))


def post_times(
    url: str, body: bytes, *, clients: int, requests: int, expect: bytes = b"", pause: float = 0
) -> LoadResult:
    """POST ``body`` this many times over ``clients`` connections, each resting for ``pause`` seconds in between."""
    return asyncio.run(_run(url, body, expect, clients, Stopper(requests=requests, pause=pause)))

"""The outside world of the measured workflows: answers ``GET /fast`` with a small JSON object, at once.

python -m benchmarks.stub PORT
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from types import TracebackType
from urllib.request import urlopen

from benchmarks.server import ROOT, free_port

_BODY = b'{"value": 42, "ok": true}'
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY)


class _Connection(asyncio.Protocol):
    """Answers each request head; bodies are not expected."""

    def __init__(self) -> None:
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._read = (self._read + data).split(b"\r\n\r\n")
        self._transport.write(_ANSWER * len(heads))


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", port)
    await server.serve_forever()


class Stub:
    """The stub in a process of its own; a context manager."""

    def __init__(self) -> None:
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Stub:
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.stub", str(self._port)], cwd=ROOT)
        deadline = time.monotonic() + 10
        while not self._answers():
            if time.monotonic() > deadline:
                raise RuntimeError("The stub did not start.")
            time.sleep(0.05)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/fast", timeout=1) as answer:
                return bool(answer.read())
        except OSError:
            return False


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))

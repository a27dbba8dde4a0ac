"""A tiny OTLP/HTTP collector, and a server that workflows call and that keeps the headers it was sent."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span


class Receiver:
    """Keeps every span that was sent to ``/v1/traces``, and all raw bytes."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.services: set[str] = set()
        self.raw = b""
        self.paths: set[str] = set()

    def take(self, path: str, body: bytes) -> None:
        self.paths.add(path)
        self.raw += body
        sent = ExportTraceServiceRequest.FromString(body)
        for resource in sent.resource_spans:
            self.services |= {
                one.value.string_value for one in resource.resource.attributes if one.key == "service.name"
            }
            for scope in resource.scope_spans:
                self.spans += scope.spans

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]

    def wait_for(self, name: str, count: int = 1, seconds: float = 30) -> list[Span]:
        """The spans of this name, once there are so many."""
        deadline = time.monotonic() + seconds
        while len(self.named(name)) < count:
            assert time.monotonic() < deadline, (name, sorted({span.name for span in self.spans}))
            time.sleep(0.05)
        return self.named(name)


def attributes(span: Span) -> dict[str, Any]:
    """Its attributes as plain values."""
    return {one.key: getattr(one.value, one.value.WhichOneof("value") or "string_value") for one in span.attributes}


@contextmanager
def serving(answer: Callable[[str, dict[str, str], bytes], None]) -> Iterator[str]:
    """A server on a free port; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            answer(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()

"""A small web server on 127.0.0.1 for the tests of outgoing requests; it notes what it was asked."""

from __future__ import annotations

import gzip
import json
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class WebServer:
    """Where it listens and what it heard: ``(method, path, headers, body)``."""

    port: int
    heard: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    connections: set[tuple[str, int]] = field(default_factory=set)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: WebServer

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815 - names that http.server looks for

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.web.heard.append((self.command, self.path, headers, body))
        self.web.connections.add(self.client_address)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        getattr(self, f"_{parts.path.strip('/').split('/')[0] or 'ok'}", self._ok)(query)

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _ok(self, query: dict[str, str]) -> None:
        self._send(200, json.dumps({"path": self.path}).encode(), Content_Type="application/json")

    def _picture(self, query: dict[str, str]) -> None:
        self._send(200, bytes(range(256)) * 4, Content_Type="image/png")

    def _redirect(self, query: dict[str, str]) -> None:
        self._send(int(query.get("status", "302")), b"moved", Location=query["to"])

    def _loop(self, query: dict[str, str]) -> None:
        self._send(302, b"", Location=self.path)

    def _size(self, query: dict[str, str]) -> None:
        self._send(200, b"x" * int(query["n"]))

    def _gzip(self, query: dict[str, str]) -> None:
        self._send(200, gzip.compress(b"y" * int(query["n"])), Content_Encoding="gzip")

    def _deflate(self, query: dict[str, str]) -> None:
        self._send(200, zlib.compress(b"z" * int(query["n"])), Content_Encoding="deflate")

    def _broken(self, query: dict[str, str]) -> None:
        self._send(200, b"not gzip at all", Content_Encoding="gzip")

    def _twice(self, query: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("X-Part", "one")
        self.send_header("X-Part", "two")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self, query: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(600):
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def _hangup(self, query: dict[str, str]) -> None:
        self.close_connection = True
        self.connection.close()


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Serve within the block."""
    web = WebServer(0)
    handler = type("Handler", (_Handler,), {"web": web})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

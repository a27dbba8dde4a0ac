"""An HTTP server that answers what it was told, in turn, and notes what it heard."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """One answer; ``delay`` seconds late."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0

    @property
    def raw(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Heard:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def refusal(status: int, word: str, **headers: str) -> Answer:
    """A problem document."""
    problem = {"status": status, "code": word, "detail": f"Told: {word}.", "errors": {}, "request_id": "r-1"}
    return Answer(status, problem, headers={name.replace("_", "-"): value for name, value in headers.items()})


class ToldServer:
    """Answers from ``answers``; the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.heard: list[Heard] = []
        told = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                told.heard.append(Heard(self.command, self.path, dict(self.headers), body))
                answer = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
                time.sleep(answer.delay)
                self.send_response(answer.status)
                for name, value in {**answer.headers, "Content-Length": str(len(answer.raw))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.raw)

            do_POST = do_GET  # noqa: N815 - a name that http.server looks for

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def tell(self, *answers: Answer) -> None:
        self.answers = list(answers)

    def __enter__(self) -> ToldServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

"""Calls of live webhooks that the tests of triggers share."""

from __future__ import annotations

import hashlib
import hmac
import json
from io import BytesIO
from typing import Any
from wsgiref.headers import Headers

from apps.workflows.serving.wsgi import WebhookGateway
from tests.people import Person
from tests.workflows.main_job.definitions import chain, fields, go_live, hook


class Answer:
    """What the gateway answered."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status.split()[0])
        self.headers = Headers(headers)
        self.body = body

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> Any:
        return self.json().get("code")


def environ_of(method: str, path: str, body: bytes, content_type: str, address: str, headers: dict[str, str]) -> Any:
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": content_type,
        "REMOTE_ADDR": address,
        "wsgi.input": BytesIO(body),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }


def begin(
    path: str,
    body: bytes = b"{}",
    *,
    method: str = "POST",
    content_type: str = "application/json",
    address: str = "203.0.113.7",
    headers: dict[str, str] | None = None,
) -> tuple[list[Any], Any]:
    """Call ``/webhook/{path}``; status and headers as they are sent, and the pieces of the body to come."""
    began: list[Any] = []
    gateway = WebhookGateway(lambda environ, start: [b"django"])
    made = environ_of(method, f"/webhook/{path}", body, content_type, address, headers or {})
    pieces = gateway(made, lambda status, found: began.extend([status, found]))
    return began, pieces


def call(path: str, body: bytes = b"{}", **more: Any) -> Answer:
    """Call ``/webhook/{path}`` and read the whole answer."""
    began, pieces = begin(path, body, **more)
    return Answer(began[0], began[1], b"".join(pieces))


def credential(person: Person, kind: str, **values: str) -> str:
    """The id of a new credential."""
    answer = person.api.post(
        "/api/v1/credentials/", {"name": f"A {kind}", "kind": kind, "fields": values}, format="json"
    )
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def guarded(person: Person, path: str, kind: str, **values: str) -> None:
    """A live webhook that asks for a credential of a kind and answers with what it got."""
    definition = chain(hook(path, auth=kind), fields("a", who="={{ $json.jwt?.sub }}"))
    definition["nodes"][0]["credentials"] = {kind: credential(person, kind, **values)}
    go_live(person, definition)


def signed(secret: str, text: bytes, algorithm: str = "sha256") -> str:
    """The signature of a text, in hexadecimal."""
    return hmac.new(secret.encode(), text, getattr(hashlib, algorithm)).hexdigest()

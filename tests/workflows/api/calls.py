"""How tests call a webhook: through Django, and through the gateway with an environment of their own."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from django.test import Client

from apps.workflows.serving.wsgi import WebhookGateway

ECHO_BODY = ("keep", "set", {"mode": "raw_json", "include": "none", "json": "={{ {body: $json.body} }}"})


def call(path: str, body: Any = None, content_type: str = "application/json", **headers: str) -> Any:
    """POST to a webhook; what is not bytes is sent as JSON."""
    data = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
    return Client().post(f"/webhook/{path}", data, content_type=content_type, headers=headers)


def through_gateway(
    method: str, path: str, body: bytes = b"", **environ: Any
) -> tuple[int, list[tuple[str, str]], bytes]:
    """The status, the headers as sent and the body that the gateway answers."""
    answered: list[Any] = []
    made = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "wsgi.input": BytesIO(body),
        **environ,
    }

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        answered.append((int(status.split()[0]), headers))

    application = WebhookGateway(lambda environ, start: [b"django"])
    parts = b"".join(application(made, start_response))
    status, headers = answered[0] if answered else (0, [])
    return status, headers, parts

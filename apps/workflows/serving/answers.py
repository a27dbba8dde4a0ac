"""What the caller of a webhook is answered when the run has said or done enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.core.public import dumps
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.execution.outcome import RunOutcome
from apps.workflows.models import Execution
from apps.workflows.serving.files import file_answer
from apps.workflows.serving.routes import Route
from apps.workflows.serving.webhook_types import WebhookAnswer

LAST_NODE = "last_node"
STREAMING = "streaming"
_OURS = frozenset({"content-length", "transfer-encoding", "connection", "set-cookie", "x-correlation-id"})


def accepted(route: Route, execution: Execution) -> WebhookAnswer:
    """The run goes on by itself."""
    body = {"execution_id": str(execution.id), "status": execution.status}
    return _from_trigger(route, 202, dumps(body), {})


def finished(route: Route, execution: Execution, outcome: RunOutcome) -> WebhookAnswer:
    """The run has ended, or a respond node has spoken."""
    headers = {"X-Execution-ID": str(execution.id)}
    if outcome.response is not None:
        return _from_node(route.organization_id, outcome.response, headers)
    if outcome.status in {"error", "canceled"}:
        return problem(500, "workflow_failed", "The workflow failed; its execution says why.", execution)
    mode = route.parameters.get("response_mode")
    if mode == STREAMING:  # its pieces would have come while it ran, but it ran elsewhere
        return _from_trigger(route, 200, b"", headers)
    if mode != LAST_NODE:
        told = "The workflow ended without reaching a respond node."
        return problem(500, "workflow_did_not_respond", told, execution)
    return _from_trigger(route, 200, _last_node_body(route, outcome), headers)


def problem(status: int, code: str, detail: str, execution: Execution) -> WebhookAnswer:
    """A problem document that names the execution."""
    body = {
        "type": "about:blank",
        "title": detail.partition(";")[0],
        "status": status,
        "detail": detail,
        "code": code,
        "errors": {},
        "request_id": execution.correlation_id,
        "execution_id": str(execution.id),
    }
    return WebhookAnswer(status, dumps(body), "application/problem+json", {"X-Execution-ID": str(execution.id)})


def response_code(route: Route, default: int) -> int:
    """The status that the trigger names."""
    code = route.parameters.get("response_code")
    return code if isinstance(code, int) and 200 <= code <= 599 else default


def fitting_headers(given: Mapping[str, Any]) -> dict[str, str]:
    """Headers of a workflow without those that are ours to say, or that would break the answer."""
    names = {name.lower(): value for name, value in given.items()}
    return {name: value for name, value in names.items() if _sane(name, value)}


def headers_of(route: Route) -> dict[str, str]:
    """The ``response_headers`` of the trigger."""
    entries = route.parameters.get("response_headers")
    pairs = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return fitting_headers({str(entry.get("name") or ""): entry.get("value") for entry in pairs})


def _from_trigger(route: Route, status: int, body: bytes, headers: dict[str, str]) -> WebhookAnswer:
    given = headers_of(route)
    content_type = given.pop("content-type", "application/json")
    return WebhookAnswer(response_code(route, status), body, content_type, {**given, **headers})


def _last_node_body(route: Route, outcome: RunOutcome) -> bytes:
    wanted = route.parameters.get("response_data", "first_item")
    if wanted == "no_body":
        return b""
    objects = [item["json"] for item in outcome.output]
    if wanted == "all_items":
        return dumps(objects)
    return dumps(objects[0] if objects else {})


def _from_node(organization_id: UUID, response: WebResponse, headers: dict[str, str]) -> WebhookAnswer:
    given = fitting_headers(response.headers)
    if response.file is not None:
        return file_answer(organization_id, response, {**given, **headers})
    content_type = given.pop("content-type", "text/plain; charset=utf-8" if response.is_text else "application/json")
    if response.body is None:
        body = b""
    elif response.is_text:
        body = str(response.body).encode("utf-8", "replace")
    else:
        body = dumps(response.body)
    return WebhookAnswer(response.status, body, content_type, {**given, **headers})


def _sane(name: str, value: Any) -> bool:
    # A header with a line break in it would let a workflow's data write headers of its own.
    token = bool(name) and name.isascii() and all(character.isalnum() or character == "-" for character in name)
    return token and name not in _OURS and isinstance(value, str) and value.isascii() and value.isprintable()

"""Receiving a webhook: find the route, check the caller, accept the run, answer as the trigger says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.core.public import dumps
from apps.workflows.constants import FINAL_STATUSES, TriggerMode
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.execution.accept import Start, Take, begin_run, queue_run
from apps.workflows.execution.outcome import RunOutcome
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.slots import sync_slots
from apps.workflows.execution.stored_answers import stored_outcome
from apps.workflows.models import Execution
from apps.workflows.serving.bodies import parse_body
from apps.workflows.serving.callers import check_caller
from apps.workflows.serving.routes import Route, find_route
from apps.workflows.serving.webhook_types import WebhookAnswer, WebhookCall
from exprsn.kernel.errors import TooLarge

IMMEDIATELY = "immediately"
LAST_NODE = "last_node"
_OURS = frozenset({"content-length", "transfer-encoding", "connection", "set-cookie", "x-correlation-id"})
POLL_SECONDS = (0.02, 0.05, 0.1, 0.25)


@dataclass(frozen=True, slots=True)
class Terms:
    """How the run for a call is accepted. ``take``: see ``accept``."""

    trigger_mode: TriggerMode = TriggerMode.WEBHOOK
    test_mode: bool = False
    created_by: UUID | None = None
    take: Take | None = None


LIVE = Terms()


def receive_webhook(call: WebhookCall) -> WebhookAnswer:
    """Answer one call. Raises ``DomainError`` for what the caller did wrong."""
    require_size(call)
    return answer_route(find_route(call.method, call.path), call, LIVE)


def require_size(call: WebhookCall) -> None:
    """Raise ``body_too_large`` for a call whose body is."""
    if len(call.body) > settings.EXPRSN_WEBHOOK_MAX_BYTES:
        raise TooLarge(f"The body is larger than {settings.EXPRSN_WEBHOOK_MAX_BYTES} bytes.", code="body_too_large")


def answer_route(route: Route, call: WebhookCall, terms: Terms) -> WebhookAnswer:
    """Check the caller, accept the run, and answer as the trigger of this route says."""
    check_caller(route, call)
    start = _start(route, call, terms)
    if route.parameters.get("response_mode", IMMEDIATELY) == IMMEDIATELY:
        return _accepted(route, queue_run(start, terms.take))
    with sync_slots.take():
        execution, lease = begin_run(start, terms.take)
        outcome = execute_held_run(
            execution,
            lease,
            items=start.items,
            caller_waits=True,
            slice_seconds=settings.EXPRSN_SYNC_SLICE_SECONDS,
        )
    if outcome.handed_over and outcome.response is None:
        return _wait_for(route, execution)
    return _answer(route, execution, outcome)


def _start(route: Route, call: WebhookCall, terms: Terms) -> Start:
    body: Any = parse_body(call)
    if route.parameters.get("raw_body"):
        body = call.body.decode("utf-8", "replace")
    item = {
        "method": call.method,
        "path": call.path,
        "headers": dict(call.headers),
        "params": route.path_params,
        "query": dict(call.query),
        "body": body,
    }
    return Start(
        organization_id=route.organization_id,
        workflow_id=route.workflow_id,
        version_id=route.version_id,
        trigger_mode=terms.trigger_mode,
        test_mode=terms.test_mode,
        created_by=terms.created_by,
        trigger_node=route.node_id,
        items=[{"json": item}],
        environment=route.environment,
        correlation_id=call.correlation_id,
    )


def _accepted(route: Route, execution: Execution) -> WebhookAnswer:
    body = {"execution_id": str(execution.id), "status": execution.status}
    return WebhookAnswer(_response_code(route, 202), dumps(body))


def _wait_for(route: Route, execution: Execution) -> WebhookAnswer:
    """The run went on elsewhere (a wait, or too long): look for its answer until patience ends."""
    deadline = time.monotonic() + settings.EXPRSN_SYNC_WAIT_SECONDS
    attempt = 0
    while time.monotonic() < deadline:
        time.sleep(POLL_SECONDS[min(attempt, len(POLL_SECONDS) - 1)])
        attempt += 1
        outcome = stored_outcome(execution.id, wants_response=route.parameters["response_mode"] != LAST_NODE)
        if outcome is not None and (outcome.response is not None or outcome.status in FINAL_STATUSES):
            return _answer(route, execution, outcome)
    return _problem(
        504,
        "execution_not_finished",
        "The workflow is still running; look at the execution later.",
        execution,
    )


def _answer(route: Route, execution: Execution, outcome: RunOutcome) -> WebhookAnswer:
    headers = {"X-Execution-ID": str(execution.id)}
    if outcome.response is not None:
        return _from_node(outcome.response, headers)
    if outcome.status in {"error", "canceled"}:
        return _problem(500, "workflow_failed", "The workflow failed; its execution says why.", execution)
    if route.parameters.get("response_mode") != LAST_NODE:
        return _problem(
            500, "workflow_did_not_respond", "The workflow ended without reaching a respond node.", execution
        )
    return WebhookAnswer(_response_code(route, 200), _last_node_body(route, outcome), headers=headers)


def _last_node_body(route: Route, outcome: RunOutcome) -> bytes:
    wanted = route.parameters.get("response_data", "first_item")
    if wanted == "no_body":
        return b""
    objects = [item["json"] for item in outcome.output]
    if wanted == "all_items":
        return dumps(objects)
    return dumps(objects[0] if objects else {})


def _from_node(response: WebResponse, headers: dict[str, str]) -> WebhookAnswer:
    names = {name.lower(): value for name, value in response.headers.items()}
    content_type = names.pop("content-type", "text/plain; charset=utf-8" if response.is_text else "application/json")
    if response.body is None:
        body = b""
    elif response.is_text:
        body = str(response.body).encode("utf-8", "replace")
    else:
        body = dumps(response.body)
    names = {name: value for name, value in names.items() if _sane(name, value)}
    return WebhookAnswer(response.status, body, content_type, {**names, **headers})


def _sane(name: str, value: str) -> bool:
    # A header with a line break in it would let a workflow's data write headers of its own.
    token = name.isascii() and all(character.isalnum() or character == "-" for character in name)
    return token and name not in _OURS and isinstance(value, str) and value.isascii() and value.isprintable()


def _response_code(route: Route, default: int) -> int:
    code = route.parameters.get("response_code")
    return code if isinstance(code, int) and 200 <= code <= 599 else default


def _problem(status: int, code: str, detail: str, execution: Execution) -> WebhookAnswer:
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

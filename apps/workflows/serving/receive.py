"""Receiving a webhook: find the route, check the caller, accept the run, answer as the trigger says."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.workflows.constants import FINAL_STATUSES, TriggerMode
from apps.workflows.execution.accept import RunQueued, RunRefused, Start, Take, begin_run, queue_run
from apps.workflows.execution.concurrency import TooManyExecutions
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.seen import SeenKey
from apps.workflows.execution.slots import sync_slots
from apps.workflows.execution.stored_answers import stored_outcome
from apps.workflows.models import Execution
from apps.workflows.serving.answers import LAST_NODE, STREAMING, accepted, finished, headers_of, problem, response_code
from apps.workflows.serving.bodies import Body, read_body
from apps.workflows.serving.callers import Facts, check_caller
from apps.workflows.serving.duplicates import answer_duplicate, key_of
from apps.workflows.serving.files import kept_files
from apps.workflows.serving.origins import PREFLIGHT, answer_preflight, permission
from apps.workflows.serving.refusals import refusal
from apps.workflows.serving.routes import Route, find_route, methods_at
from apps.workflows.serving.streaming import CONTENT_TYPES, NDJSON, Stream, run_into
from apps.workflows.serving.webhook_types import WebhookAnswer, WebhookCall
from exprsn.kernel.errors import DomainError, RateLimited, TooLarge

IMMEDIATELY = "immediately"
POLL_SECONDS = (0.02, 0.05, 0.1, 0.25)


@dataclass(frozen=True, slots=True)
class Terms:
    """How the run for a call is accepted. ``take``: see ``accept``; with one, calls that come twice do not count."""

    trigger_mode: TriggerMode = TriggerMode.WEBHOOK
    test_mode: bool = False
    created_by: UUID | None = None
    take: Take | None = None


LIVE = Terms()


def receive_webhook(call: WebhookCall) -> WebhookAnswer:
    """Answer one call. Raises ``DomainError`` for what the caller did wrong."""
    require_size(call)
    if call.method == PREFLIGHT:
        return _preflight(call)
    return answer_route(find_route(call.method, call.path), call, LIVE)


def require_size(call: WebhookCall) -> None:
    """Raise ``body_too_large`` for a call whose body is."""
    if len(call.body) > settings.EXPRSN_WEBHOOK_MAX_BYTES:
        raise TooLarge(f"The body is larger than {settings.EXPRSN_WEBHOOK_MAX_BYTES} bytes.", code="body_too_large")


def answer_route(route: Route, call: WebhookCall, terms: Terms) -> WebhookAnswer:
    """Check the caller, accept the run, and answer as the trigger of this route says."""
    granted = permission(route.parameters, call)
    try:
        answer = _answer(route, call, terms)
    except DomainError as error:
        if not granted:
            raise
        # A page that may call may also read why it was refused.
        answer = refusal(error, call.correlation_id)
    return answer.with_headers(granted)


def _preflight(call: WebhookCall) -> WebhookAnswer:
    """The question comes before the call: the route is that of the method which is asked for."""
    methods = methods_at(call.path)
    asked = call.headers.get("access-control-request-method", "").upper()
    route = find_route(asked if asked in methods else methods[0], call.path)
    return answer_preflight(route.parameters, methods, call)


def _answer(route: Route, call: WebhookCall, terms: Terms) -> WebhookAnswer:
    facts = check_caller(route, call)
    body = read_body(call)
    item = _item(route, call, body, facts)
    key = key_of(route, item)
    if key is None or terms.take is not None:
        return _run(route, _start(route, call, terms, item, body), terms.take)
    first = key.first_run()
    return _first_or_duplicate(route, call, terms, item, body, key) if first is None else _repeated(key, first)


def _first_or_duplicate(
    route: Route, call: WebhookCall, terms: Terms, item: dict[str, Any], body: Body, key: SeenKey
) -> WebhookAnswer:
    try:
        return _run(route, _start(route, call, terms, item, body), key.take)
    except RunRefused:
        first = key.first_run()
        if first is None:
            raise
        return _repeated(key, first)


def _repeated(key: SeenKey, first: UUID) -> WebhookAnswer:
    return answer_duplicate(key.organization_id, first)


def _run(route: Route, start: Start, take: Take | None) -> WebhookAnswer:
    try:
        return _run_now(route, start, take)
    except RunQueued as queued:
        return _wait_for(route, queued.execution)
    except TooManyExecutions as full:
        raise RateLimited(full.message, code=full.code, params=full.params) from None


def _run_now(route: Route, start: Start, take: Take | None) -> WebhookAnswer:
    mode = route.parameters.get("response_mode", IMMEDIATELY)
    if mode == IMMEDIATELY:
        return accepted(route, queue_run(start, take))
    if mode == STREAMING:
        return _stream(route, start, take)
    with sync_slots.take():
        execution, lease = begin_run(start, take)
        outcome = execute_held_run(
            execution,
            lease,
            items=start.items,
            caller_waits=True,
            slice_seconds=settings.EXPRSN_SYNC_SLICE_SECONDS,
        )
    if outcome.handed_over and outcome.response is None:
        return _wait_for(route, execution)
    return finished(route, execution, outcome)


def _stream(route: Route, start: Start, take: Take | None) -> WebhookAnswer:
    """The status and the headers now, the rest as it comes."""
    form = str(route.parameters.get("stream_format") or NDJSON)
    stream = Stream(form)
    with ExitStack() as held:
        held.enter_context(sync_slots.take())
        execution, lease = begin_run(start, take)
        run_into(stream, execution, lease, start.items, held=held.pop_all())
    given = headers_of(route)
    content_type = given.pop("content-type", CONTENT_TYPES.get(form, CONTENT_TYPES[NDJSON]))
    # Proxies would hold the pieces back otherwise.
    own = {"X-Execution-ID": str(execution.id), "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return WebhookAnswer(response_code(route, 200), b"", content_type, {**given, **own}, stream.pieces())


def _item(route: Route, call: WebhookCall, body: Body, facts: Facts) -> dict[str, Any]:
    value = call.body.decode("utf-8", "replace") if route.parameters.get("raw_body") else body.value
    return {
        "method": call.method,
        "path": call.path,
        "headers": dict(call.headers),
        "params": route.path_params,
        "query": dict(call.query),
        "body": value,
        **facts,
    }


def _start(route: Route, call: WebhookCall, terms: Terms, item: dict[str, Any], body: Body) -> Start:
    entry: dict[str, Any] = {"json": item}
    if body.files and not route.parameters.get("raw_body"):
        entry["binary"] = kept_files(route.organization_id, body.files)
    return Start(
        organization_id=route.organization_id,
        workflow_id=route.workflow_id,
        version_id=route.version_id,
        trigger_mode=terms.trigger_mode,
        test_mode=terms.test_mode,
        created_by=terms.created_by,
        trigger_node=route.node_id,
        items=[entry],
        environment=route.environment,
        correlation_id=call.correlation_id,
    )


def _wait_for(route: Route, execution: Execution) -> WebhookAnswer:
    """The run went on elsewhere (a wait, or too long): look for its answer until patience ends."""
    deadline = time.monotonic() + settings.EXPRSN_SYNC_WAIT_SECONDS
    attempt = 0
    while time.monotonic() < deadline:
        time.sleep(POLL_SECONDS[min(attempt, len(POLL_SECONDS) - 1)])
        attempt += 1
        outcome = stored_outcome(execution.id, wants_response=route.parameters["response_mode"] != LAST_NODE)
        if outcome is not None and (outcome.response is not None or outcome.status in FINAL_STATUSES):
            return finished(route, execution, outcome)
    return problem(
        504,
        "execution_not_finished",
        "The workflow is still running; look at the execution later.",
        execution,
    )

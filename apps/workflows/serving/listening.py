"""Test calls: while somebody listens, the draft of a workflow answers one call as it would if it were live."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import Q

from apps.workflows.constants import TriggerMode
from apps.workflows.engine.definition import Node, parse_definition
from apps.workflows.engine.webhook_paths import best_match, methods_of, parse_webhook_path, split_path
from apps.workflows.execution.accept import RunRefused
from apps.workflows.models import Listening, Workflow, WorkflowVersion
from apps.workflows.serving.origins import PREFLIGHT, answer_preflight
from apps.workflows.serving.receive import Terms, answer_route, require_size
from apps.workflows.serving.routes import Route
from apps.workflows.serving.webhook_types import WebhookAnswer, WebhookCall
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import NotFound

_REASON = "call of a test webhook"
_MOST = 1_000


def receive_test_call(call: WebhookCall) -> WebhookAnswer:
    """Answer one call of ``/webhook-test/{path}`` by a run of the draft. Raises ``webhook_not_listening``."""
    require_size(call)
    found = _find(call)
    if call.method == PREFLIGHT:
        return answer_preflight(found.route.parameters, found.methods, call)
    if call.method not in found.methods:
        told = f"This webhook answers {', '.join(found.methods)}, not {call.method}."
        raise NotFound(told, code="webhook_method_not_found", params={"methods": found.methods})
    terms = Terms(
        trigger_mode=TriggerMode.TEST,
        test_mode=True,
        created_by=found.listening.created_by,
        take=partial(_take, found.listening, found.route.version_id),
    )
    try:
        return answer_route(found.route, call, terms)
    except RunRefused:
        raise _not_listening() from None


@dataclass(frozen=True, slots=True)
class _Found:
    listening: Listening
    route: Route
    methods: list[str]


def _find(call: WebhookCall) -> _Found:
    """The listening for this path, and the draft's webhook as it is now."""
    segments = split_path(call.path)
    if "\x00" in call.path:  # PostgreSQL keeps no such text, so no route can have it
        raise _not_listening()
    rows = Listening.objects.for_system(reason=_REASON).filter(
        Q(has_parameters=True) | Q(route="/".join(segments)),
        segments=len(segments),
        taken=False,
        expires_at__gt=utc_now(),
    )
    found = best_match(((row.path, row) for row in rows.order_by("id")[:_MOST]), segments)
    if found is None:
        raise _not_listening()
    listening, path_params = found
    route, methods = _draft_route(listening, path_params)
    return _Found(listening, route, methods)


def _draft_route(listening: Listening, path_params: dict[str, str]) -> tuple[Route, list[str]]:
    rows = Workflow.objects.for_organization(listening.organization_id).select_related("current__document")
    workflow = rows.filter(id=listening.workflow_id, deleted_at__isnull=True).first()
    node = None if workflow is None else _node_of(workflow, listening)
    if workflow is None or workflow.current is None or node is None:
        raise _not_listening()
    route = Route(
        organization_id=listening.organization_id,
        workflow_id=workflow.id,
        version_id=workflow.current.id,
        node_id=node.id,
        environment=workflow.environment,
        parameters=dict(node.parameters),
        credentials=dict(node.credentials),
        path_params=path_params,
    )
    return route, methods_of(node.parameters)


def _node_of(workflow: Workflow, listening: Listening) -> Node | None:
    """The webhook that is listened for, if the draft still has it at this path."""
    if workflow.current is None:
        return None
    for node in parse_definition(workflow.current.document.value).nodes:
        if node.id == listening.node_id and node.type == "webhook" and not node.disabled:
            path = parse_webhook_path(str(node.parameters.get("path") or node.id))
            return node if path.text == listening.path else None
    return None


def _take(listening: Listening, version_id: UUID, execution_id: UUID) -> bool:
    """Within the transaction that accepts the run: of several calls one gets the listening."""
    rows = Listening.objects.for_organization(listening.organization_id)
    open_ = rows.filter(id=listening.id, taken=False, expires_at__gt=utc_now())
    if not open_.update(taken=True, execution_id=execution_id, updated_at=utc_now()):
        return False
    versions = WorkflowVersion.objects.for_organization(listening.organization_id)
    versions.filter(id=version_id, sealed=False).update(sealed=True)
    return True


def _not_listening() -> NotFound:
    return NotFound(
        "Nobody listens for a test call of this path. Open the workflow in the designer and press Listen; "
        "one call is answered.",
        code="webhook_not_listening",
    )

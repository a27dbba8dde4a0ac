"""Listening for a test call: for two minutes the draft's webhook answers one call of its test address."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit
from apps.workflows.access import get_workflow
from apps.workflows.engine.definition import Definition, Node
from apps.workflows.engine.webhook_paths import methods_of, parse_webhook_path, path_faults
from apps.workflows.models import Listening, Workflow
from apps.workflows.services.documents import require_runnable
from apps.workflows.services.executions import choose_trigger
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, InvalidInput

LISTENS = timedelta(seconds=120)
# For so long the designer can still see which run a call has started.
KEPT = timedelta(hours=1)


def listen_for_call(*, actor: Actor, workflow_id: UUID, trigger_node: str = "") -> Listening:
    """Listen for a call of the draft's webhook (the first one, else the one named), or go on listening.

    Raises ``no_webhook``, ``not_a_webhook``, ``webhook_path_invalid``, and ``test_path_taken`` when another workflow
    listens at this path.
    """
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.EXECUTE, lock=True)
        assert workflow.current is not None
        definition = require_runnable(workflow.organization_id, workflow.current.document.value)
        wanted = _listening_for(actor, workflow, _webhook_of(definition, trigger_node))
        rows = Listening.objects.for_organization(workflow.organization_id).select_for_update()
        present = rows.filter(workflow=workflow).first()
        if present is not None and is_open(present) and _same(present, wanted):
            present.expires_at = wanted.expires_at
            present.save(update_fields=["expires_at", "updated_at"])
            return present
        if present is not None:
            present.delete()
        _open(wanted)
        audit(actor, "workflow.listened", "workflow", workflow.id, workflow.name)
    return wanted


def stop_listening(*, actor: Actor, workflow_id: UUID) -> None:
    """Take no test call any more; nothing happens when nobody listens."""
    with transaction.atomic():
        workflow = get_workflow(actor, workflow_id, Permission.EXECUTE, lock=True)
        Listening.objects.for_organization(workflow.organization_id).filter(workflow=workflow).delete()


def current_listening(*, actor: Actor, workflow_id: UUID) -> Listening | None:
    """The listening of a workflow: open, or taken by a call not long ago."""
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    found = Listening.objects.for_organization(workflow.organization_id).filter(workflow=workflow).first()
    return found if found is not None and (found.taken or is_open(found)) else None


def is_open(listening: Listening) -> bool:
    """Whether the next call would be answered."""
    return not listening.taken and listening.expires_at > utc_now()


def forget_listenings() -> int:
    """Remove what is over for long; answers how many."""
    rows = Listening.objects.for_system(reason="over for long")
    return rows.filter(expires_at__lt=utc_now() - KEPT).delete()[0]


def _webhook_of(definition: Definition, wanted: str) -> Node:
    if wanted:
        node = choose_trigger(definition, wanted)
        if node.type != "webhook":
            told = "Only a webhook can be listened for."
            raise InvalidInput(told, code="not_a_webhook", errors={"trigger_node": [told]})
        return node
    found = next((node for node in definition.nodes if node.type == "webhook" and not node.disabled), None)
    if found is None:
        raise InvalidInput("The workflow has no webhook to listen for. Add one first.", code="no_webhook")
    return found


def _listening_for(actor: Actor, workflow: Workflow, node: Node) -> Listening:
    text = str(node.parameters.get("path") or node.id)
    if faults := path_faults(text):
        told = f"The path of “{node.name}” cannot be called. {faults[0]}"
        raise InvalidInput(told, code="webhook_path_invalid", errors={"trigger_node": [told]})
    path = parse_webhook_path(text)
    return Listening(
        organization_id=workflow.organization_id,
        workflow=workflow,
        node_id=node.id,
        methods=methods_of(node.parameters),
        path=path.text,
        route=path.route,
        segments=path.segments,
        has_parameters=path.has_parameters,
        expires_at=utc_now() + LISTENS,
        created_by=actor.user_id,
    )


def _same(present: Listening, wanted: Listening) -> bool:
    return (present.node_id, present.path, present.methods) == (wanted.node_id, wanted.path, wanted.methods)


def _open(wanted: Listening) -> None:
    over = Listening.objects.for_system(reason="a path that nobody listens at any more").filter(route=wanted.route)
    over.filter(expires_at__lte=utc_now()).delete()
    over.filter(taken=True).delete()
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
    except IntegrityError:
        told = f"Another workflow listens at /webhook-test/{wanted.path} just now. Choose another path, or try later."
        raise Conflict(told, code="test_path_taken", errors={"trigger_node": [told]}) from None

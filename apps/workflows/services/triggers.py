"""The rows that make an active workflow reachable. Written and removed in the transaction that activates."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from apps.workflows.engine.definition import Definition, Node
from apps.workflows.engine.webhook_paths import WebhookPath, methods_of, parse_webhook_path
from apps.workflows.execution.environment import forget_facts
from apps.workflows.execution.schedules import MAX_MISSED, ONCE
from apps.workflows.models import EventTrigger, Schedule, Webhook, Workflow, WorkflowVersion
from apps.workflows.registry import next_schedule_time
from apps.workflows.services.form_triggers import close_forms_of, open_form
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict

MAX_GRACE = 86_400


def install_triggers(workflow: Workflow, version: WorkflowVersion, definition: Definition) -> None:
    """Make exactly the published version's triggers reachable. Raises ``webhook_path_taken``, ``form_slug_taken``."""
    remove_triggers(workflow)
    for position, node in enumerate(definition.nodes):
        if node.disabled:
            continue
        if node.type == "webhook":
            _install_webhook(workflow, version, node, position)
        elif node.type == "schedule":
            _install_schedule(workflow, version, node, definition)
        elif node.type == "event":
            _install_events(workflow, version, node)
        elif node.type == "form":
            open_form(workflow, version, node, position)


def remove_triggers(workflow: Workflow) -> None:
    """Make the workflow unreachable."""
    Webhook.objects.for_organization(workflow.organization_id).filter(workflow=workflow).delete()
    Schedule.objects.for_organization(workflow.organization_id).filter(workflow=workflow).delete()
    EventTrigger.objects.for_organization(workflow.organization_id).filter(workflow=workflow).delete()
    close_forms_of(workflow)
    transaction.on_commit(forget_facts)


def _install_webhook(workflow: Workflow, version: WorkflowVersion, node: Node, position: int) -> None:
    path = parse_webhook_path(str(node.parameters.get("path") or node.id))
    for method in methods_of(node.parameters):
        row = Webhook(
            organization_id=workflow.organization_id,
            workflow=workflow,
            version=version,
            node_id=node.id,
            method=method,
            path=path.text,
            route=path.route,
            segments=path.segments,
            has_parameters=path.has_parameters,
            settings=_settings(node),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise _taken(path, method, position) from None


def _settings(node: Node) -> dict[str, Any]:
    return {"parameters": dict(node.parameters), "credentials": dict(node.credentials)}


def _taken(path: WebhookPath, method: str, position: int) -> Conflict:
    return Conflict(
        f"Another active workflow already answers {method} /webhook/{path.text}. "
        "Choose another path or deactivate that workflow.",
        code="webhook_path_taken",
        errors={f"definition.nodes[{position}].parameters.path": ["This path is taken."]},
    )


def _install_schedule(workflow: Workflow, version: WorkflowVersion, node: Node, definition: Definition) -> None:
    timezone = str(node.parameters.get("timezone") or definition.settings.timezone or workflow.organization.timezone)
    rules = list(node.parameters.get("rules") or [])
    Schedule(
        organization_id=workflow.organization_id,
        workflow=workflow,
        version=version,
        node_id=node.id,
        rules=rules,
        timezone=timezone,
        next_run_at=next_schedule_time(rules, timezone, utc_now()),
        missed_runs=str(node.parameters.get("missed_runs") or ONCE),
        missed_limit=_whole(node.parameters.get("missed_limit"), 10, MAX_MISSED),
        grace_seconds=_whole(node.parameters.get("grace_seconds"), 60, MAX_GRACE),
    ).save(force_insert=True)


def _whole(value: Any, default: int, most: int) -> int:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return max(0, min(int(value), most)) if is_number else default


def _install_events(workflow: Workflow, version: WorkflowVersion, node: Node) -> None:
    EventTrigger.objects.for_organization(workflow.organization_id).bulk_create(
        EventTrigger(
            organization_id=workflow.organization_id,
            workflow=workflow,
            version=version,
            node_id=node.id,
            event_type=str(name),
            filter=str(node.parameters.get("filter") or ""),
        )
        for name in dict.fromkeys(node.parameters.get("events") or [])
    )

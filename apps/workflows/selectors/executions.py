"""Reading executions: lists, the journal of one, and the items that flowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from apps.accounts.contracts import Actor
from apps.workflows.access import visible_executions
from apps.workflows.engine.journal import merge_journal
from apps.workflows.models import Execution, ExecutionLog, ExecutionPayload, NodeExecution
from apps.workflows.models.kept_batches import first_of

FILTERS = ("status", "environment", "trigger_mode", "parent")
MAX_NODE_RUNS = 10_000
MAX_SHOWN = 1_000


def executions_for(actor: Actor, filters: Mapping[str, Any]) -> QuerySet[Execution]:
    """The executions an actor may see.

    Filters: ``workflow, status, environment, trigger_mode, parent, search, since, until``.
    """
    rows = visible_executions(actor).select_related("workflow", "version")
    for field in FILTERS:
        if filters.get(field):
            rows = rows.filter(**{field: filters[field]})
    if filters.get("workflow"):
        rows = rows.filter(workflow_id=filters["workflow"])
    if filters.get("since"):
        rows = rows.filter(created_at__gte=filters["since"])
    if filters.get("until"):
        rows = rows.filter(created_at__lt=filters["until"])
    if filters.get("search"):
        text = str(filters["search"])
        rows = rows.filter(Q(workflow__name__icontains=text) | Q(error__message__icontains=text))
    return rows


def node_runs(execution: Execution) -> list[NodeExecution]:
    """The node runs of an execution in the order in which they happened."""
    rows = NodeExecution.objects.for_organization(execution.organization_id)
    return list(rows.filter(execution=execution).order_by("execution_order")[:MAX_NODE_RUNS])


def log_lines(execution: Execution, level: str = "") -> QuerySet[ExecutionLog]:
    """The log of an execution, oldest first; ``level`` keeps lines of exactly that level."""
    rows = ExecutionLog.objects.for_organization(execution.organization_id).filter(execution=execution)
    return (rows.filter(level=level) if level else rows).order_by("id")


def journal_data(execution: Execution) -> dict[str, dict[str, Any]]:
    """execution_order (as text) → ``{outputs: {port: items}, sources: {port: …}, …}`` of every node run."""
    rows = ExecutionPayload.objects.for_organization(execution.organization_id)
    data: dict[str, dict[str, Any]] = {}
    for payload in rows.filter(execution=execution, kind="journal").order_by("id"):
        merge_journal(data, payload.value)
    return data


def trigger_data(execution: Execution) -> list[dict[str, Any]]:
    """The items that started an execution."""
    rows = ExecutionPayload.objects.for_organization(execution.organization_id)
    payload = rows.filter(execution=execution, kind="trigger").first()
    return _shown(execution, payload.value, None) if payload else []


def changes_of(execution: Execution) -> list[dict[str, Any]]:
    """What a dry run would have changed outside, in order."""
    if not execution.dry_run:
        return []
    rows = ExecutionPayload.objects.for_organization(execution.organization_id)
    return [
        change
        for payload in rows.filter(execution=execution, kind="changes").order_by("id")
        for change in payload.value
    ]


def _shown(execution: Execution, items: Any, most: int | None) -> list[dict[str, Any]]:
    """Items to be shown: of those that lie in a file never more than the first thousand."""
    in_file = isinstance(items, Mapping)
    if most is None and not in_file:
        return list(items)
    return first_of(execution.organization_id, items, MAX_SHOWN if most is None else min(most, MAX_SHOWN))


def outputs_of(data: Mapping[str, dict[str, Any]], order: int) -> dict[str, Any]:
    """Output port → items of one node run, or what stands for them where they lie in a file."""
    return dict(data.get(str(order), {}).get("outputs", {}))


def inputs_of(data: Mapping[str, dict[str, Any]], order: int, trigger: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Input port → items of one node run, followed back to the outputs that they were."""
    sources = data.get(str(order), {}).get("sources", {})
    if not sources:
        return {"main": list(trigger)} if order == 0 else {}
    return {port: outputs_of(data, source["order"]).get(source["port"], []) for port, source in sources.items()}


def execution_output(execution: Execution, data: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The items that an execution ended with."""
    if execution.output_order is None:
        return []
    found: Any = next((items for items in outputs_of(data, execution.output_order).values() if items), [])
    return _shown(execution, found, None)


def execution_detail(execution: Execution) -> Execution:
    """The execution with ``trigger_data``, ``execution_path``, ``output``, ``changes`` and the failed node's name."""
    data = journal_data(execution)
    rows = NodeExecution.objects.for_organization(execution.organization_id).filter(execution=execution)
    path = list(rows.order_by("execution_order").values_list("node_id", "node_name")[:MAX_NODE_RUNS])
    execution.trigger_data = trigger_data(execution)  # type: ignore[attr-defined]
    execution.execution_path = [node_id for node_id, _ in path]  # type: ignore[attr-defined]
    execution.output = execution_output(execution, data)  # type: ignore[attr-defined]
    execution.changes = changes_of(execution)  # type: ignore[attr-defined]
    execution.failed_node_name = dict(path).get(execution.failed_node, "")  # type: ignore[attr-defined]
    return execution


def failed_node_name(execution: Execution) -> str:
    """What the node is called that ended the run; empty when none did."""
    if not execution.failed_node:
        return ""
    rows = NodeExecution.objects.for_organization(execution.organization_id)
    found = rows.filter(execution=execution, node_id=execution.failed_node).values_list("node_name", flat=True)
    return found.first() or ""


def node_run_details(execution: Execution, most: int | None = None) -> list[NodeExecution]:
    """The node runs with ``input`` and ``output`` attached, by port; ``most``: so many of a port, 0 for none."""
    data, trigger = ({}, []) if most == 0 else (journal_data(execution), trigger_data(execution))
    runs = node_runs(execution)
    for run in runs:
        run.input = {  # type: ignore[attr-defined]
            port: _shown(execution, items, most)
            for port, items in inputs_of(data, run.execution_order, trigger).items()
        }
        run.output = {  # type: ignore[attr-defined]
            port: _shown(execution, items, most) for port, items in outputs_of(data, run.execution_order).items()
        }
    return runs

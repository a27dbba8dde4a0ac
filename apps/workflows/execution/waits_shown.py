"""What a run waits for now, for those who look at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.workflows.constants import NodeStatus, WaitKind, WaitStatus
from apps.workflows.execution.resume_links import resume_addresses
from apps.workflows.models import Execution, NodeExecution, Waitpoint


def waits_of(execution: Execution, *, with_addresses: bool) -> dict[int, dict[str, Any]]:
    """execution_order → ``{kind, until, url?, approval?}`` of what an execution waits for now.

    ``with_addresses``: whoever has the address of a call or a form can resume the run.
    """
    rows = Waitpoint.objects.for_organization(execution.organization_id).filter(
        execution_id=execution.id, status=WaitStatus.OPEN
    )
    found = rows.values_list("execution_order", "kind", "until", "settings", "approval__id", "approval__deadline")
    waits: dict[int, dict[str, Any]] = {}
    for order, kind, until, settings, approval, deadline in found[:100]:
        wait: dict[str, Any] = {"kind": kind, "until": until or deadline, "url": None, "approval": approval}
        if with_addresses and kind in (WaitKind.WEBHOOK, WaitKind.FORM):
            addresses = resume_addresses(execution.id)
            suffix = settings.get("suffix")
            wait["url"] = addresses.form if kind == WaitKind.FORM else addresses.call + (f"/{suffix}" if suffix else "")
        waits[order] = wait
    return waits


def with_waits(execution: Execution, runs: Sequence[NodeExecution], *, with_addresses: bool) -> Sequence[NodeExecution]:
    """The node runs with ``wait`` attached to those that wait."""
    resting = [run for run in runs if run.status == NodeStatus.WAITING]
    if resting:
        waits = waits_of(execution, with_addresses=with_addresses)
        for run in resting:
            run.wait = waits.get(run.execution_order) or _without_row(execution)  # type: ignore[attr-defined]
    return runs


def _without_row(execution: Execution) -> dict[str, Any] | None:
    """A wait that only the execution knows of: for workflows that it called, or for a moment."""
    if execution.pending_children:
        return {"kind": "workflow", "until": None, "url": None, "approval": None}
    if execution.resume_at is None:
        return None
    return {"kind": "time", "until": execution.resume_at, "url": None, "approval": None}

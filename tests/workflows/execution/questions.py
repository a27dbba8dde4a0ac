"""Approvals as rows, for tests to which it does not matter how they came about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.workflows.models import Approval, Execution, Waitpoint


def open_question(execution_id: str | UUID, **more: Any) -> str:
    """The id of an approval of this execution that whoever may run workflows decides."""
    execution = Execution.plain.get(id=execution_id)
    of_run = {"organization_id": execution.organization_id, "execution": execution, "node_id": "a"}
    waitpoint = Waitpoint(**of_run, execution_order=0, kind="approval")
    waitpoint.value = None
    waitpoint.save()
    more.setdefault("for_everybody", True)
    approval = Approval(
        **of_run, workflow_id=execution.workflow_id, waitpoint=waitpoint, node_name="a", title="Pay?", **more
    )
    approval.value = [{"n": 1}]
    approval.save()
    return str(approval.id)

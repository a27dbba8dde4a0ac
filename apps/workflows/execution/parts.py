"""The part that a partial run runs, kept with the run: whoever goes on with it needs nothing of the earlier run."""

from __future__ import annotations

from apps.workflows.engine.part import Part
from apps.workflows.models import Execution, ExecutionPayload
from exprsn.kernel.errors import Conflict
from exprsn.kernel.ids import new_id


def part_payload(execution: Execution, part: Part) -> ExecutionPayload:
    """The row that keeps a part."""
    payload = ExecutionPayload(
        id=new_id(), organization_id=execution.organization_id, execution_id=execution.id, kind="part"
    )
    payload.value = part.to_data()
    return payload


def stored_part(execution: Execution) -> Part | None:
    """The part that an execution runs; None when it runs the whole workflow. Raises ``part_not_kept``."""
    if execution.partial is None:
        return None
    rows = ExecutionPayload.objects.for_organization(execution.organization_id)
    payload = rows.filter(execution_id=execution.id, kind="part").first()
    if payload is None:
        raise Conflict("What this partial run began with is no longer kept. Run the part anew.", code="part_not_kept")
    return Part.from_data(payload.value)

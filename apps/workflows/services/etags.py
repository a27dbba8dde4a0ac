"""Tags by which a writer proves what it has read."""

from __future__ import annotations

from collections.abc import Collection

from apps.workflows.models import Workflow
from exprsn.kernel.errors import StaleWrite


def etag_of(workflow: Workflow) -> str:
    """The strong tag of a workflow as it is now, without quotes."""
    number = workflow.current.number if workflow.current else 0
    stamp = workflow.last_edited_at or workflow.updated_at
    return f"{number}-{int(max(stamp, workflow.updated_at).timestamp() * 1_000_000):x}"


def require_fresh(workflow: Workflow, expected: Collection[str]) -> None:
    """Refuse a write that was based on something older."""
    current = etag_of(workflow)
    if current not in expected and "*" not in expected:
        raise StaleWrite(
            "Somebody saved this workflow after you read it. Load it again and repeat your change.",
            params={"etag": current},
        )

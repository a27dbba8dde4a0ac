"""The events of the platform that workflows can hear, each with what its payload tells. Names are public contract."""

from __future__ import annotations

from typing import NamedTuple


class EventType(NamedTuple):
    """``payload`` names the fields, for people."""

    name: str
    title: str
    payload: str


_WORKFLOW = "workflow, name, status"
_TABLE = "table, name, label, published_version"
_RUN = "execution, workflow, name, status, trigger_mode, environment, duration_ms, error, failed_node, depth"

EXECUTION_FINISHED = "execution.finished"
EXECUTION_FAILED = "execution.failed"
EXECUTION_CANCELED = "execution.canceled"

EVENT_TYPES = (
    EventType(EXECUTION_FINISHED, "A run has finished", _RUN),
    EventType(EXECUTION_FAILED, "A run has failed", _RUN),
    EventType(EXECUTION_CANCELED, "A run was stopped", _RUN),
    EventType("form.submitted", "A form was sent", "form, slug, submission"),
    EventType("workflow.created", "A workflow was made", _WORKFLOW),
    EventType("workflow.updated", "A workflow was changed", _WORKFLOW),
    EventType("workflow.published", "A workflow was published", _WORKFLOW),
    EventType("workflow.activated", "A workflow was activated", _WORKFLOW),
    EventType("workflow.deactivated", "A workflow was deactivated", _WORKFLOW),
    EventType("workflow.deleted", "A workflow was deleted", _WORKFLOW),
    EventType("workflow.restored", "A workflow was taken out of the trash", _WORKFLOW),
    EventType("decision_table.created", "A decision table was made", _TABLE),
    EventType("decision_table.updated", "A decision table was changed", _TABLE),
    EventType("decision_table.published", "A decision table was published", _TABLE),
    EventType("decision_table.deleted", "A decision table was deleted", _TABLE),
    EventType("decision_table.restored", "A decision table was taken out of the trash", _TABLE),
)
EVENT_NAMES = frozenset(event.name for event in EVENT_TYPES)

from __future__ import annotations

from apps.workflows.models.approval import Approval, ApprovalAssignee
from apps.workflows.models.effect import EffectIntent
from apps.workflows.models.event_trigger import EventTrigger
from apps.workflows.models.execution import Execution, ExecutionPayload
from apps.workflows.models.execution_log import ExecutionLog
from apps.workflows.models.lane import Lane
from apps.workflows.models.listening import Listening
from apps.workflows.models.node_execution import NodeExecution
from apps.workflows.models.schedule import Schedule
from apps.workflows.models.seen_call import SeenCall
from apps.workflows.models.static_data import StaticDataChange, WorkflowStaticData
from apps.workflows.models.test_case import WorkflowTest
from apps.workflows.models.turn import Turn, TurnGate
from apps.workflows.models.version import VersionDocument, WorkflowVersion
from apps.workflows.models.view import WorkflowView
from apps.workflows.models.waitpoint import Waitpoint
from apps.workflows.models.webhook import Webhook
from apps.workflows.models.workflow import Workflow

__all__ = [
    "Approval",
    "ApprovalAssignee",
    "EffectIntent",
    "EventTrigger",
    "Execution",
    "ExecutionLog",
    "ExecutionPayload",
    "Lane",
    "Listening",
    "NodeExecution",
    "Schedule",
    "SeenCall",
    "StaticDataChange",
    "Turn",
    "TurnGate",
    "VersionDocument",
    "Waitpoint",
    "Webhook",
    "Workflow",
    "WorkflowStaticData",
    "WorkflowTest",
    "WorkflowVersion",
    "WorkflowView",
]

from __future__ import annotations

from apps.workflows.models.execution import Execution, ExecutionPayload
from apps.workflows.models.execution_log import ExecutionLog
from apps.workflows.models.listening import Listening
from apps.workflows.models.node_execution import NodeExecution
from apps.workflows.models.schedule import Schedule
from apps.workflows.models.static_data import StaticDataChange, WorkflowStaticData
from apps.workflows.models.version import VersionDocument, WorkflowVersion
from apps.workflows.models.view import WorkflowView
from apps.workflows.models.webhook import Webhook
from apps.workflows.models.workflow import Workflow

__all__ = [
    "Execution",
    "ExecutionLog",
    "ExecutionPayload",
    "Listening",
    "NodeExecution",
    "Schedule",
    "StaticDataChange",
    "VersionDocument",
    "Webhook",
    "Workflow",
    "WorkflowStaticData",
    "WorkflowVersion",
    "WorkflowView",
]

from __future__ import annotations

from apps.workflows.admin import approvals, executions, triggers, workflows

__all__ = ["approvals", "executions", "triggers", "workflows"]

from __future__ import annotations

from apps.workflows.admin import executions, triggers, workflows

__all__ = ["executions", "triggers", "workflows"]

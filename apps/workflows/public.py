"""What other apps may use of workflows."""

from __future__ import annotations

from apps.workflows.contracts import Activity
from apps.workflows.selectors.activity import recent_activity

__all__ = ["Activity", "recent_activity"]

from __future__ import annotations

from apps.accounts.admin import history, organizations, people

__all__ = ["history", "organizations", "people"]

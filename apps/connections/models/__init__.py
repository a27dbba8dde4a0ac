from __future__ import annotations

from apps.connections.models.credential import Credential

__all__ = ["Credential"]

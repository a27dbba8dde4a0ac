from __future__ import annotations

from apps.collaboration.models.document import CollaborationDocument
from apps.collaboration.models.event import CollaborationEvent

__all__ = ["CollaborationDocument", "CollaborationEvent"]

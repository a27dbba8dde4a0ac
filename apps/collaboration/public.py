"""What other apps may use of collaboration."""

from __future__ import annotations

from apps.collaboration.registry import register_resource
from apps.collaboration.selectors.events import list_events, read_document
from apps.collaboration.services.submitting import replace_document, submit
from apps.collaboration.services.undoing import undo

__all__ = ["list_events", "read_document", "register_resource", "replace_document", "submit", "undo"]

"""Words and limits of shared documents: public contract, never renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """Through which door an edit came."""

    USER = "user", _("Person")
    API = "api", _("API")
    AI = "ai", _("Assistant")
    SYSTEM = "system", _("System")


MAX_OPERATIONS = 50
MAX_VALUE_BYTES = 256 * 1024
MAX_BATCH_BYTES = 1024 * 1024
MAX_PATH_PARTS = 16
MAX_PATH_PART = 500
MAX_CLIENT_ID = 64
SNAPSHOT_EVERY = 200
# Events that one answer carries; who has missed more reads the document anew.
MAX_EVENTS = 1_000
MAX_EVENTS_BYTES = 4 * 1024 * 1024
# Events behind one that is undone which are looked through for conflicts.
MAX_UNDO_DISTANCE = 10_000

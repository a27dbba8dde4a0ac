"""Events: every edit of a shared document, in order."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.collaboration.constants import MAX_CLIENT_ID, ActorKind
from apps.core.models import OrganizationModel
from apps.core.public import pack, unpack


class CollaborationEvent(OrganizationModel):
    """One edit, never changed. ``data`` packs the values before and behind it."""

    document = models.ForeignKey("collaboration.CollaborationDocument", models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField(_("number"))
    op_id = models.UUIDField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    client_id = models.CharField(max_length=MAX_CLIENT_ID, blank=True)
    type = models.CharField(_("type"), max_length=40)
    path = models.JSONField(_("path"))
    encoding = models.PositiveSmallIntegerField(editable=False)
    data = models.BinaryField(editable=False)
    timestamp = models.DateTimeField(_("time"))
    undo_of = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "seq"], name="collaboration_event_seq"),
            models.UniqueConstraint(fields=["document", "op_id"], name="collaboration_event_op"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"

    @property
    def values(self) -> tuple[Any, Any]:
        """``(old, new)``."""
        old, new = unpack(self.encoding, self.data)
        return old, new

    @values.setter
    def values(self, values: tuple[Any, Any]) -> None:
        self.encoding, self.data = pack(list(values))

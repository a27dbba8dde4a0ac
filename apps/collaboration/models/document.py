"""Shared documents: how far the log of one has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel
from apps.core.public import pack, unpack


class CollaborationDocument(OrganizationModel, TimestampedModel):
    """The log's head of one resource. ``seq`` is the number of its last event; ``snapshot`` the state behind event
    ``snapshot_seq``. A new ``epoch`` begins when the document is replaced as a whole.

    The resource itself is in another app's table, so it is named by type and id.
    """

    resource_type = models.CharField(_("type"), max_length=40)
    resource_id = models.UUIDField(_("resource"))
    seq = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=1)
    schema_version = models.PositiveSmallIntegerField(default=1)
    snapshot = models.BinaryField(editable=False)
    snapshot_encoding = models.PositiveSmallIntegerField(editable=False)
    snapshot_seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("shared document")
        verbose_name_plural = _("shared documents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "resource_type", "resource_id"], name="collaboration_document_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_type} {self.resource_id}"

    @property
    def snapshot_state(self) -> dict[str, Any]:
        """The state behind event ``snapshot_seq``."""
        state: dict[str, Any] = unpack(self.snapshot_encoding, self.snapshot)
        return state

    @snapshot_state.setter
    def snapshot_state(self, state: dict[str, Any]) -> None:
        self.snapshot_encoding, self.snapshot = pack(state)

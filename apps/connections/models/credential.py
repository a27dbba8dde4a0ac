"""Credentials: named secrets of an organization, encrypted at rest."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.connections.constants import CredentialKind
from apps.core.models import NameField, OrganizationModel, TimestampedModel


class Credential(OrganizationModel, TimestampedModel):
    """``payload`` is the Fernet token of the fields as JSON; ``key_id`` names the key that made it."""

    name = NameField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=CredentialKind.choices)
    payload = models.BinaryField(editable=False)
    key_id = models.CharField(max_length=32, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="credential_name_unique")
        ]

    def __str__(self) -> str:
        return self.name

"""API tokens: shown once, kept as a digest."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import NameField, OrganizationModel, TimestampedModel


class ApiToken(OrganizationModel, TimestampedModel):
    """A token of one user for one organization. ``digest`` is SHA-256 of 256 random bits."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = NameField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=12, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    use_count = models.PositiveIntegerField(_("uses"), default=0, editable=False)
    use_limit = models.PositiveIntegerField(_("use limit"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        indexes: ClassVar = [models.Index(fields=["organization", "-id"], name="api_token_by_organization")]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

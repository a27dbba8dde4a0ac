"""Versions of a decision table: never changed once they are made."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel
from apps.core.public import PackedJsonModel


class DecisionTableVersion(OrganizationModel):
    """One kept state of a table. ``tests_overridden``: it was published although tests of the table failed."""

    table = models.ForeignKey("decision_tables.DecisionTable", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    message = models.CharField(_("message"), max_length=200, blank=True)
    hit_policy = models.CharField(_("hit policy"), max_length=20, editable=False)
    rule_count = models.PositiveIntegerField(default=0, editable=False)
    required_names = models.JSONField(default=list, editable=False)
    tests_overridden = models.BooleanField(_("published with failing tests"), default=False, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a decision table")
        verbose_name_plural = _("versions of decision tables")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "number"], name="decision_version_number_unique"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class TableVersionDocument(PackedJsonModel):
    """What a version says, kept apart so that lists never read it."""

    version = models.OneToOneField(DecisionTableVersion, models.CASCADE, primary_key=True, related_name="document")
    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("document of a decision table version")
        verbose_name_plural = _("documents of decision table versions")

    def __str__(self) -> str:
        return str(self.version_id)

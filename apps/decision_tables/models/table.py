"""A decision table: the row that people see in lists; what it says is in its document."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import NameField, OrganizationModel, TimestampedModel, TrashableModel
from apps.core.public import PackedJsonModel

MAX_NAME = 100


class DecisionTable(OrganizationModel, TimestampedModel, TrashableModel):
    """A decision table of one organization.

    ``draft_number`` is the number that the draft has or will have as a version, ``last_number`` that of the newest
    version; ``revision`` counts every change of the draft. Hit policy, the heads of the columns, the count of
    rules and ``required_names`` (the tables that it requires) are those of the draft, for lists and searches.
    """

    name = models.CharField(_("name"), max_length=MAX_NAME)
    label = NameField(_("label"), max_length=200)
    description = models.CharField(_("description"), max_length=1000, blank=True)
    application = models.CharField(_("application"), max_length=100, blank=True)
    hit_policy = models.CharField(_("hit policy"), max_length=20, editable=False)
    aggregation = models.CharField(_("aggregation"), max_length=10, blank=True, editable=False)
    inputs = models.JSONField(default=list, editable=False)
    outputs = models.JSONField(default=list, editable=False)
    rule_count = models.PositiveIntegerField(default=0, editable=False)
    required_names = models.JSONField(default=list, editable=False)
    draft_number = models.PositiveIntegerField(default=1, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    published = models.ForeignKey(
        "decision_tables.DecisionTableVersion", models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("decision table")
        verbose_name_plural = _("decision tables")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=models.Q(deleted_at__isnull=True),
                name="decision_table_name_unique",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "-updated_at", "-id"], name="decision_table_by_update"),
        ]

    def __str__(self) -> str:
        return self.name


class TableDocument(PackedJsonModel):
    """The draft of a table, kept apart so that lists never read it."""

    table = models.OneToOneField(DecisionTable, models.CASCADE, primary_key=True, related_name="document")
    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("draft of a decision table")
        verbose_name_plural = _("drafts of decision tables")

    def __str__(self) -> str:
        return str(self.table_id)

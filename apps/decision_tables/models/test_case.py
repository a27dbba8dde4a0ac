"""Test cases of decision tables."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import NameField, OrganizationModel, TimestampedModel
from apps.core.public import PackedJsonModel


class DecisionTestCase(OrganizationModel, TimestampedModel, PackedJsonModel):
    """One test of a table; its value is ``{inputs, expected}``.

    ``last_result`` is what its last run came to: ``{passed, at, version, differences}``. It is written without
    ``updated_at``: a run is no change of the test.
    """

    table = models.ForeignKey("decision_tables.DecisionTable", models.CASCADE, related_name="tests")
    name = NameField(_("name"), max_length=200)
    description = models.CharField(_("description"), max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    last_result = models.JSONField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("test of a decision table")
        verbose_name_plural = _("tests of decision tables")
        indexes: ClassVar = [
            models.Index(fields=["table", "position", "id"], name="decision_test_by_position"),
        ]

    def __str__(self) -> str:
        return self.name

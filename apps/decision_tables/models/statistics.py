"""Statistics of decision tables, by the hour. ``version`` 0 is the draft."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel


class RuleHit(OrganizationModel):
    """How often one rule of one version was part of an answer within one hour."""

    table = models.ForeignKey("decision_tables.DecisionTable", models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    hour = models.DateTimeField(_("hour"))
    rule_id = models.CharField(_("rule"), max_length=64)
    hits = models.PositiveBigIntegerField(_("hits"))

    class Meta:
        verbose_name = _("hits of a rule")
        verbose_name_plural = _("hits of rules")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "hour", "version", "rule_id"], name="decision_rule_hit_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["hour"], name="decision_rule_hit_hour")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.hits}"


class TableUse(OrganizationModel):
    """How often one version of a table was asked within one hour, how it went and how long it took."""

    table = models.ForeignKey("decision_tables.DecisionTable", models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    hour = models.DateTimeField(_("hour"))
    evaluations = models.PositiveBigIntegerField(_("evaluations"))
    unmatched = models.PositiveBigIntegerField(_("without a match"))
    errors = models.PositiveBigIntegerField(_("errors"))
    duration_us = models.PositiveBigIntegerField(_("time in all (µs)"))
    slowest_us = models.PositiveBigIntegerField(_("slowest (µs)"))

    class Meta:
        verbose_name = _("use of a decision table")
        verbose_name_plural = _("uses of decision tables")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "hour", "version"], name="decision_table_use_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["hour"], name="decision_table_use_hour")]

    def __str__(self) -> str:
        return f"v{self.version}: {self.evaluations}"

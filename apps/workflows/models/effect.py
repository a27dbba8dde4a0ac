"""Effects that were begun and are not journaled yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel


class EffectIntent(OrganizationModel):
    """A call with an effect that is about to be made; goes in the transaction that journals the call.

    Written only for nodes with ``on_doubt = stop_and_ask``. One that is found by whoever takes the run over tells
    that nobody knows whether the effect happened. ``key`` is the part of the idempotency key that all items share,
    ``decision`` what a person said: empty, ``done`` or ``fail``; ``output`` the items of a call that counts as done.
    """

    execution = models.ForeignKey("workflows.Execution", models.CASCADE, related_name="intents")
    node_id = models.CharField(max_length=64)
    run_index = models.PositiveIntegerField()
    execution_order = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    fence = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    decision = models.CharField(max_length=8, blank=True)
    output = models.JSONField(null=True)

    class Meta:
        verbose_name = _("effect that was begun")
        verbose_name_plural = _("effects that were begun")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["execution", "node_id", "run_index"], name="effect_intent_once"),
        ]

    def __str__(self) -> str:
        return self.key

"""What all processes know of the hosts that are called: circuit breakers, and moments given to calls."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models.bases import UuidModel
from apps.core.models.scoping import OrganizationManager

BREAKER_STATES = (("closed", _("Closed")), ("open", _("Open")), ("half_open", _("Half open")))


class HostBreaker(UuidModel):
    """The circuit breaker of one host (with one credential) for one organization; a row exists once a call failed.

    ``count``: failures in a row while closed, successes while half open. ``since``: when it came into its state.
    ``trial_since``: a call is on its way that is to find out. ``paused_until``: the host asked for a pause.
    ``organization_id`` is a plain id: the core knows no organizations.
    """

    organization_id = models.UUIDField()
    host = models.CharField(_("host"), max_length=260)
    credential = models.CharField(_("credential"), max_length=36, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=BREAKER_STATES, default="closed")
    count = models.PositiveIntegerField(_("count"), default=0)
    since = models.DateTimeField(_("since"), null=True)
    trial_since = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(_("last failure"), null=True)
    error = models.CharField(_("error"), max_length=200, blank=True)
    paused_until = models.DateTimeField(_("paused until"), null=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    plain: ClassVar[models.Manager] = models.Manager()  # type: ignore[type-arg]
    objects = OrganizationManager()

    class Meta:
        db_table = "core_host_breaker"
        base_manager_name = "plain"
        default_manager_name = "plain"
        verbose_name = _("circuit breaker")
        verbose_name_plural = _("circuit breakers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization_id", "host", "credential"], name="core_host_breaker_once"),
        ]

    def __str__(self) -> str:
        return f"{self.host}: {self.get_state_display()}"


class RateRow(models.Model):
    """The last moments that calls of one name were given, for installations without Redis.

    Not bound to an organization: names hold ids, or are hosts of the installation's own settings.
    """

    name = models.CharField(max_length=300, primary_key=True)
    taken = models.JSONField(default=list)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_rate"

    def __str__(self) -> str:
        return self.name

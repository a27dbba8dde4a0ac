"""The audit log: who did what to which object, when, from where."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationManager, OrganizationModel
from exprsn.kernel.clock import utc_now


class AppendOnly(models.QuerySet["AuditEvent"]):
    """Rows that can be read and added; only the cascade of their organization removes them."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise TypeError("Audit events cannot be changed.")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("Audit events cannot be changed.")

    def delete(self) -> NoReturn:
        raise TypeError("Audit events cannot be deleted.")


class AuditEvent(OrganizationModel):
    """One line of the log. It can be added, never changed or removed."""

    occurred_at = models.DateTimeField(_("when"), default=utc_now, editable=False)
    actor_kind = models.CharField(max_length=6)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(_("who"), max_length=254, blank=True)
    verb = models.CharField(_("what"), max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64, blank=True)
    object_name = models.CharField(_("object"), max_length=200, blank=True)
    changes = models.JSONField(default=dict)
    ip = models.CharField(_("from"), max_length=45, blank=True)
    correlation_id = models.CharField(max_length=128, blank=True)

    plain: ClassVar[models.Manager[AuditEvent]] = models.Manager.from_queryset(AppendOnly)()
    objects: ClassVar[OrganizationManager[Any]] = OrganizationManager.from_queryset(AppendOnly)()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes: ClassVar = [
            models.Index(fields=["organization", "-id"], name="audit_by_organization"),
            models.Index(fields=["organization", "object_type", "object_id", "-id"], name="audit_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.verb} {self.object_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Audit events cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Audit events cannot be deleted.")

"""Abstract bases of every row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models.scoping import OrganizationManager
from exprsn.kernel.ids import new_id


class UuidModel(models.Model):
    """A row whose id sorts by the time it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class TimestampedModel(models.Model):
    """A row that knows when it was made and last changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        abstract = True


class TrashableModel(models.Model):
    """A document that people make: deleted means in the trash."""

    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class OrganizationModel(UuidModel):
    """A row of one organization. ``objects`` is scoped; ``plain`` is for cascades and the admin."""

    organization = models.ForeignKey(
        "accounts.Organization", models.CASCADE, related_name="+", verbose_name=_("organization")
    )

    plain: ClassVar[models.Manager] = models.Manager()  # type: ignore[type-arg]
    objects = OrganizationManager()

    class Meta:
        abstract = True
        base_manager_name = "plain"
        default_manager_name = "plain"

"""Forms: what is asked at ``/forms/{slug}``, and who is told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import NameField, OrganizationModel, TimestampedModel
from apps.pages.constants import MAX_SLUG, FormStatus, ResponseMode


class Form(OrganizationModel, TimestampedModel):
    """One form. ``fields`` are declarations (``contracts.fields``).

    The owner (``owner_type``, ``owner_id``, ``owner_part``) publishes the form and is given its submissions
    together with ``owner_data``. Of the open forms of the installation each has an address of its own; a closed one
    keeps its row and its submissions and gives its address free.
    """

    slug = models.CharField(_("address"), max_length=MAX_SLUG)
    name = NameField(_("name"), max_length=200)
    title = NameField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    fields = models.JSONField(_("fields"), default=list)
    submit_label = models.CharField(max_length=100, blank=True)
    thanks = models.TextField(blank=True)
    redirect_url = models.CharField(max_length=2_000, blank=True)
    response_mode = models.CharField(max_length=16, choices=ResponseMode.choices, default=ResponseMode.IMMEDIATELY)
    status = models.CharField(_("status"), max_length=8, choices=FormStatus.choices, default=FormStatus.ACTIVE)
    owner_type = models.CharField(_("owner"), max_length=40)
    owner_id = models.CharField(max_length=64)
    owner_part = models.CharField(max_length=64, blank=True)
    owner_data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug"], condition=models.Q(status="active"), name="form_slug_unique"),
            models.UniqueConstraint(fields=["owner_type", "owner_id", "owner_part"], name="form_owner_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "-id"], name="form_by_organization")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where it is hosted."""
        return f"/forms/{self.slug}"

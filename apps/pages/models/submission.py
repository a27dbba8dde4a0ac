"""Submissions: what people have sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel
from apps.pages.constants import SubmissionStatus


class FormSubmission(OrganizationModel):
    """One sent form. ``data`` holds no passwords. ``nonce`` is of the page that it was sent from, so that sending
    twice is one submission; ``reference`` is what the owner made of it; ``client`` a keyed hash of the address.
    """

    form = models.ForeignKey("pages.Form", models.CASCADE, related_name="submissions")
    status = models.CharField(
        _("status"), max_length=8, choices=SubmissionStatus.choices, default=SubmissionStatus.ACCEPTED
    )
    data = models.JSONField(_("answers"), default=dict)
    received_at = models.DateTimeField(_("received"))
    client = models.CharField(max_length=32, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    reference = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("form submission")
        verbose_name_plural = _("form submissions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "nonce"], condition=~models.Q(nonce=""), name="submission_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["form", "-id"], name="submission_by_form"),
            models.Index(fields=["organization", "id"], name="submission_by_organization"),
        ]

    def __str__(self) -> str:
        return str(self.id)

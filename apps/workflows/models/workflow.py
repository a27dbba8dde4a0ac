"""A workflow: the row that people see in lists; its definitions are versions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import NameField, OrganizationModel, TimestampedModel, TrashableModel
from apps.workflows.constants import Environment, WorkflowScope, WorkflowStatus


class Workflow(OrganizationModel, TimestampedModel, TrashableModel):
    """An automation of one organization.

    ``current`` is the version that people edit, ``published`` the one that triggers start.
    """

    name = NameField(_("name"), max_length=100, validators=[MinLengthValidator(2)])
    slug = models.CharField(_("slug"), max_length=50, validators=[MinLengthValidator(2)])
    description = models.CharField(_("description"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=WorkflowStatus.choices, default=WorkflowStatus.DRAFT)
    scope = models.CharField(
        _("scope"), max_length=12, choices=WorkflowScope.choices, default=WorkflowScope.ORGANIZATION
    )
    environment = models.CharField(
        _("environment"), max_length=10, choices=Environment.choices, default=Environment.TESTING
    )
    team = models.ForeignKey(
        "accounts.Team", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    folder = NameField(_("folder"), max_length=200, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    current = models.ForeignKey(
        "workflows.WorkflowVersion", models.SET_NULL, null=True, related_name="+", editable=False
    )
    published = models.ForeignKey(
        "workflows.WorkflowVersion", models.SET_NULL, null=True, related_name="+", editable=False
    )
    parent_workflow = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    last_edited_at = models.DateTimeField(null=True, editable=False)
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("workflow")
        verbose_name_plural = _("workflows")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "slug"],
                condition=models.Q(deleted_at__isnull=True),
                name="workflow_slug_unique",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "-updated_at", "-id"], name="workflow_by_update"),
        ]

    def __str__(self) -> str:
        return self.name

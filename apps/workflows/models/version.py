"""Versions of a workflow: number, settings and definition."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel
from apps.workflows.models.packed import PackedJsonModel


class WorkflowVersion(OrganizationModel, TimestampedModel):
    """One saved state of a workflow.

    A version is ``sealed`` once it was published or run: from then on it never changes, so that an
    execution and the compiled graph of a version can rely on it. Until then saves of the same author
    collapse into it.
    """

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    message = models.CharField(_("message"), max_length=200, blank=True)
    sealed = models.BooleanField(default=False, editable=False)
    node_count = models.PositiveIntegerField(default=0, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("workflow version")
        verbose_name_plural = _("workflow versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "number"], name="workflow_version_number_unique"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    def seal(self) -> None:
        """From now on the version never changes."""
        if not self.sealed:
            rows = WorkflowVersion.objects.for_organization(self.organization_id)
            rows.filter(id=self.id).update(sealed=True)
            self.sealed = True


class VersionDocument(PackedJsonModel):
    """The definition of a version, kept apart so that lists never read it."""

    version = models.OneToOneField(WorkflowVersion, models.CASCADE, primary_key=True, related_name="document")
    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("version document")
        verbose_name_plural = _("version documents")

    def __str__(self) -> str:
        return str(self.version_id)

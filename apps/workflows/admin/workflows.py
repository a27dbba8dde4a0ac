"""The administration's screens of workflows and their versions."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.public import administrator_actor
from apps.core.admin import OrganizationFilter, ReadOnlyAdmin, for_each
from apps.workflows.models import Workflow, WorkflowVersion
from apps.workflows.services.publishing import activate_workflow, deactivate_workflow


@admin.register(Workflow)
class WorkflowAdmin(ReadOnlyAdmin):
    """Workflows; they can be activated and deactivated."""

    list_display = ("name", "organization", "status", "environment", "scope", "published", "created_by", "updated_at")
    list_filter = (
        "status", "environment", "scope", ("deleted_at", admin.EmptyFieldListFilter),
        ("organization", OrganizationFilter),
    )  # fmt: skip
    list_select_related = ("organization", "published", "created_by")
    search_fields = ("name", "slug", "description", "=id", "organization__slug")
    fields = (
        "name", "slug", "description", "organization", "status", "environment", "scope", "team", "folder", "tags",
        "current", "published", "parent_workflow", "created_by", "created_at", "last_edited_by", "last_edited_at",
        "deleted_at",
    )  # fmt: skip
    actions = ("activate", "deactivate")

    @admin.action(description=_("Activate the workflows"), permissions=["operate"])
    def activate(self, request: HttpRequest, rows: QuerySet[Workflow]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: activate_workflow(actor=administrator_actor(request, row.organization_id), workflow_id=row.pk),
        )

    @admin.action(description=_("Deactivate the workflows"), permissions=["operate"])
    def deactivate(self, request: HttpRequest, rows: QuerySet[Workflow]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: deactivate_workflow(
                actor=administrator_actor(request, row.organization_id), workflow_id=row.pk
            ),
        )


@admin.register(WorkflowVersion)
class WorkflowVersionAdmin(ReadOnlyAdmin):
    """Saved states; their definitions are looked at in the product."""

    list_display = ("workflow", "number", "message", "sealed", "node_count", "author", "organization", "created_at")
    list_filter = ("sealed", ("organization", OrganizationFilter))
    list_select_related = ("workflow", "author", "organization")
    search_fields = ("workflow__name", "message", "organization__slug")
    fields = ("workflow", "number", "message", "sealed", "node_count", "author", "organization", "created_at")

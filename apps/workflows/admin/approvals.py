"""The administration's screens of what runs wait for."""

from __future__ import annotations

from django.contrib import admin

from apps.core.admin import OrganizationFilter, ReadOnlyAdmin
from apps.workflows.models import Approval, Waitpoint


@admin.register(Waitpoint)
class WaitpointAdmin(ReadOnlyAdmin):
    """Calls, forms and decisions that runs wait for, or got."""

    list_display = ("kind", "status", "execution", "until", "organization", "created_at")
    list_filter = ("kind", "status", ("organization", OrganizationFilter))
    list_select_related = ("execution", "organization")
    search_fields = ("execution__id", "organization__slug")
    # What came is data of the run; the settings can name what callers must send.
    exclude = ("settings", "data", "encoding")


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    """What people are asked to decide."""

    list_display = ("title", "status", "workflow", "deadline", "decided_by_label", "organization", "created_at")
    list_filter = ("status", ("organization", OrganizationFilter))
    list_select_related = ("workflow", "organization")
    search_fields = ("title", "workflow__name", "organization__slug")
    # What was answered and the items belong to the run.
    exclude = ("answers", "data", "encoding")

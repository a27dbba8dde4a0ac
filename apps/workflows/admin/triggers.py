"""The administration's screens of what starts active workflows."""

from __future__ import annotations

from django.contrib import admin

from apps.core.admin import OrganizationFilter, ReadOnlyAdmin
from apps.workflows.models import EventTrigger, Listening, Schedule, Webhook, WorkflowStaticData


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    """Routes of active workflows."""

    list_display = ("path", "method", "workflow", "organization", "updated_at")
    list_filter = ("method", ("organization", OrganizationFilter))
    list_select_related = ("workflow", "organization")
    search_fields = ("path", "workflow__name", "organization__slug")
    # The settings of a route can name what callers must send.
    exclude = ("settings",)


@admin.register(Listening)
class ListeningAdmin(ReadOnlyAdmin):
    """Drafts that wait for a test call."""

    list_display = ("path", "workflow", "expires_at", "taken", "organization")
    list_filter = ("taken", ("organization", OrganizationFilter))
    list_select_related = ("workflow", "organization")
    search_fields = ("path", "workflow__name", "organization__slug")


@admin.register(Schedule)
class ScheduleAdmin(ReadOnlyAdmin):
    """When active workflows start next."""

    list_display = ("workflow", "next_run_at", "last_run_at", "missed_runs", "timezone", "organization")
    list_filter = ("next_run_at", "missed_runs", ("organization", OrganizationFilter))
    list_select_related = ("workflow", "organization")
    search_fields = ("workflow__name", "organization__slug")


@admin.register(EventTrigger)
class EventTriggerAdmin(ReadOnlyAdmin):
    """Which events start active workflows."""

    list_display = ("event_type", "workflow", "organization", "updated_at")
    list_filter = ("event_type", ("organization", OrganizationFilter))
    list_select_related = ("workflow", "organization")
    search_fields = ("event_type", "workflow__name", "organization__slug")


@admin.register(WorkflowStaticData)
class WorkflowStaticDataAdmin(ReadOnlyAdmin):
    """Which workflows remember something; what, is theirs."""

    list_display = ("workflow", "key", "version", "organization", "updated_at")
    list_filter = (("organization", OrganizationFilter),)
    list_select_related = ("workflow", "organization")
    search_fields = ("workflow__name", "organization__slug")
    exclude = ("data",)

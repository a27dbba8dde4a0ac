"""The administration's screen of the audit log."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.models import AuditEvent
from apps.core.admin import OrganizationFilter, ReadOnlyAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who did what, in all organizations."""

    list_display = ("occurred_at", "actor_label", "verb", "object_type", "object_name", "ip", "organization")
    list_filter = ("occurred_at", ("organization", OrganizationFilter))
    search_fields = ("actor_label", "verb", "object_type", "object_name", "=object_id", "=correlation_id")
    fields = (
        "occurred_at", "organization", "actor_kind", "actor_label", "actor_id", "verb", "object_type", "object_name",
        "object_id", "changes", "ip", "correlation_id",
    )  # fmt: skip

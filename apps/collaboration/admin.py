"""The administration's screens of shared documents: history, only to look at."""

from __future__ import annotations

from django.contrib import admin

from apps.collaboration.models import CollaborationDocument, CollaborationEvent
from apps.core.admin import OrganizationFilter, ReadOnlyAdmin


@admin.register(CollaborationDocument)
class CollaborationDocumentAdmin(ReadOnlyAdmin):
    """How far the log of each resource has come."""

    list_display = ("resource_type", "resource_id", "seq", "epoch", "organization", "updated_at")
    list_filter = ("resource_type", ("organization", OrganizationFilter))
    list_select_related = ("organization",)
    search_fields = ("=id", "=resource_id")


@admin.register(CollaborationEvent)
class CollaborationEventAdmin(ReadOnlyAdmin):
    """That something was edited, by whom and when; values are looked at in the product."""

    list_display = ("document", "seq", "type", "actor", "actor_kind", "timestamp", "organization")
    list_filter = ("type", "actor_kind", ("organization", OrganizationFilter))
    list_select_related = ("document", "actor", "organization")
    search_fields = ("=id", "=op_id", "=document__resource_id")

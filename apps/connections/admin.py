"""The administration's screen of credentials: that they are there, never what they hold."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.connections.models import Credential
from apps.core.admin import OrganizationFilter, ReadOnlyAdmin


@admin.register(Credential)
class CredentialAdmin(ReadOnlyAdmin):
    """Name, kind and the key that a credential is encrypted with."""

    list_display = ("name", "kind", "organization", "key_id", "created_by", "updated_at")
    list_filter = ("kind", ("organization", OrganizationFilter))
    list_select_related = ("organization", "created_by")
    search_fields = ("name", "organization__slug")
    fields = ("name", "kind", "organization", "key_id", "created_by", "created_at", "updated_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("payload")

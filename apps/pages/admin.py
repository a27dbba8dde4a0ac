"""The administration's screens of forms: both are history, changed only by what publishes a form."""

from __future__ import annotations

from django.contrib import admin

from apps.core.admin import OrganizationFilter, ReadOnlyAdmin
from apps.pages.models import Form, FormSubmission


@admin.register(Form)
class FormAdmin(ReadOnlyAdmin):
    """Forms of all organizations."""

    list_display = ("name", "slug", "status", "owner_type", "organization", "updated_at")
    list_filter = ("status", ("organization", OrganizationFilter))
    search_fields = ("name", "slug", "organization__slug")
    exclude = ("owner_data",)


@admin.register(FormSubmission)
class FormSubmissionAdmin(ReadOnlyAdmin):
    """That something was sent, and when; what people have written is looked at in the product."""

    list_display = ("id", "form", "status", "received_at", "organization")
    list_filter = ("status", ("organization", OrganizationFilter))
    list_select_related = ("form", "organization")
    search_fields = ("=id", "form__slug", "form__name")
    exclude = ("data", "client", "nonce")

"""The administration's screens of decision tables. What they say is looked at in the product."""

from __future__ import annotations

from django.contrib import admin

from apps.core.admin import OrganizationFilter, ReadOnlyAdmin
from apps.decision_tables.models import DecisionTable, DecisionTableVersion, DecisionTestCase


@admin.register(DecisionTable)
class DecisionTableAdmin(ReadOnlyAdmin):
    """Tables of all organizations."""

    list_display = ("name", "label", "organization", "hit_policy", "rule_count", "published", "updated_at")
    list_filter = (
        "hit_policy", ("deleted_at", admin.EmptyFieldListFilter), ("organization", OrganizationFilter),
    )  # fmt: skip
    list_select_related = ("organization", "published")
    search_fields = ("name", "label", "description", "application", "=id", "organization__slug")
    fields = (
        "name", "label", "description", "application", "organization", "hit_policy", "aggregation", "rule_count",
        "draft_number", "published", "required_names", "created_by", "created_at", "updated_by", "updated_at",
        "deleted_at",
    )  # fmt: skip


@admin.register(DecisionTableVersion)
class DecisionTableVersionAdmin(ReadOnlyAdmin):
    """Kept states of tables."""

    list_display = ("table", "number", "message", "rule_count", "tests_overridden", "author", "organization")
    list_filter = ("tests_overridden", ("organization", OrganizationFilter))
    list_select_related = ("table", "author", "organization")
    search_fields = ("table__name", "message", "organization__slug")
    fields = (
        "table", "number", "message", "hit_policy", "rule_count", "tests_overridden", "author", "organization",
        "created_at",
    )  # fmt: skip


@admin.register(DecisionTestCase)
class DecisionTestCaseAdmin(ReadOnlyAdmin):
    """Tests of tables, and how they went last."""

    list_display = ("name", "table", "last_result", "organization", "updated_at")
    list_filter = (("organization", OrganizationFilter),)
    list_select_related = ("table", "organization")
    search_fields = ("name", "table__name", "organization__slug")
    # What goes in and comes out may be somebody's data.
    exclude = ("data", "encoding")

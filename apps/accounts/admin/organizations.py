"""The administration's screens of organizations, their members, teams and tokens."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import ApiToken, Membership, Organization, Team
from apps.accounts.services.actors import administrator_actor
from apps.accounts.services.members import change_role
from apps.accounts.services.organizations import change_plan, update_organization
from apps.accounts.services.tokens import revoke_token
from apps.core.admin import OrganizationAdmin, OrganizationFilter, ReadOnlyAdmin, for_each


class ChangedOnly(OrganizationAdmin):
    """Rows that others make; some of their fields are changed here, by superusers."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_operate_permission(request)


@admin.register(Organization)
class OrganizationsAdmin(ChangedOnly):
    """Organizations; here they get another plan."""

    list_display = ("name", "slug", "plan", "is_personal", "timezone", "created_by", "created_at")
    list_filter = ("is_personal", "plan")
    list_select_related = ("created_by",)
    search_fields = ("name", "slug", "created_by__email")
    fields = ("name", "slug", "timezone", "locale", "plan", "is_personal", "created_by", "created_at", "updated_at")
    readonly_fields = ("slug", "is_personal", "created_by", "created_at", "updated_at")

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        actor = administrator_actor(request, obj.pk)
        update_organization(actor=actor, changes=form.cleaned_data)
        change_plan(actor=actor, plan=form.cleaned_data["plan"])


@admin.register(Membership)
class MembershipAdmin(ChangedOnly):
    """Who is what where; here an organization that lost its owner gets another."""

    list_display = ("user", "organization", "role", "created_at")
    list_filter = ("role", ("organization", OrganizationFilter))
    list_select_related = ("user", "organization")
    search_fields = ("user__email", "user__name", "organization__slug", "organization__name")
    fields = ("user", "organization", "role", "teams", "created_at", "updated_at")
    readonly_fields = ("user", "organization", "teams", "created_at", "updated_at")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if "role" in form.changed_data:
            actor = administrator_actor(request, obj.organization_id)
            change_role(actor=actor, membership_id=obj.pk, role=form.cleaned_data["role"])


@admin.register(Team)
class TeamAdmin(ReadOnlyAdmin):
    """Departments."""

    list_display = ("name", "organization", "created_at")
    search_fields = ("name", "organization__slug")


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens, never their digests; they can be revoked."""

    list_display = ("__str__", "user", "organization", "scopes", "last_used_at", "expires_at", "revoked_at")
    list_filter = (
        ("revoked_at", admin.EmptyFieldListFilter),
        ("organization", OrganizationFilter),
    )
    list_select_related = ("user", "organization")
    search_fields = ("name", "hint", "user__email", "organization__slug")
    fields = (
        "name", "hint", "user", "organization", "scopes", "expires_at", "use_limit", "use_count", "last_used_at",
        "revoked_at", "created_at",
    )  # fmt: skip
    actions = ("revoke",)

    @admin.action(description=_("Revoke the tokens"), permissions=["operate"])
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiToken]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: revoke_token(actor=administrator_actor(request, row.organization_id), token_id=row.pk),
        )

"""The administration's screens of users."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.services.actors import administrator_actor
from apps.accounts.services.users import FIELDS, add_user, change_user, note_groups, note_password_set, organization_of
from apps.core.admin import RefusalsAsMessages, for_each

# People have the one address that they sign in with; allauth's list of further ones is not used.
admin.site.unregister(EmailAddress)


class UserAddForm(AdminUserCreationForm):  # type: ignore[type-arg]  # not subscriptable
    """E-mail, name and a first password."""

    class Meta:
        model = User
        fields = ("email", "name")


@admin.register(User)
class UserAdmin(RefusalsAsMessages, StockUserAdmin):  # type: ignore[type-arg]  # not subscriptable
    """People. Whoever leaves is closed, not deleted: what they made stays with its organization."""

    list_display = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ("groups",)
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "locale", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_form = UserAddForm
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)
    actions = ("close", "reopen")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # Only superusers change people: else staff could make itself administrator.
    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_operate_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_operate_permission(request)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:
            changes = {name: form.cleaned_data[name] for name in FIELDS if name in form.cleaned_data}
            change_user(actor=_actor(request, obj), user_id=obj.pk, changes=changes)
        else:
            assert isinstance(request.user, User)
            add_user(actor=_actor(request, request.user), user=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        user = form.instance
        before = _groups(user)
        super().save_related(request, form, formsets, change)
        if before != _groups(user):
            note_groups(actor=_actor(request, user), user=user, before=before, after=_groups(user))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        user = User.objects.filter(pk=id).first()
        if user is not None and request.method == "POST" and isinstance(response, HttpResponseRedirect):
            note_password_set(actor=_actor(request, user), user=user)
        return response

    @admin.action(description=_("Close the accounts"), permissions=["operate"])
    def close(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self._set_active(request, rows, False)

    @admin.action(description=_("Open the accounts again"), permissions=["operate"])
    def reopen(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self._set_active(request, rows, True)

    def _set_active(self, request: HttpRequest, rows: QuerySet[User], active: bool) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: change_user(actor=_actor(request, row), user_id=row.pk, changes={"is_active": active}),
        )


def _groups(user: User) -> str:
    return ", ".join(sorted(user.groups.values_list("name", flat=True)))


def _actor(request: HttpRequest, about: User) -> Actor:
    """The administrator, in the organization whose log tells about this person."""
    return administrator_actor(request, organization_of(about))

"""Bases for the administration's own screens, which see the rows of all organizations.

The screens show; what they change goes through the services, which check, lock and write the audit log.
Whoever may open them is an administrator of the whole installation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.models import HostBreaker, IdempotencyRecord, LockRow, OutboxEvent
from exprsn.kernel.errors import DomainError

MAX_ORGANIZATIONS = 50
MAX_REFUSALS = 5
MAX_LINKS = 5

admin.site.site_header = "Exprsn"
admin.site.site_title = "Exprsn"


class RefusalsAsMessages(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable
    """A service that refuses while something is saved: back to the form, with its sentence."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            self.message_user(request, error.message, messages.ERROR)
            return redirect(request.get_full_path())

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Who may run actions: not everybody who may look."""
        return bool(getattr(request.user, "is_superuser", False))


class OrganizationFilter(admin.RelatedFieldListFilter):
    """The newest organizations only: with thousands the list would be longer than the screen."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        rows = field.remote_field.model._default_manager.order_by("-id")[:MAX_ORGANIZATIONS]
        return sorted(((str(row.pk), str(row)) for row in rows), key=lambda choice: choice[1].lower())


class OrganizationAdmin(RefusalsAsMessages):
    """An admin over rows of organizations: unscoped, with the organization as a filter on the screen.

    The rows come from ``_default_manager``, which is the plain one (see ``OrganizationModel``).
    Actions carry ``permissions=["operate"]`` and run services over ``for_each``.
    """

    list_filter: ClassVar[Any] = (("organization", OrganizationFilter),)
    list_select_related: ClassVar[Any] = ("organization",)
    ordering: ClassVar[Any] = ("-id",)
    list_per_page = 50
    # Counting everything a second time is dear for tables that only grow.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER


class ReadOnlyAdmin(OrganizationAdmin):
    """Rows that are looked at: history, and what only services write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def for_each(
    model_admin: Any, request: HttpRequest, rows: QuerySet[Any] | Iterable[Model], act: Callable[[Any], object]
) -> int:
    """Run a service for every chosen row and say what came of it; a refusal keeps none of the others back."""
    done, made, refusals = 0, [], []
    for row in rows:
        try:
            made.append(act(row))
            done += 1
        except DomainError as error:
            refusals.append(f"{row}: {error.message}")
    if done:
        text = ngettext("Done for %(count)s row.", "Done for %(count)s rows.", done) % {"count": done}
        model_admin.message_user(request, format_html("{} {}", text, _links(made[:MAX_LINKS])), messages.SUCCESS)
    for refusal in refusals[:MAX_REFUSALS]:
        model_admin.message_user(request, refusal, messages.ERROR)
    if len(refusals) > MAX_REFUSALS:
        rest = _("%(count)s more were refused.") % {"count": len(refusals) - MAX_REFUSALS}
        model_admin.message_user(request, rest, messages.ERROR)
    return done


def _links(made: Iterable[object]) -> SafeString:
    """Ways to the rows that services answered with, such as the run that a retry has made."""
    rows = [row for row in made if isinstance(row, Model) and admin.site.is_registered(type(row))]
    addresses = [
        (reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]), row) for row in rows
    ]
    return format_html_join(" ", '<a href="{}">{}</a>', addresses)


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnlyAdmin):
    """Events that wait for their subscribers; the payload is not shown."""

    list_display = ("type", "subscriber", "occurred_at", "attempts", "available_at", "failed_at")
    list_filter = ("failed_at",)
    list_select_related = False
    search_fields = ("type", "subscriber", "correlation_id", "error")
    exclude = ("payload",)


@admin.register(LockRow)
class LockRowAdmin(ReadOnlyAdmin):
    """Who holds which lock until when."""

    list_display = ("name", "holder", "fence", "acquired_at", "expires_at")
    list_filter = ()
    list_select_related = False
    search_fields = ("name", "holder")
    ordering = ("name",)


@admin.register(IdempotencyRecord)
class IdempotencyRecordAdmin(ReadOnlyAdmin):
    """Requests that were sent with a key; neither body nor headers of the answers are shown."""

    list_display = ("key", "status", "locked_until", "expires_at")
    list_filter = ("status",)
    list_select_related = False
    search_fields = ("key",)
    exclude = ("headers", "body")


@admin.register(HostBreaker)
class HostBreakerAdmin(ReadOnlyAdmin):
    """Hosts that failed lately, and which of them are left alone."""

    list_display = ("host", "credential", "state", "count", "since", "paused_until", "failed_at", "organization_id")
    list_filter = ("state",)
    list_select_related = False
    search_fields = ("host", "organization_id", "error")

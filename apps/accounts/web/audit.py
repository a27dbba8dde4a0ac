"""The screen of the audit log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.constants import Permission
from apps.accounts.contracts import Actor
from apps.accounts.models import AuditEvent
from apps.accounts.selectors.audit import FILTERS, audit_events, object_types_in_log, verbs_in_log
from apps.accounts.services.screens import signed_in
from apps.core.web.listing import ListPage, newest_first
from exprsn.kernel.errors import InvalidInput


@require_GET
@signed_in
def audit_log(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who did what, newest first, narrowed by person, verb, kind of object and days."""
    require(actor, Permission.ADMIN)
    filters = {name: request.GET.get(name, "").strip() for name in FILTERS}
    fault = ""
    page: ListPage[AuditEvent] = ListPage([], "", "", is_later=False)
    try:
        page = newest_first(request, audit_events(actor, filters))
    except InvalidInput as error:
        fault = next((found[0] for found in error.errors.values() if found), error.message)
    context = {
        "page": page,
        "filters": filters,
        "filtered": any(filters.values()),
        "fault": fault,
        "verbs": verbs_in_log(actor),
        "object_types": object_types_in_log(actor),
    }
    return render(request, "accounts/audit.html", context)

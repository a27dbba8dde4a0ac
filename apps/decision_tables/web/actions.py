"""What the buttons of a table do; what can be taken back offers to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, signed_in
from apps.core.web.toasts import toast_with_undo
from apps.decision_tables.access import get_table
from apps.decision_tables.services.tables import copy_table, delete_table
from apps.decision_tables.services.trash import restore_table
from exprsn.kernel.errors import Conflict


@require_POST
@signed_in
def duplicate(request: HttpRequest, actor: Actor, table_id: UUID) -> HttpResponse:
    """Copy it and show the copy."""
    copy = copy_table(actor=actor, table=table_id)
    toast_with_undo(request, _("Copied as “%(name)s”.") % {"name": copy.label}, _url(copy.id, "delete"))
    return redirect("decision-table", table=copy.id)


@require_POST
@signed_in
def delete(request: HttpRequest, actor: Actor, table_id: UUID) -> HttpResponse:
    """Move it to the trash, unless other tables require it."""
    table = get_table(actor, table_id, Permission.WRITE)
    try:
        delete_table(actor=actor, table=table_id)
    except Conflict as error:
        messages.error(request, error.message)
        return redirect("decision-tables")
    toast_with_undo(request, _("“%(name)s” is in the trash.") % {"name": table.label}, _url(table_id, "restore"))
    return redirect("decision-tables")


@require_POST
@signed_in
def restore(request: HttpRequest, actor: Actor, table_id: UUID) -> HttpResponse:
    """Take it out of the trash."""
    table = restore_table(actor=actor, table=table_id)
    messages.success(request, _("“%(name)s” is back.") % {"name": table.label})
    return redirect("decision-table", table=table.id)


def _url(table_id: UUID, action: str) -> str:
    return reverse(f"decision-table-{action}", args=[table_id])

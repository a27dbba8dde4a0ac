"""Tables from files and examples, and files of tables."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require, signed_in
from apps.decision_tables.services.interchange import export_table, import_tables
from apps.decision_tables.services.templates import use_template
from exprsn.kernel.errors import Category, DomainError

# What is wrong with the file, as opposed to who sent it.
FILE_FAULTS = {Category.INVALID, Category.CONFLICT, Category.MALFORMED, Category.TOO_LARGE}
MAX_FAULTS = 50


@require_http_methods(["GET", "POST"])
@signed_in
def table_import(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Import a file; then what of it could not be kept, or why it cannot be read."""
    require(actor, Permission.WRITE)
    if request.method == "GET":
        return render(request, "decision_tables/import.html")
    upload = request.FILES.get("file")
    if upload is None:
        return render(request, "decision_tables/import.html", {"problem": _("Choose a file first.")})
    try:
        made = import_tables(actor=actor, content=upload.read(), file_name=upload.name or "")
    except DomainError as error:
        if error.category not in FILE_FAULTS:
            raise
        return render(request, "decision_tables/import.html", _refused(error))
    if len(made) == 1 and not made[0].report:
        messages.success(request, _("Imported “%(name)s”.") % {"name": made[0].table.label})
        return redirect("decision-table", table=made[0].table.id)
    return render(request, "decision_tables/imported.html", {"results": made})


def _refused(error: DomainError) -> dict[str, Any]:
    details = [f"{path}: {found[0]}" if path else found[0] for path, found in error.errors.items() if found]
    return {"problem": error.message, "details": details[:MAX_FAULTS]}


@require_GET
@signed_in
def download(request: HttpRequest, actor: Actor, table_id: UUID, file_format: str) -> HttpResponse:
    """The draft as a file."""
    made = export_table(actor=actor, table=table_id, format_name=file_format)
    disposition = content_disposition_header(True, made.file_name) or "attachment"
    return HttpResponse(made.content, content_type=made.media_type, headers={"Content-Disposition": disposition})


@require_POST
@signed_in
def use_example(request: HttpRequest, actor: Actor, template: str) -> HttpResponse:
    """Make a table of an example and open it in the designer."""
    table = use_template(actor=actor, template=template)
    messages.success(request, _("“%(name)s” is yours now: change what you like.") % {"name": table.label})
    return redirect("decision-table", table=table.id)

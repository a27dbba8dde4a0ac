"""Screens of decision tables: the list, the trash, one table in words, its name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, require, signed_in
from apps.core.web.listing import newest_first
from apps.decision_tables.access import get_table, trashed_tables
from apps.decision_tables.selectors.tables import applications_of, tables_for
from apps.decision_tables.services.drafts import draft_of
from apps.decision_tables.services.tables import create_table, update_table
from apps.decision_tables.services.templates import list_templates
from apps.decision_tables.web.forms import TableForm
from apps.decision_tables.web.listing import SORTS, chosen_sort, sorted_page
from apps.decision_tables.web.parts import EXPORTS, columns_of, rule_rows, version_rows
from exprsn.kernel.errors import Category, DomainError

# What is wrong with what was typed, as opposed to who sent it.
TYPED_FAULTS = {Category.INVALID, Category.CONFLICT, Category.TOO_LARGE}


@require_GET
@signed_in
def table_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every table that the actor may see, with search, application and order."""
    context = {
        "page": sorted_page(request, tables_for(actor, request.GET)),
        "applications": applications_of(actor),
        "sorts": [(value, label) for value, (label, _field) in SORTS.items()],
        "sort": chosen_sort(request),
        "exports": EXPORTS,
        "templates": list_templates(actor=actor),
        "filtered": any(request.GET.get(name) for name in ("search", "application")),
        "form": TableForm(),
        "can_write": can(actor, Permission.WRITE),
    }
    return render(request, "decision_tables/list.html", context)


@require_GET
@signed_in
def table_trash(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was deleted and can be taken back."""
    context = {"page": newest_first(request, trashed_tables(actor)), "can_write": can(actor, Permission.WRITE)}
    return render(request, "decision_tables/trash.html", context)


@require_GET
@signed_in
def table_overview(request: HttpRequest, actor: Actor, table: str) -> HttpResponse:
    """One table without scripts: its columns, its rules and its versions."""
    row = get_table(actor, table, Permission.READ)
    document = draft_of(row)
    rules, more = rule_rows(document)
    context = {
        "table": row,
        "inputs": columns_of(document, "input_columns"),
        "outputs": columns_of(document, "output_columns"),
        "rules": rules,
        "more_rules": more,
        "versions": version_rows(actor, row),
        "exports": EXPORTS,
        "can_write": can(actor, Permission.WRITE),
        "base_url": request.build_absolute_uri("/")[:-1],
    }
    return render(request, "decision_tables/table.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def table_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new, empty table, opened in the designer."""
    require(actor, Permission.WRITE)
    form = TableForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda given: create_table(actor=actor, **given))
        if made is not None:
            return redirect("decision-table", table=made.id)
    context = {"form": form, "applications": applications_of(actor)}
    return render(request, "decision_tables/new.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def table_settings(request: HttpRequest, actor: Actor, table: str) -> HttpResponse:
    """Change what a table is called, what it is for and what it belongs to."""
    row = get_table(actor, table, Permission.WRITE)
    form = TableForm(request.POST or None, initial={name: getattr(row, name) for name in TableForm.base_fields})
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda given: update_table(actor=actor, table=row.id, changes=_kept(given)))
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("decision-tables")
    context = {"table": row, "form": form, "applications": applications_of(actor)}
    return render(request, "decision_tables/settings.html", context)


def _kept(given: dict[str, Any]) -> dict[str, Any]:
    """An empty name leaves the name as it is."""
    return {field: value for field, value in given.items() if field != "name" or value}


def _tried(form: TableForm, work: Any) -> Any:
    """What the work makes of the form; None where it is refused, which the form then says."""
    try:
        return work(form.cleaned_data)
    except DomainError as error:
        if error.category not in TYPED_FAULTS:
            raise
        for field, found in error.errors.items():
            form.add_error(field if field in form.fields else None, found[0])
        if not error.errors:
            form.add_error(None, error.message)
        return None

"""Screens of forms for those who publish them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, signed_in
from apps.core.web.listing import newest_first
from apps.pages.access import get_form, submission_counts, submissions_of, visible_forms
from apps.pages.contracts.fields import FormField, read_fields
from apps.pages.contracts.forms import OwnerLink
from apps.pages.models import Form, FormSubmission
from apps.pages.registry import form_owners

MAX_COLUMNS = 5


@require_GET
@signed_in
def form_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The organization's forms with their addresses and owners."""
    page = newest_first(request, visible_forms(actor).defer("fields", "owner_data"))
    links = _links(actor, page.rows)
    counts = submission_counts(actor, page.rows)
    rows = [
        {"form": form, "owner": links.get((form.owner_type, form.owner_id)), "submissions": counts.get(form.id, 0)}
        for form in page.rows
    ]
    context = {"page": page, "rows": rows, "base_url": request.build_absolute_uri("/")[:-1]}
    return render(request, "pages/forms.html", context)


@require_GET
@signed_in
def form_submissions(request: HttpRequest, actor: Actor, form_id: UUID) -> HttpResponse:
    """What was sent with one form, newest first."""
    form = get_form(actor, form_id, Permission.READ)
    page = newest_first(request, submissions_of(actor, form))
    fields = [field for field in read_fields(form.fields) if field.type != "password"]
    owner = form_owners.get(form.owner_type) if form.owner_type in form_owners else None
    rows = [
        {
            "submission": row,
            "cells": [(field.label, shown(row.data.get(field.name), field)) for field in fields[:MAX_COLUMNS]],
            "more": _more(row, fields),
            "url": owner.reference_url(row.reference) if owner and row.reference else "",
        }
        for row in page.rows
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "columns": fields[:MAX_COLUMNS],
        "has_more": any(row["more"] for row in rows),
        "owner": _links(actor, [form]).get((form.owner_type, form.owner_id)),
        "address": request.build_absolute_uri(form.path),
    }
    return render(request, "pages/submissions.html", context)


def _links(actor: Actor, forms: Iterable[Form]) -> dict[tuple[str, str], OwnerLink]:
    """One question for each kind of owner, however many forms there are."""
    ids: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        ids[form.owner_type].add(form.owner_id)
    return {
        (kind, owner_id): link
        for kind, wanted in ids.items()
        if kind in form_owners
        for owner_id, link in form_owners.get(kind).links(actor, sorted(wanted)).items()
    }


def _more(row: FormSubmission, fields: list[FormField]) -> list[tuple[str, str]]:
    """What has no column, by label: further fields, and answers to fields that the form no longer has."""
    known = {field.name: field for field in fields}
    first = {field.name for field in fields[:MAX_COLUMNS]}
    rest = [(name, value) for name, value in row.data.items() if name not in first and value is not None]
    return [
        (known[name].label, shown(value, known[name])) if name in known else (name, shown(value))
        for name, value in rest
    ]


def shown(value: Any, field: FormField | None = None) -> str:
    """An answer as text; choices by the words that were offered."""
    words = {option.value: option.label for option in field.options} if field else {}
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(words.get(entry, str(entry)) for entry in value)
    return "" if value is None else words.get(value, str(value))

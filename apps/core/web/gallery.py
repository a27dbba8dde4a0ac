"""The gallery of components at ``/_design/``: every part of the screens in every state, for whoever builds them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from apps.core.web.listing import ListPage
from exprsn.kernel.clock import utc_now

STATUSES = ("active", "success", "partial_success", "error", "running", "queued", "waiting", "canceled", "draft")
PEOPLE = ("Mara Klein", "Jo Reyes", "ada@example.com", "Noor Haddad", "Lin")
ROWS = (
    {"email": "ana@example.com", "headcount": 420, "country": "DE", "tags": ["new", "eu"], "score": 87.5},
    {"email": "li@example.com", "headcount": 55, "country": "CN", "tags": [], "score": None},
    {"email": "sam@example.com", "headcount": 1800, "country": "US"},
)
TEXTS = {
    "table": "Table", "json": "JSON", "item": "item", "items": "items", "none": "No items.", "more": "Show more",
    "copy": "Copy", "no_fields": "This item has no fields.",
}  # fmt: skip


class GalleryForm(forms.Form):
    """A field of every kind."""

    name = forms.CharField(label="Name", help_text="Who or what will use it.", initial="Order desk")
    path = forms.SlugField(label="Path")
    environment = forms.ChoiceField(label="Environment", choices=[("t", "Testing"), ("p", "Production")])
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    active = forms.BooleanField(label="Active from now on", required=False, initial=True)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component; a page for developers, there only when ``EXPRSN_DESIGN_GALLERY`` is on."""
    if not settings.EXPRSN_DESIGN_GALLERY:
        raise Http404(_("The gallery is switched off."))
    form = GalleryForm({"name": "Order desk", "path": "not a slug!", "environment": "t"})
    return render(request, "core/design.html", _samples() | {"form": form})


def _samples() -> dict[str, Any]:
    now = utc_now()
    rows = [dict(row) for row in ROWS]
    views = {
        "few": {"label": "Items", "items": rows, "texts": TEXTS},
        "many": {"label": "Many items", "items": [{"row": n, "square": n * n} for n in range(400)], "texts": TEXTS},
        "bare": {"label": "Items without fields", "items": [{}], "texts": TEXTS},
        "none": {"label": "No items", "items": [], "texts": TEXTS},
    }
    return {
        "statuses": STATUSES,
        "people": PEOPLE,
        "views": views,
        "primitives": {},
        "symbols": ["globe"],
        "page": ListPage([], "before=1", "", is_later=True),
        "moments": [now, now - timedelta(minutes=3), now - timedelta(days=40)],
        "sample": '{\n  "greeting": "Hello Ada!",\n  "items": [1, 2, 3]\n}',
    }

"""The screen of ready-made workflows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, signed_in
from apps.workflows.services.gallery import TemplateCategory, list_templates, use_template


@require_GET
@signed_in
def gallery(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The examples as cards, narrowed by category and words."""
    category, search = request.GET.get("category", ""), request.GET.get("search", "")
    context = {
        "templates": list_templates(actor=actor, category=category, search=search),
        "categories": TemplateCategory.choices,
        "can_write": can(actor, Permission.WRITE),
    }
    return render(request, "workflows/gallery.html", context)


@require_POST
@signed_in
def use(request: HttpRequest, actor: Actor, template_slug: str) -> HttpResponse:
    """Make a workflow of the example and open it in the designer."""
    workflow = use_template(actor=actor, slug=template_slug)
    messages.success(request, _("“%(name)s” is yours now: change what you like.") % {"name": workflow.name})
    return redirect("workflow", workflow_id=workflow.id)

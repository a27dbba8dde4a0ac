"""Screens of organizations: settings of the present one, a new one, and the switch between them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import get_organization, membership_in
from apps.accounts.constants import ROLE_PERMISSIONS, Permission, Role
from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.services.actors import SESSION_KEY
from apps.accounts.services.organizations import create_organization, update_organization
from apps.accounts.services.screens import back_to, signed_in
from apps.accounts.web.forms import OrganizationForm
from apps.accounts.web.refusals import shown_at

ALLOWS: dict[Permission, Any] = {
    Permission.READ: gettext_lazy("See workflows, runs and their data"),
    Permission.WRITE: gettext_lazy("Change and delete workflows, enter credentials"),
    Permission.EXECUTE: gettext_lazy("Run, stop and retry"),
    Permission.PUBLISH: gettext_lazy("Publish, activate and deactivate workflows"),
    Permission.ADMIN: gettext_lazy("Members, teams, settings and the audit log"),
}


@require_http_methods(["GET", "POST"])
@signed_in
def organization_settings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name, zone and language; who may what."""
    organization = get_organization(actor, Permission.ADMIN)
    initial = {name: getattr(organization, name) for name in ("name", "timezone", "locale")}
    form = OrganizationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_at(form):
            update_organization(actor=actor, changes=form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("organization")
    words = [(word.label, allows) for word, allows in ALLOWS.items()]
    context = {"form": form, "shown": organization, "roles": _roles(), "words": words}
    return render(request, "accounts/organization.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def organization_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A further organization, which one owns and is in from then on."""
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_at(form):
            made = create_organization(actor=actor, **form.cleaned_data)
            request.session[SESSION_KEY] = str(made.id)
            messages.success(request, _("Now in %(name)s. Take others in.") % {"name": made.name})
            return redirect("members")
    return render(request, "accounts/organization_new.html", {"form": form})


@require_POST
@signed_in
def organization_switch(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Act within another organization from now on."""
    assert isinstance(request.user, User)
    membership = membership_in(request.user, request.POST.get("organization", ""))
    request.session[SESSION_KEY] = str(membership.organization_id)
    messages.success(request, _("Now in %(name)s.") % {"name": membership.organization.name})
    return redirect(back_to(request) if request.POST.get("back") else "/")


def _roles() -> list[dict[str, Any]]:
    """Every role with the words of what it may."""
    return [
        {"label": role.label, "permissions": [word.label for word in Permission if word in ROLE_PERMISSIONS[role]]}
        for role in Role
    ]

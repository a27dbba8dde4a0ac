"""Screens of members: the list, one member, removal and its undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import get_member, require
from apps.accounts.constants import ROLE_PERMISSIONS, Permission, Role
from apps.accounts.contracts import Actor
from apps.accounts.models import Membership
from apps.accounts.selectors.organizations import members_of, teams_of
from apps.accounts.services import members as service
from apps.accounts.services.screens import signed_in
from apps.accounts.web.forms import MemberAddForm, MemberForm
from apps.accounts.web.refusals import add_refusal, shown_at
from apps.core.web.listing import newest_first
from apps.core.web.toasts import toast_with_undo
from exprsn.kernel.errors import DomainError

UNDO_SECONDS = 24 * 3600
_REMOVING = {
    "last_owner": ("", gettext_lazy("Nobody else owns this organization. Make another member an owner first.")),
    "owner_required": ("", gettext_lazy("Only an owner removes an owner. Ask one of them to do it.")),
}


@require_http_methods(["GET", "POST"])
@signed_in
def members(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who belongs to the organization; others are taken in by e-mail."""
    require(actor, Permission.ADMIN)
    form = MemberAddForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_at(form):
            made = service.add_member(actor=actor, **form.cleaned_data)
            messages.success(request, _("%(email)s is a member now.") % {"email": made.user.email})
            return redirect("members")
    # PostgreSQL takes the character NUL in no question.
    search, role = (request.GET.get(name, "").replace("\x00", "") for name in ("search", "role"))
    context = {
        "form": form,
        "page": newest_first(request, members_of(actor, search=search, role=role)),
        "roles": Role.choices,
        "filtered": bool(search or role),
    }
    return render(request, "accounts/members.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def member(request: HttpRequest, actor: Actor, membership_id: UUID) -> HttpResponse:
    """One member: role and teams."""
    found = get_member(actor, membership_id, Permission.ADMIN)
    form = _member_form(request, actor, found)
    if request.method == "POST" and form.is_valid():
        with shown_at(form):
            _save(actor, found, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(_next_page(actor, found, form.cleaned_data["role"]))
    return _member_page(request, actor, found, form, forms.Form())


@require_POST
@signed_in
def member_remove(request: HttpRequest, actor: Actor, membership_id: UUID) -> HttpResponse:
    """Take somebody out; the next page offers to take it back."""
    found = get_member(actor, membership_id, Permission.ADMIN)
    undo = reverse("member-restore", args=[_ticket(actor, found)])
    try:
        service.remove_member(actor=actor, membership_id=membership_id)
    except DomainError as error:
        removal = forms.Form(request.POST)
        if not add_refusal(removal, error, _REMOVING):
            raise
        return _member_page(request, actor, found, _member_form(request, actor, found, bound=False), removal)
    if found.user_id == actor.user_id:
        messages.success(request, _("You left the organization."))
        return redirect("/")
    toast_with_undo(request, _("Removed %(email)s.") % {"email": found.user.email}, undo)
    return redirect("members")


@require_POST
@signed_in
def member_restore(request: HttpRequest, actor: Actor, ticket: str) -> HttpResponse:
    """Take a removal back."""
    require(actor, Permission.ADMIN)
    try:
        kept = signing.loads(ticket, salt=_salt(actor), max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise Http404(_("This can no longer be taken back.")) from None
    restored = service.restore_member(
        actor=actor,
        user_id=UUID(kept["user"]),
        role=kept["role"],
        team_ids=[UUID(team) for team in kept["teams"]],
    )
    messages.success(request, _("%(email)s is a member again.") % {"email": restored.user.email})
    return redirect("members")


def _save(actor: Actor, found: Membership, wanted: dict[str, Any]) -> None:
    with transaction.atomic():
        if wanted["role"] != found.role:
            service.change_role(actor=actor, membership_id=found.id, role=wanted["role"])
        teams = [UUID(team) for team in wanted["teams"]]
        service.set_member_teams(actor=actor, membership_id=found.id, team_ids=teams)


def _member_form(request: HttpRequest, actor: Actor, found: Membership, *, bound: bool = True) -> MemberForm:
    initial = {"role": found.role, "teams": [str(team.id) for team in found.teams.all()]}
    data = request.POST if bound and request.method == "POST" else None
    return MemberForm(actor, list(teams_of(actor).order_by("name")), data, initial=initial)


def _member_page(
    request: HttpRequest, actor: Actor, found: Membership, form: MemberForm, removal: forms.Form
) -> HttpResponse:
    context = {"member": found, "form": form, "removal": removal, "is_self": found.user_id == actor.user_id}
    return render(request, "accounts/member.html", context)


def _next_page(actor: Actor, found: Membership, role: str) -> str:
    """Who gave up their own right to administer could not open the list."""
    kept = found.user_id != actor.user_id or Permission.ADMIN in ROLE_PERMISSIONS[role]
    return "members" if kept else "/"


def _ticket(actor: Actor, found: Membership) -> str:
    teams = [str(team_id) for team_id in found.teams.values_list("id", flat=True)]
    kept = {"user": str(found.user_id), "role": found.role, "teams": teams}
    return signing.dumps(kept, salt=_salt(actor), compress=True)


def _salt(actor: Actor) -> str:
    return f"member-restore:{actor.organization_id}"

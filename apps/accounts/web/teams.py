"""Screens of teams: the list, one team with its members."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import get_member_by_email, get_team, require
from apps.accounts.constants import Permission
from apps.accounts.contracts import Actor
from apps.accounts.models import Team
from apps.accounts.selectors.organizations import emails_outside_team, members_in_team, teams_of
from apps.accounts.services import teams as service
from apps.accounts.services.screens import signed_in
from apps.accounts.web.forms import TeamForm, TeamMemberForm
from apps.accounts.web.refusals import shown_at
from apps.core.web.listing import newest_first
from apps.core.web.toasts import toast_with_undo

MAX_CANDIDATES = 200
_ADDING = {
    "member_not_found": (
        "email",
        gettext_lazy("Nobody in your organization has this address. Add them under Members first."),
    )
}


@require_http_methods(["GET", "POST"])
@signed_in
def teams(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The departments of the organization, and a form for a new one."""
    require(actor, Permission.ADMIN)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_at(form):
            made = service.create_team(actor=actor, name=form.cleaned_data["name"])
            return redirect("team", team_id=made.id)
    return render(request, "accounts/teams.html", {"form": form, "page": newest_first(request, teams_of(actor))})


@require_http_methods(["GET", "POST"])
@signed_in
def team(request: HttpRequest, actor: Actor, team_id: UUID) -> HttpResponse:
    """One team: its name and its members."""
    found = get_team(actor, team_id, Permission.ADMIN)
    form = TeamForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        with shown_at(form):
            service.rename_team(actor=actor, team_id=team_id, name=form.cleaned_data["name"])
            messages.success(request, _("Saved."))
            return redirect("team", team_id=team_id)
    return _team_page(request, actor, found, form, TeamMemberForm())


@require_POST
@signed_in
def team_delete(request: HttpRequest, actor: Actor, team_id: UUID) -> HttpResponse:
    """Remove a team; the page asked before, since workflows forget it too."""
    name = get_team(actor, team_id, Permission.ADMIN).name
    service.delete_team(actor=actor, team_id=team_id)
    messages.success(request, _("Deleted the team “%(name)s”.") % {"name": name})
    return redirect("teams")


@require_POST
@signed_in
def team_add(request: HttpRequest, actor: Actor, team_id: UUID) -> HttpResponse:
    """Put a member into the team."""
    found = get_team(actor, team_id, Permission.ADMIN)
    adding = TeamMemberForm(request.POST)
    if adding.is_valid():
        with shown_at(adding, _ADDING):
            member = get_member_by_email(actor, adding.cleaned_data["email"], Permission.ADMIN)
            service.add_to_team(actor=actor, team_id=team_id, membership_id=member.id)
            messages.success(request, _("%(email)s is in the team.") % {"email": member.user.email})
            return redirect("team", team_id=team_id)
    return _team_page(request, actor, found, TeamForm(initial={"name": found.name}), adding)


@require_POST
@signed_in
def team_remove(request: HttpRequest, actor: Actor, team_id: UUID, membership_id: UUID) -> HttpResponse:
    """Take a member out of the team; the next page offers to take it back."""
    member = service.remove_from_team(actor=actor, team_id=team_id, membership_id=membership_id)
    undo = reverse("team-restore", args=[team_id, membership_id])
    toast_with_undo(request, _("Took %(email)s out of the team.") % {"email": member.user.email}, undo)
    return redirect("team", team_id=team_id)


@require_POST
@signed_in
def team_restore(request: HttpRequest, actor: Actor, team_id: UUID, membership_id: UUID) -> HttpResponse:
    """Take that back."""
    member = service.add_to_team(actor=actor, team_id=team_id, membership_id=membership_id)
    messages.success(request, _("%(email)s is in the team again.") % {"email": member.user.email})
    return redirect("team", team_id=team_id)


def _team_page(request: HttpRequest, actor: Actor, found: Team, form: TeamForm, adding: TeamMemberForm) -> HttpResponse:
    context = {
        "team": found,
        "form": form,
        "adding": adding,
        "page": newest_first(request, members_in_team(actor, found.id)),
        "candidates": emails_outside_team(actor, found.id, MAX_CANDIDATES),
    }
    return render(request, "accounts/team.html", context)

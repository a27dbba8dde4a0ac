"""The screen about oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.access import memberships_of
from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.services.profile import update_profile
from apps.accounts.services.screens import signed_in
from apps.accounts.web.forms import ProfileForm
from apps.accounts.web.refusals import shown_at


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name and language, the way to a new password, and the organizations that one belongs to."""
    user = request.user
    assert isinstance(user, User)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "locale": user.locale})
    if request.method == "POST" and form.is_valid():
        with shown_at(form):
            update_profile(actor=actor, changes=form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form, "own": memberships_of(user)})

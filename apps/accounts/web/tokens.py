"""Screens of API tokens."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.constants import Scope
from apps.accounts.contracts import Actor
from apps.accounts.selectors.tokens import tokens_of
from apps.accounts.services.screens import signed_in
from apps.accounts.services.tokens import create_token, revoke_token
from apps.core.web.listing import newest_first
from exprsn.kernel.clock import utc_now

LIFETIMES = (("30", gettext_lazy("30 days")), ("365", gettext_lazy("A year")), ("", gettext_lazy("No end")))


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("Who or what will use it."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May"), choices=Scope.choices, initial=["read", "execute"],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    days = forms.ChoiceField(
        label=gettext_lazy("Ends after"), choices=LIFETIMES, required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def tokens(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The actor's tokens; a new one's secret is shown this once."""
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        _token, secret = create_token(
            actor=actor,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=utc_now() + timedelta(days=int(days)) if days else None,
        )
        form = TokenForm()
    context = {"form": form, "secret": secret, "page": newest_first(request, tokens_of(actor))}
    return render(request, "accounts/tokens.html", context)


@require_POST
@signed_in
def token_revoke(request: HttpRequest, actor: Actor, token_id: UUID) -> HttpResponse:
    """End a token."""
    token = revoke_token(actor=actor, token_id=token_id)
    messages.success(request, _("Revoked “%(name)s”. Calls with it are refused now.") % {"name": token.name})
    return redirect("tokens")

"""How sign-in behaves where allauth leaves the choice to us; writes the audit log of sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.services.sessions import note_failed_sign_in, note_password_changed, note_sign_in, note_sign_out


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is a setting; sessions are audited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.EXPRSN_SIGN_UP)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        note_sign_in(user, request)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            note_sign_out(request.user, request)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failed_sign_in(str(credentials.get("email", "")), request)
        super().authentication_failed(request, **credentials)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        messages.success(request, _("Your password is changed."))
        return reverse("profile")

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        note_password_changed(user, self.request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out shows by itself; no toast about it."""

"""The administration has no sign-in of its own: people go in by the product's one door, with its lock and its log."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from apps.accounts.models import User


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; who is signed in and may not administer is told so, not sent round again."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = resolve_url("admin:index")
    if not isinstance(request.user, User):
        return redirect_to_login(target)
    if not request.user.is_staff:
        raise PermissionDenied(_("Only administrators of the installation may go there."))
    return redirect(target)

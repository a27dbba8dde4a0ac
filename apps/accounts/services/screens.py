"""How screens know their actor, and what a refusal looks like on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from apps.accounts.access import can, memberships_of
from apps.accounts.constants import Permission
from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.services.actors import actor_from_request
from exprsn.kernel.errors import Category, DomainError, NotAllowed

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def signed_in(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A screen for signed-in people: it is given the actor; refusals become a 403 or 404 page or a message."""

    @wraps(page)
    def show(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        try:
            actor = actor_from_request(request)
            _prepare(request, request.user, actor)
            return page(request, actor, *args, **kwargs)
        except DomainError as error:
            if error.category == Category.NOT_FOUND:
                raise Http404(error.message) from error
            if error.code == NotAllowed.default_code:
                raise PermissionDenied(error.message) from error
            return _refused(request, error)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], show)


def _prepare(request: Any, user: User, actor: Actor) -> None:
    memberships = memberships_of(user)
    request.memberships = memberships
    request.organization = next(m.organization for m in memberships if m.organization_id == actor.organization_id)
    request.permissions = {permission.value for permission in Permission if can(actor, permission)}


def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    details = "; ".join(f"{path}: {found[0]}" for path, found in list(error.errors.items())[:3] if found)
    messages.error(request, f"{error.message} {details}".strip())
    return redirect(back_to(request))


def back_to(request: HttpRequest, default: str = "/") -> str:
    """The page that a form was on, if it is ours."""
    target = request.POST.get("back") or request.headers.get("Referer") or default
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe and request.method == "POST" else default

"""What every page with a form for visitors does: no session, no scripts needed, refusals on plain pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.core.api.throttles import SettingThrottle
from apps.pages.contracts.fields import FormField
from apps.pages.services.widgets import TRAP, shown_fields
from exprsn.kernel.errors import Category, DomainError, NotAllowed, RateLimited, TooLarge

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]
# What the visitor can mend on the page itself, as opposed to what makes another page.
ON_THE_PAGE = {Category.INVALID, Category.RATE_LIMITED, Category.TOO_LARGE, Category.FORBIDDEN}


class ShownForm(Protocol):
    """What the page shows of a form, wherever it comes from."""

    @property
    def path(self) -> str: ...
    @property
    def redirect_url(self) -> str: ...


class FormThrottle(SettingThrottle):
    """Submissions of an address; looking at forms is free."""

    scope = "form"
    setting = "EXPRSN_RATE_FORM"

    def identify(self, request: Any) -> str | None:
        return str(request.META.get("REMOTE_ADDR", ""))


def for_visitors(page: Page[P]) -> Page[P]:
    """Visitors see what became of a form on a plain page: nothing of it leads into the product."""

    @wraps(page)
    def show(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return page(request, *args, **kwargs)
        except DomainError as error:
            if error.code == "form_closed":
                return render(request, "pages/closed.html", status=404)
            if error.category == Category.NOT_FOUND:
                return _missing(request)
            raise
        except Http404:
            return _missing(request)

    return cast(Page[P], show)


def _missing(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/missing.html", status=404)


def admit(request: HttpRequest) -> None:
    """Refuse what is too long, comes from another site, or comes too often."""
    _check_size(request)
    _check_origin(request)
    throttle = FormThrottle()
    if not throttle.allow_request(request, None):  # type: ignore[arg-type]  # it reads no more than META
        seconds = max(math.ceil(throttle.wait() or 1), 1)
        raise RateLimited(
            _("You have sent many forms in a short time. Wait a little and send it again."),
            params={"retry_after": seconds},
        )


def _check_size(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = settings.EXPRSN_FORM_MAX_BYTES
    if not length.isascii() or not length.isdigit() or len(length) > 12 or int(length) > most:
        raise TooLarge(_("What you sent is too long. Shorten it and send it again."), code="body_too_large")


def _check_origin(request: HttpRequest) -> None:
    """Browsers say where a form was sent from; another site's page may not send ours."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    foreign = origin not in ("", "null") and urlsplit(origin).netloc != request.get_host()
    if site in ("cross-site", "same-site") or (foreign and not site):
        raise NotAllowed(_("This came from another site. Send it from this page."), code="form_foreign_origin")


def see_other(address: str) -> HttpResponse:
    """Go on to another page, so that reloading it sends nothing again."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def form_response(
    request: HttpRequest,
    form: ShownForm,
    declared: Sequence[FormField],
    answers: dict[str, Any],
    *,
    ticket: str = "",
    error: DomainError | None = None,
) -> HttpResponse:
    """The page with the form, with what was answered and what is wrong with it."""
    fields = shown_fields(declared, answers, error.errors if error else {})
    context = {
        "form": form,
        "fields": fields,
        "visible": [field for field in fields if field["field"].type != "hidden"],
        "faults": [field for field in fields if field["errors"]],
        "problem": error.message if error and not error.errors else "",
        "ticket": ticket,
        "trap": TRAP,
    }
    response = render(request, "pages/form.html", context, status=_status(error))
    if error and "retry_after" in error.params:
        response["Retry-After"] = str(error.params["retry_after"])
    if form.redirect_url:
        # A browser asks the policy of the page with the form about where sending it leads in the end.
        target = urlsplit(form.redirect_url)
        response._csp_update = {"form-action": [f"{target.scheme}://{target.netloc}"]}  # type: ignore[attr-defined]
    return response


def _status(error: DomainError | None) -> int:
    """A page that asks for better answers is an ordinary page, as everywhere in the product."""
    return 200 if error is None or error.category == Category.INVALID else error.http_status

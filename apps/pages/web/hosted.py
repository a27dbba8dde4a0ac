"""The hosted page of a form: for anybody, without a session and without scripts.

No CSRF cookie: see ``services/form_tokens``. Posts from other sites are refused by what the browser says of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from apps.core.api.throttles import SettingThrottle
from apps.pages.contracts.fields import read_fields
from apps.pages.contracts.forms import FormAnswer
from apps.pages.models import Form, FormSubmission
from apps.pages.selectors.forms import hosted_form, received_submission
from apps.pages.services.answers import answer_for
from apps.pages.services.form_tokens import new_ticket, nonce_of, receipt_for, submission_of
from apps.pages.services.submissions import Sending, submit_form
from apps.pages.web.widgets import TRAP, answers_from, first_answers, shown_fields
from exprsn.kernel.errors import Category, DomainError, NotAllowed, RateLimited, TooLarge

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, str, P], HttpResponse]
# What the visitor can mend on the page itself, as opposed to what makes another page.
_ON_THE_PAGE = {Category.INVALID, Category.RATE_LIMITED, Category.TOO_LARGE, Category.FORBIDDEN}


class FormThrottle(SettingThrottle):
    """Submissions of an address; looking at forms is free."""

    scope = "form"
    setting = "EXPRSN_RATE_FORM"

    def identify(self, request: Any) -> str | None:
        return str(request.META.get("REMOTE_ADDR", ""))


def _for_visitors(page: Page[P]) -> Page[P]:
    """Visitors see what became of a form on a plain page: nothing of it leads into the product."""

    @wraps(page)
    def show(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return page(request, slug, *args, **kwargs)
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


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_for_visitors
def form_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form; take what is sent and go on to the page that follows."""
    form = hosted_form(slug)
    fields = read_fields(form.fields)
    if request.method != "POST":
        return _page(request, form, first_answers(fields, request.GET))
    try:
        submission = _submitted(request, form)
    except DomainError as error:
        if error.category not in _ON_THE_PAGE:
            raise
        too_large = isinstance(error, TooLarge)
        return _page(request, form, {} if too_large else answers_from(fields, request.POST), error)
    if form.redirect_url and form.response_mode == "immediately":
        return _see_other(form.redirect_url)
    receipt = receipt_for(submission.id)
    return _see_other(f"{reverse('form-done', args=[form.slug])}?receipt={receipt}")


def _submitted(request: HttpRequest, form: Form) -> FormSubmission:
    _check_size(request)
    _check_origin(request)
    throttle = FormThrottle()
    if not throttle.allow_request(request, None):  # type: ignore[arg-type]  # it reads no more than META
        seconds = max(math.ceil(throttle.wait() or 1), 1)
        raise RateLimited(
            _("You have sent many forms in a short time. Wait a little and send it again."),
            params={"retry_after": seconds},
        )
    sending = Sending(
        nonce=nonce_of(form, request.POST.get("ticket", "")),
        address=str(request.META.get("REMOTE_ADDR", "")),
        is_spam=bool(request.POST.get(TRAP)),
    )
    return submit_form(form=form, given=answers_from(read_fields(form.fields), request.POST), sending=sending)


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


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _page(request: HttpRequest, form: Form, answers: dict[str, Any], error: DomainError | None = None) -> HttpResponse:
    fields = shown_fields(read_fields(form.fields), answers, error.errors if error else {})
    context = {
        "form": form,
        "fields": fields,
        "visible": [field for field in fields if field["field"].type != "hidden"],
        "faults": [field for field in fields if field["errors"]],
        "problem": error.message if error and not error.errors else "",
        "ticket": _ticket(request, form, error),
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


def _ticket(request: HttpRequest, form: Form, error: DomainError | None) -> str:
    """The ticket stays the same while answers are mended, so that no way of sending makes two of them."""
    if error is None or error.code in ("form_ticket_invalid", "body_too_large"):
        return new_ticket(form)
    return request.POST.get("ticket", "") or new_ticket(form)


@never_cache
@require_GET
@_for_visitors
def form_done(request: HttpRequest, slug: str) -> HttpResponse:
    """What follows: thanks, the answer of what was started, or word that it is still at work."""
    submission = _received(request, slug)
    answer = answer_for(submission, hold=True)
    if answer.kind == "thanks" and submission.form.redirect_url:
        return redirect(submission.form.redirect_url)
    context = {"form": submission.form, "answer": answer, "state_url": _state_url(request, slug)}
    return render(request, "pages/done.html", context)


@never_cache
@require_GET
@_for_visitors
def form_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the page after sending has something new to show."""
    answer = answer_for(_received(request, slug))
    return JsonResponse({"state": live_state(answer)})


def live_state(answer: FormAnswer) -> str:
    """A word while there is more to come, else nothing."""
    return "pending" if answer.kind == "pending" else ""


def _received(request: HttpRequest, slug: str) -> FormSubmission:
    submission = received_submission(submission_of(request.GET.get("receipt", "")))
    if submission.form.slug != slug:
        raise Http404(slug)
    return submission


def _state_url(request: HttpRequest, slug: str) -> str:
    return f"{reverse('form-state', args=[slug])}?{request.GET.urlencode()}"

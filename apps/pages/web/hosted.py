"""The hosted page of a form: for anybody, without a session and without scripts.

No CSRF cookie: see ``services/form_tokens``. Posts from other sites are refused by what the browser says of them.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from apps.pages.contracts.fields import read_fields
from apps.pages.contracts.forms import FormAnswer
from apps.pages.models import Form, FormSubmission
from apps.pages.selectors.forms import hosted_form, received_submission
from apps.pages.services.answers import answer_for
from apps.pages.services.form_tokens import new_ticket, nonce_of, receipt_for, submission_of
from apps.pages.services.submissions import Sending, submit_form
from apps.pages.services.widgets import TRAP, answers_from, first_answers
from apps.pages.web.visitors import ON_THE_PAGE, admit, for_visitors, form_response, see_other
from exprsn.kernel.errors import DomainError, TooLarge


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def form_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form; take what is sent and go on to the page that follows."""
    form = hosted_form(slug)
    fields = read_fields(form.fields)
    if request.method != "POST":
        ticket = _ticket(request, form, None)
        return form_response(request, form, fields, first_answers(fields, request.GET), ticket=ticket)
    try:
        submission = _submitted(request, form)
    except DomainError as error:
        if error.category not in ON_THE_PAGE:
            raise
        too_large = isinstance(error, TooLarge)
        answers = {} if too_large else answers_from(fields, request.POST)
        return form_response(request, form, fields, answers, ticket=_ticket(request, form, error), error=error)
    if form.redirect_url and form.response_mode == "immediately":
        return see_other(form.redirect_url)
    receipt = receipt_for(submission.id)
    return see_other(f"{reverse('form-done', args=[form.slug])}?receipt={receipt}")


def _submitted(request: HttpRequest, form: Form) -> FormSubmission:
    admit(request)
    sending = Sending(
        nonce=nonce_of(form, request.POST.get("ticket", "")),
        address=str(request.META.get("REMOTE_ADDR", "")),
        is_spam=bool(request.POST.get(TRAP)),
    )
    return submit_form(form=form, given=answers_from(read_fields(form.fields), request.POST), sending=sending)


def _ticket(request: HttpRequest, form: Form, error: DomainError | None) -> str:
    """The ticket stays the same while answers are mended, so that no way of sending makes two of them."""
    if error is None or error.code in ("form_ticket_invalid", "body_too_large"):
        return new_ticket(form)
    return request.POST.get("ticket", "") or new_ticket(form)


@never_cache
@require_GET
@for_visitors
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
@for_visitors
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

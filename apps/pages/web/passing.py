"""Forms for one submission: their address was sent to somebody, and whoever registered them takes the answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.pages.contracts.fields import read_fields
from apps.pages.contracts.forms import FormAnswer, PassingForm
from apps.pages.registry import passing_forms
from apps.pages.services.submissions import checked_answers
from apps.pages.services.widgets import TRAP, answers_from, first_answers
from apps.pages.web.visitors import ON_THE_PAGE, admit, for_visitors, form_response, see_other
from exprsn.kernel.errors import DomainError, TooLarge


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def passing_form(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Show the form; take what is sent, once."""
    host = passing_forms.get(kind)
    form = host.find(token)
    fields = read_fields(form.fields)
    if request.method != "POST":
        return form_response(request, form, fields, first_answers(fields, request.GET))
    try:
        admit(request)
        given = answers_from(fields, request.POST)
        if not request.POST.get(TRAP):  # a field that only programs fill in
            host.accept(token, checked_answers(fields, given))
    except DomainError as error:
        if error.category not in ON_THE_PAGE:
            raise
        answers = {} if isinstance(error, TooLarge) else answers_from(fields, request.POST)
        return form_response(request, form, fields, answers, error=error)
    return _after(request, form)


def _after(request: HttpRequest, form: PassingForm) -> HttpResponse:
    if form.redirect_url:
        return see_other(form.redirect_url)
    return render(request, "pages/done.html", {"form": form, "answer": FormAnswer("thanks"), "state_url": ""})

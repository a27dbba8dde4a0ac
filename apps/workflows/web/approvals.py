"""Screens of approvals: the inbox, one question, and the page that a mail leads to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.contracts import Actor
from apps.accounts.public import signed_in
from apps.core.web.listing import newest_first
from apps.pages.contracts.fields import read_fields
from apps.pages.public import answers_from
from apps.workflows.access import get_approval
from apps.workflows.constants import ApprovalStatus, DecisionWay
from apps.workflows.models import Approval
from apps.workflows.selectors.approvals import ME, approvals_for, decided, inbox_state
from apps.workflows.services.approvals import decide_approval, linked_approval
from apps.workflows.web.approval_parts import asked, people_of
from exprsn.kernel.errors import Conflict, DomainError, InvalidInput

VIEWS = ("mine", "all", "decided")


@require_GET
@signed_in
def approval_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The inbox: what you are to decide, what others are, and what was decided."""
    view = request.GET.get("show", "mine")
    view = view if view in VIEWS else "mine"
    filters = {"assigned": ME} if view == "mine" else {}
    rows = approvals_for(actor, filters | ({} if view == "decided" else {"status": ApprovalStatus.PENDING}))
    page = newest_first(request, decided(rows) if view == "decided" else rows)
    context = {
        "page": page,
        "rows": [{"approval": approval, "people": people_of(approval)} for approval in page.rows],
        "view": view,
        "state": inbox_state(actor),
    }
    return render(request, "workflows/approvals.html", context)


@require_GET
@signed_in
def approval_state(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A word that changes whenever the inbox does."""
    return JsonResponse({"state": inbox_state(actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def approval_page(request: HttpRequest, actor: Actor, approval_id: UUID) -> HttpResponse:
    """What is asked, with the data that it is about; sent by its buttons it is decided."""
    approval = get_approval(actor, approval_id)
    if request.method != "POST":
        return render(request, "workflows/approval.html", asked(approval, actor))
    try:
        _decide(request, actor, approval, DecisionWay.INBOX)
    except InvalidInput as error:
        return render(request, "workflows/approval.html", asked(approval, actor, request.POST, error))
    except Conflict as error:
        messages.error(request, error.message)
        return redirect("approval", approval_id=approval.id)
    messages.success(request, _("Approved.") if approval.status == ApprovalStatus.APPROVED else _("Rejected."))
    return redirect("approvals")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approval_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page that a mail leads to: it shows what is asked, and only its buttons decide."""
    try:
        actor, approval = linked_approval(token, str(request.META.get("REMOTE_ADDR", ""))[:45])
    except DomainError as error:
        return render(request, "workflows/approval_gone.html", status=error.http_status)
    context = asked(approval, actor)
    if request.method == "POST":
        try:
            approval = _decide(request, actor, approval, DecisionWay.LINK)
        except InvalidInput as error:
            context = asked(approval, actor, request.POST, error)
        except Conflict:
            _actor, approval = linked_approval(token)
        context["approval"] = approval
    return render(request, "workflows/approval_link.html", context | {"token": token})


def _decide(request: HttpRequest, actor: Actor, approval: Approval, way: DecisionWay) -> Approval:
    """What the buttons and fields of a page say."""
    given: dict[str, Any] = answers_from(read_fields(approval.fields), request.POST)
    made = decide_approval(
        actor=actor,
        approval_id=approval.id,
        decision=request.POST.get("decision", ""),
        comment=request.POST.get("comment", "").replace("\r\n", "\n"),
        form=given,
        via=way,
    )
    approval.status = made.status
    return made

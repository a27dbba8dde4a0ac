"""Calls and forms that resume a waiting run: each address is signed and of one run, each wait is answered once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.core.public import dumps
from apps.pages.contracts.forms import PassingForm
from apps.workflows.constants import FINAL_STATUSES, WaitKind, WaitStatus
from apps.workflows.execution.resume_links import FORM_PREFIX, execution_of_call, execution_of_form
from apps.workflows.execution.waits import answer_wait, hold_execution
from apps.workflows.models import Execution, Waitpoint
from apps.workflows.serving.bodies import parse_body
from apps.workflows.serving.callers import check_caller
from apps.workflows.serving.receive import require_size
from apps.workflows.serving.routes import Route
from apps.workflows.serving.webhook_types import WebhookAnswer, WebhookCall
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, NotFound

FORMS = "waiting"
_REASON = "resume a run"


def receive_resume(call: WebhookCall) -> WebhookAnswer:
    """Answer one call of ``/webhook-waiting/{token}``: the wait that is open gets it.

    Raises ``resume_link_unknown``, ``execution_finished``, ``not_waiting``, ``already_answered``.
    """
    require_size(call)
    token, _, suffix = call.path.strip("/").partition("/")
    execution = _execution(execution_of_call(token))
    waitpoint = _open_wait(execution, WaitKind.WEBHOOK, suffix)
    settings = waitpoint.settings
    if call.method not in settings["methods"]:
        told = f"This address answers {', '.join(settings['methods'])}, not {call.method}."
        raise NotFound(told, code="webhook_method_not_found", params={"methods": settings["methods"]})
    check_caller(_route(execution, waitpoint), call)
    came = {
        "method": call.method,
        "headers": dict(call.headers),
        "query": dict(call.query),
        "body": parse_body(call),
    }
    _answer(waitpoint, came)
    return _answered(execution, settings)


class WaitingForms:
    """The forms that waiting runs ask for."""

    def find(self, token: str) -> PassingForm:
        """The form that the run waits for now. Raises ``form_closed``, ``resume_link_unknown``, ``not_waiting``."""
        settings = _waiting_form(token).settings
        texts = ("title", "description", "submit_label", "thanks", "redirect_url")
        return PassingForm(
            path=f"{FORM_PREFIX}{token}",
            fields=settings["fields"],
            **{name: settings[name] for name in texts},
        )

    def accept(self, token: str, answers: Mapping[str, Any]) -> None:
        """Let the run go on with the answers. Raises ``form_closed`` when others were faster."""
        came = {**answers, "submittedAt": utc_now().isoformat(), "formMode": "production"}
        try:
            _answer(_waiting_form(token), came)
        except Conflict as error:
            raise _closed() from error


def _waiting_form(token: str) -> Waitpoint:
    """Visitors are told no more than that the form is closed or that there is none."""
    try:
        return _open_wait(_execution(execution_of_form(token)), WaitKind.FORM, "")
    except NotFound as error:
        if error.code == "execution_finished":
            raise _closed() from error
        raise
    except Conflict as error:
        if error.code == "not_waiting":
            raise NotFound(error.message, code="not_waiting") from error
        raise _closed() from error


def _closed() -> NotFound:
    return NotFound("This form was sent already, or is asked for no more.", code="form_closed")


def _execution(execution_id: UUID) -> Execution:
    rows = Execution.objects.for_system(reason=_REASON).filter(id=execution_id)
    execution = rows.select_related("workflow").first()
    if execution is None:
        raise NotFound("The run of this address is no longer kept.", code="resume_link_unknown")
    return execution


def _open_wait(execution: Execution, kind: WaitKind, suffix: str) -> Waitpoint:
    """The wait of this kind that is open; the oldest, should there be several."""
    if execution.status in FINAL_STATUSES:
        raise NotFound("The run of this address has ended.", code="execution_finished")
    rows = Waitpoint.objects.for_organization(execution.organization_id).filter(execution_id=execution.id, kind=kind)
    found = [row for row in rows.order_by("-id").defer("data")[:100] if row.settings.get("suffix", "") == suffix]
    still_open = [row for row in found if row.status == WaitStatus.OPEN]
    if still_open:
        return still_open[-1]
    if any(row.status == WaitStatus.ANSWERED for row in found):
        raise _too_late()
    raise Conflict("The run does not wait for this. Try again when it does.", code="not_waiting")


def _too_late() -> Conflict:
    return Conflict("This was answered already; the first answer counts.", code="already_answered")


def _answer(waitpoint: Waitpoint, came: Mapping[str, Any]) -> None:
    with transaction.atomic():
        execution = hold_execution(waitpoint.execution_id)
        if execution is None or not answer_wait(execution, waitpoint.id, came):
            raise _too_late()


def _route(execution: Execution, waitpoint: Waitpoint) -> Route:
    """As if the wait were a webhook: callers are checked in one place."""
    return Route(
        organization_id=execution.organization_id,
        workflow_id=execution.workflow_id,
        version_id=execution.version_id,
        node_id=waitpoint.node_id,
        environment=execution.environment,
        parameters=waitpoint.settings,
        credentials=waitpoint.settings["credentials"],
        path_params={},
    )


def _answered(execution: Execution, settings: Mapping[str, Any]) -> WebhookAnswer:
    headers = {"X-Execution-ID": str(execution.id)}
    body = settings["response_data"]
    if isinstance(body, str) and body:
        return WebhookAnswer(settings["response_code"], body.encode(), "text/plain; charset=utf-8", headers)
    told = body or {"execution_id": str(execution.id), "status": "resumed"}
    return WebhookAnswer(settings["response_code"], dumps(told), headers=headers)

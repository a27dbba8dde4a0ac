"""Workflows as owners of forms: what is sent starts a run, and the run's answer is shown to whoever sent it."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Replace
from django.urls import reverse
from django.utils.html import strip_tags

from apps.accounts.contracts import Actor
from apps.core.public import correlation_id
from apps.pages.contracts.forms import FormAnswer, OwnerLink, Submitted
from apps.pages.public import is_web_address
from apps.workflows.access import visible_workflows
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus, TriggerMode, WorkflowScope, WorkflowStatus
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.execution.accept import Start, queue_run
from apps.workflows.execution.stored_answers import stored_outcome
from apps.workflows.models import Workflow
from exprsn.kernel.errors import Conflict

OWNER_TYPE = "workflow"
MAX_SHOWN = 50_000
PENDING, THANKS, FAILED = FormAnswer("pending"), FormAnswer("thanks"), FormAnswer("failed")


def owner_id(workflow_id: UUID) -> str:
    """A workflow as the owner of forms; without hyphens, as databases without a type for ids keep them."""
    return workflow_id.hex


class WorkflowForms:
    """The entry of workflows among the owners of forms."""

    def accept(self, submitted: Submitted) -> str:
        """Queue a run of the version that the form was published with, in the submission's transaction."""
        rows = Workflow.objects.for_organization(submitted.organization_id).filter(
            id=UUID(hex=submitted.owner.id), status=WorkflowStatus.ACTIVE, deleted_at__isnull=True
        )
        environment = rows.values_list("environment", flat=True).first()
        if environment is None:
            raise Conflict("This form is closed. Activate what publishes it first.", code="form_closed")
        item = {**submitted.values, "submittedAt": submitted.received_at, "formMode": "production"}
        execution = queue_run(
            Start(
                organization_id=submitted.organization_id,
                workflow_id=UUID(hex=submitted.owner.id),
                version_id=UUID(submitted.owner_data["version"]),
                trigger_mode=TriggerMode.FORM,
                trigger_node=submitted.owner.part,
                items=[{"json": item}],
                environment=environment,
                correlation_id=correlation_id(),
            )
        )
        return str(execution.id)

    def answer(self, reference: str) -> FormAnswer:
        """What a respond node has said, else whether the run has ended and how."""
        outcome = stored_outcome(UUID(reference), wants_response=True)
        if outcome is None:
            return THANKS  # it is no longer kept
        if outcome.response is not None:
            return _answer_of(outcome.response)
        if outcome.status not in FINAL_STATUSES:
            return PENDING
        return FAILED if outcome.status in {ExecutionStatus.ERROR, ExecutionStatus.CANCELED} else THANKS

    def hidden_from(self, actor: Actor) -> Any:
        """Private workflows of others, as a query."""
        rows = Workflow.objects.for_organization(actor.organization_id).filter(
            Q(scope=WorkflowScope.USER) & ~Q(created_by=actor.user_id)
        )
        as_text = Replace(Cast("id", CharField()), Value("-"), Value(""))
        return rows.annotate(owner_id=as_text).values("owner_id")

    def links(self, actor: Actor, ids: Sequence[str]) -> Mapping[str, OwnerLink]:
        """The pages of workflows that are not in the trash."""
        rows = visible_workflows(actor).filter(id__in=[UUID(hex=one) for one in ids]).values_list("id", "name")
        return {found.hex: OwnerLink(name, reverse("workflow", args=[found])) for found, name in rows}

    def reference_url(self, reference: str) -> str:
        """The page of the run."""
        return reverse("execution", args=[reference])


def _answer_of(response: WebResponse) -> FormAnswer:
    headers = {name.lower(): str(value) for name, value in response.headers.items()}
    if 300 <= response.status < 400 and is_web_address(headers.get("location", "")):
        return FormAnswer("redirect", headers["location"])
    text = _text_of(response, headers.get("content-type", ""))
    if response.status >= 400 and not text:
        return FAILED
    return FormAnswer("text", text[:MAX_SHOWN]) if text else THANKS


def _text_of(response: WebResponse, content_type: str) -> str:
    """The body as text: markup of a workflow never becomes markup of the product's own pages."""
    if response.body in (None, "", {}, []):
        return ""
    if not response.is_text:
        return json.dumps(response.body, ensure_ascii=False, indent=2)
    text = str(response.body)[: 4 * MAX_SHOWN]
    return html.unescape(strip_tags(text)).strip() if "html" in content_type.lower() else text

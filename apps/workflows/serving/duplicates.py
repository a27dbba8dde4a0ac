"""Calls that come twice: the second of a key is answered with the run of the first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from apps.core.public import dumps
from apps.workflows.constants import FINAL_STATUSES
from apps.workflows.engine.item_values import item_value
from apps.workflows.execution.seen import SeenKey
from apps.workflows.models import Execution
from apps.workflows.serving.routes import Route
from apps.workflows.serving.webhook_types import WebhookAnswer
from exprsn.kernel.clock import utc_now

DEFAULT_HOURS = 24.0
MAX_HOURS = 24.0 * 366


def key_of(route: Route, item: Mapping[str, Any]) -> SeenKey | None:
    """The key of a call, if its trigger has one and it comes to something. Raises ``dedupe_key_failed``."""
    text = route.parameters.get("dedupe_key")
    if text in (None, ""):
        return None
    now = utc_now()
    value = item_value(text, item, now=now, code="dedupe_key_failed")
    if value in (None, ""):
        return None
    return SeenKey(
        organization_id=route.organization_id,
        workflow_id=route.workflow_id,
        node_id=route.node_id,
        text=value if isinstance(value, str) else dumps(value).decode(),
        expires_at=now + timedelta(hours=_hours(route.parameters.get("dedupe_hours"))),
    )


def answer_duplicate(organization_id: UUID, execution_id: UUID) -> WebhookAnswer:
    """200 where the run of the first call has ended, else 202; nothing is started."""
    rows = Execution.objects.for_organization(organization_id).filter(id=execution_id)
    status = rows.values_list("status", flat=True).first()
    body = {"execution_id": str(execution_id), "status": status, "duplicate": True}
    goes_on = status is not None and status not in FINAL_STATUSES
    return WebhookAnswer(202 if goes_on else 200, dumps(body), headers={"X-Execution-ID": str(execution_id)})


def _hours(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return min(float(value), MAX_HOURS) if is_number and value > 0 else DEFAULT_HOURS

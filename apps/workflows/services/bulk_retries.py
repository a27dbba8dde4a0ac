"""Running many ended executions again with one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.workflows.access import visible_executions
from apps.workflows.constants import FINAL_STATUSES, ExecutionStatus
from apps.workflows.models import Execution
from apps.workflows.selectors.executions import executions_for
from apps.workflows.services.retries import RetryExecutions
from exprsn.kernel.errors import DomainError, InvalidInput, NotFound

MAX_RETRIED = 1_000
CHUNK = 100


@dataclass(slots=True)
class Retried:
    """What became of many retries. ``accepted``: old id and new run; ``more``: the filter finds others."""

    accepted: list[tuple[UUID, Execution]] = field(default_factory=list)
    refused: list[tuple[UUID, DomainError]] = field(default_factory=list)
    more: bool = False

    def to_data(self) -> dict[str, Any]:
        """As the API answers it."""
        return {
            "accepted": len(self.accepted),
            "refused": len(self.refused),
            "more": self.more,
            "executions": [{"id": str(run.id), "retry_of": str(former)} for former, run in self.accepted],
            "refusals": [
                {"execution": str(former), "code": error.code, "message": error.message}
                for former, error in self.refused
            ],
        }


def retry_executions(
    *,
    actor: Actor,
    ids: Sequence[UUID] | None = None,
    filters: Mapping[str, Any] | None = None,
    from_failed: bool = False,
    use_newest: bool = False,
) -> Retried:
    """Retry the executions of these ids, or those that the filters find: at most 1,000, each in its own transaction.

    Filters are those of the list; ``status`` is ``error`` if nothing is said. They leave out what has been retried
    already, so that the same request can be sent until there is no ``more``. One that cannot be retried is refused by
    itself. Raises ``InvalidInput`` when not exactly one of both is given, or for a status that is not final.
    """
    require(actor, Permission.EXECUTE)
    if (ids is None) == (filters is None):
        told = "Send either ids or a filter."
        raise InvalidInput(told, errors={"ids": [told]})
    done = Retried()
    chosen = list(dict.fromkeys(ids)) if ids is not None else _found(actor, filters or {}, done)
    if len(chosen) > MAX_RETRIED:
        told = f"At most {MAX_RETRIED} at once."
        raise InvalidInput(told, errors={"ids": [told]})
    retrier = RetryExecutions(actor, use_newest, from_failed)
    for at in range(0, len(chosen), CHUNK):
        _retry_some(actor, retrier, chosen[at : at + CHUNK], done)
    return done


def _found(actor: Actor, filters: Mapping[str, Any], done: Retried) -> list[UUID]:
    wanted = {"status": ExecutionStatus.ERROR, **{name: value for name, value in filters.items() if value}}
    if wanted["status"] not in FINAL_STATUSES:
        told = f"Only executions that have ended can be retried: {', '.join(sorted(FINAL_STATUSES))}."
        raise InvalidInput(told, errors={"filter.status": [told]})
    rows = executions_for(actor, wanted).filter(retries__isnull=True).order_by("id")
    ids = list(rows.values_list("id", flat=True)[: MAX_RETRIED + 1])
    done.more = len(ids) > MAX_RETRIED
    return ids[:MAX_RETRIED]


def _retry_some(actor: Actor, retrier: RetryExecutions, ids: Sequence[UUID], done: Retried) -> None:
    rows = visible_executions(actor).select_related("workflow", "version__document").filter(id__in=ids)
    found = {row.id: row for row in rows}
    for execution_id in ids:
        try:
            with transaction.atomic():
                done.accepted.append((execution_id, retrier.retry(_one(found, execution_id))))
        except DomainError as error:
            done.refused.append((execution_id, error))


def _one(found: Mapping[UUID, Execution], execution_id: UUID) -> Execution:
    if execution_id not in found:
        raise NotFound("There is no execution with this id in your organization.", code="execution_not_found")
    return found[execution_id]

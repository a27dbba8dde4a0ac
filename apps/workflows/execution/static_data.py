"""Static data in the database: changes of many runs at once, none lost and none made twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.core.public import dumps, fresh_connections
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.ports_static import (
    MAX_BYTES,
    RunOnlyStaticData,
    StaticChange,
    StaticOutcome,
    StaticPort,
    apply_change,
)
from apps.workflows.models import Execution
from apps.workflows.models.static_data import StaticDataChange, WorkflowStaticData
from exprsn.kernel.errors import TooLarge
from exprsn.kernel.jsonvalue import JsonObject, sane_json


class KeptStaticData:
    """Static data of one workflow, for a run in production."""

    def __init__(self, organization_id: UUID, workflow_id: UUID, execution_id: UUID) -> None:
        self._organization_id = organization_id
        self._workflow_id = workflow_id
        self._execution_id = execution_id

    def is_kept(self) -> bool:
        return True

    def read(self, scope: str) -> JsonObject:
        fresh_connections()
        return read_static_data(self._organization_id, self._workflow_id, scope)

    def apply(self, change: StaticChange, key: str) -> StaticOutcome:
        """One transaction: the row is locked, so no other run comes in between; the change is noted beside it."""
        fresh_connections()
        if change.operation == "get":
            return apply_change(read_static_data(self._organization_id, self._workflow_id, change.scope), change)
        with transaction.atomic():
            row = self._locked(change.scope)
            changes = StaticDataChange.objects.for_organization(self._organization_id)
            made = changes.filter(execution_id=self._execution_id, key=key).values_list("outcome", flat=True).first()
            if made is not None:
                return StaticOutcome(made["value"], made["existed"])
            outcome = apply_change(row.data, change)
            row.data = _fitting(row.data)
            row.version += 1
            row.save(update_fields=["data", "version", "updated_at"])
            StaticDataChange(
                organization_id=self._organization_id,
                execution_id=self._execution_id,
                key=key,
                outcome={"value": sane_json(outcome.value), "existed": outcome.existed},
            ).save(force_insert=True)
        return outcome

    def _locked(self, scope: str) -> WorkflowStaticData:
        rows = WorkflowStaticData.objects.for_organization(self._organization_id)
        row, _ = rows.get_or_create(
            workflow_id=self._workflow_id, key=scope, defaults={"organization_id": self._organization_id}
        )
        return rows.select_for_update().get(pk=row.pk)


def _fitting(data: JsonObject) -> Any:
    """The data as every database takes it. Raises ``TooLarge`` ``static_data_too_large``."""
    clean = sane_json(data)
    if len(dumps(clean)) > MAX_BYTES:
        raise TooLarge(
            f"Static data holds at most {MAX_BYTES // 1024} KB. Delete entries, or keep large data in a database.",
            code="static_data_too_large",
        )
    return clean


def read_static_data(organization_id: UUID, workflow_id: UUID, scope: str = "") -> JsonObject:
    """The data of a scope; empty when there is none."""
    rows = WorkflowStaticData.objects.for_organization(organization_id)
    data: JsonObject | None = rows.filter(workflow_id=workflow_id, key=scope).values_list("data", flat=True).first()
    return data or {}


def static_data_of(execution: Execution) -> StaticPort:
    """The static data of a run. Runs by hand and dry runs see what is kept, and keep nothing themselves."""
    if execution.trigger_mode in BY_HAND or execution.dry_run:
        return RunOnlyStaticData(
            load=lambda scope: read_static_data(execution.organization_id, execution.workflow_id, scope)
        )
    return KeptStaticData(execution.organization_id, execution.workflow_id, execution.id)

from __future__ import annotations

from apps.core.models.bases import OrganizationModel, TimestampedModel, TrashableModel, UuidModel
from apps.core.models.hosts import HostBreaker, RateRow
from apps.core.models.idempotency import IdempotencyRecord
from apps.core.models.locks import LockRow
from apps.core.models.names import NameField
from apps.core.models.outbox import OutboxEvent
from apps.core.models.scoping import OrganizationManager, ScopeMissing, organization_scope
from apps.core.models.stored_file import FileUse, StoredFile
from apps.core.models.workers import WorkerRow

__all__ = [
    "FileUse",
    "HostBreaker",
    "IdempotencyRecord",
    "LockRow",
    "NameField",
    "OrganizationManager",
    "OrganizationModel",
    "OutboxEvent",
    "RateRow",
    "ScopeMissing",
    "StoredFile",
    "TimestampedModel",
    "TrashableModel",
    "UuidModel",
    "WorkerRow",
    "organization_scope",
]

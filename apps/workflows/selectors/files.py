"""Finding the files that people may fetch: those of runs that they may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef

from apps.accounts.contracts import Actor
from apps.core.contracts import FileRef
from apps.core.models import FileUse
from apps.core.public import stored_file
from apps.workflows.access import visible_executions
from exprsn.kernel.errors import NotFound


def file_for(actor: Actor, file_id: UUID) -> FileRef:
    """A file to which a run refers that the actor may see. Raises ``file_not_found``."""
    runs = visible_executions(actor)
    uses = FileUse.objects.filter(file_id=file_id, organization_id=actor.organization_id)
    row = stored_file(actor.organization_id, file_id)
    if row is None or not uses.filter(Exists(runs.filter(id=OuterRef("owner_id")))).exists():
        raise NotFound("There is no file with this id in your organization.", code="file_not_found")
    return FileRef(row.id, "", "", row.size, row.sha256)

"""The files of one run: kept for its organization, and as long as it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from apps.core.public import open_file, store_file
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_files import Reference
from apps.workflows.execution.outside import as_node_errors
from exprsn.kernel.jsonvalue import JsonObject


class StoredFiles:
    """The port of real runs. What is stored belongs to the execution from the moment it is there."""

    def __init__(self, organization_id: UUID, execution_id: UUID) -> None:
        self._organization_id = organization_id
        self._execution_id = execution_id

    @property
    def max_bytes(self) -> int:
        return int(settings.EXPRSN_FILE_MAX_BYTES)

    def store(self, content: bytes | Iterable[bytes], *, name: str, media_type: str) -> JsonObject:
        with as_node_errors():
            stored = store_file(
                self._organization_id,
                content,
                name=name,
                media_type=media_type,
                owner=self._execution_id,
                max_bytes=self.max_bytes,
            )
        return stored.to_data()

    def open(self, reference: Reference) -> BinaryIO:
        file_id = reference.get("id")
        if not isinstance(file_id, str):
            raise NodeError("This is no reference to a file: it has no id.", kind="file_not_found")
        with as_node_errors():
            return open_file(self._organization_id, file_id)

"""Files of a test's run: kept in memory and gone with it. Those of the recorded run can be read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_files import FilePort, NoFiles, Reference
from exprsn.kernel.jsonvalue import JsonObject

MAX_BYTES = 4 * 1024 * 1024
MAX_IN_ALL = 32 * 1024 * 1024


@dataclass(slots=True)
class FilesInMemory:
    """Stores nothing outside. ``kept``: where files are read that this run did not make."""

    kept: FilePort = field(default_factory=NoFiles)
    max_bytes: int = MAX_BYTES
    _files: dict[str, bytes] = field(default_factory=dict)
    _size: int = 0

    def store(self, content: bytes | Iterable[bytes], *, name: str, media_type: str) -> JsonObject:
        """Keep bytes for the length of the run. Raises ``NodeError`` (``file_too_large``)."""
        made = bytearray()
        for piece in [content] if isinstance(content, bytes) else content:
            made += piece
            if len(made) > self.max_bytes or self._size + len(made) > MAX_IN_ALL:
                raise NodeError("The files of a test’s run are larger than it may keep.", kind="file_too_large")
        file_id = f"test-file-{len(self._files)}"
        self._files[file_id] = bytes(made)
        self._size += len(made)
        digest = hashlib.sha256(made).hexdigest()
        return {"id": file_id, "file_name": name, "media_type": media_type, "size": len(made), "sha256": digest}

    def open(self, reference: Reference) -> BinaryIO:
        """The bytes of a file of this run, else of one that was kept before."""
        found = self._files.get(str(reference.get("id")))
        return self.kept.open(reference) if found is None else io.BytesIO(found)

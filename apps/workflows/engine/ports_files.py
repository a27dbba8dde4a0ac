"""What nodes may ask of the store of files. Items carry references, never bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Protocol

from exprsn.kernel.errors import Unavailable
from exprsn.kernel.jsonvalue import JsonObject

Reference = Mapping[str, Any]


class FilePort(Protocol):
    """Keeps and opens the files of the workflow's organization. Raises ``NodeError``."""

    @property
    def max_bytes(self) -> int:
        """The largest file that may be stored."""

    def store(self, content: bytes | Iterable[bytes], *, name: str, media_type: str) -> JsonObject:
        """Keep bytes; answers ``{id, file_name, media_type, size, sha256}``, ready for an item's ``binary``."""

    def open(self, reference: Reference) -> BinaryIO:
        """The bytes that a reference stands for; to be closed by the caller."""


class NoFiles:
    """For runs beside which there is no store of files."""

    max_bytes = 0

    def store(self, content: bytes | Iterable[bytes], *, name: str, media_type: str) -> JsonObject:
        raise Unavailable("There is no place for files here.", code="files_unavailable")

    def open(self, reference: Reference) -> BinaryIO:
        raise Unavailable("There is no place for files here.", code="files_unavailable")

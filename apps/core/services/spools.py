"""Bytes on their way into the storage: hashed and counted in pieces, on disk once they are many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO

from django.conf import settings

from exprsn.kernel.errors import TooLarge

PIECE = 256 * 1024
IN_MEMORY = 1024 * 1024
Content = bytes | Iterable[bytes] | BinaryIO | IO[bytes]


@dataclass(slots=True)
class Spool:
    """Bytes at hand, read from their beginning."""

    file: SpooledTemporaryFile[bytes]
    sha256: str
    size: int


@contextmanager
def spooled(content: Content, max_bytes: int | None = None) -> Iterator[Spool]:
    """All of the content, read once. Raises ``TooLarge`` ``file_too_large`` as soon as the limit is passed."""
    digest, size = hashlib.sha256(), 0
    with SpooledTemporaryFile(IN_MEMORY, dir=str(spool_folder())) as file:
        for piece in pieces(content):
            size += len(piece)
            if max_bytes is not None and size > max_bytes:
                raise TooLarge(f"The file is larger than {max_bytes} bytes.", code="file_too_large")
            digest.update(piece)
            file.write(piece)
        file.seek(0)
        yield Spool(file, digest.hexdigest(), size)


def pieces(content: Content) -> Iterator[bytes]:
    """The content in pieces of bounded size, unless it comes in other ones."""
    if isinstance(content, bytes):
        yield content
    elif hasattr(content, "read"):
        while piece := content.read(PIECE):
            yield piece
    else:
        yield from content


def spool_folder() -> Path:
    """Where files lie that have no name; the system's own folder for such may be in memory."""
    folder = Path(settings.EXPRSN_DATA_DIR) / "spool"
    folder.mkdir(parents=True, exist_ok=True)
    return folder

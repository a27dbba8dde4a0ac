"""Files that calls bring, and files that they are answered with."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from apps.core.public import open_file, store_file
from apps.workflows.engine.node_type import WebResponse
from apps.workflows.serving.bodies import BodyFile
from apps.workflows.serving.webhook_types import WebhookAnswer

PIECE = 64 * 1024


def kept_files(organization_id: UUID, files: Sequence[BodyFile]) -> dict[str, Any]:
    """Keep what a call brought, before its run is accepted. Property → reference, for an item's ``binary``."""
    return {
        file.property: store_file(organization_id, file.content, name=file.name, media_type=file.media_type).to_data()
        for file in files
    }


def file_answer(organization_id: UUID, response: WebResponse, headers: dict[str, str]) -> WebhookAnswer:
    """A file as an answer, sent in pieces. Raises ``file_not_found``."""
    file = response.file or {}
    stream = open_file(organization_id, str(file.get("id")))
    size = stream.seek(0, 2)
    stream.seek(0)
    given = dict(headers)
    content_type = given.pop("content-type", _media_type(file.get("media_type")))
    given.setdefault("content-disposition", _as_download(str(file.get("file_name") or "")))
    return WebhookAnswer(response.status, b"", content_type, {**given, "Content-Length": str(size)}, _pieces(stream))


def _media_type(given: Any) -> str:
    fits = isinstance(given, str) and given.isascii() and given.isprintable() and "/" in given
    return str(given) if fits else "application/octet-stream"


def _as_download(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}" if name else "attachment"


def _pieces(stream: Any) -> Generator[bytes, None, None]:
    with stream:
        while piece := stream.read(PIECE):
            yield piece

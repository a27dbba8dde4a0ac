"""Sending stored files to browsers and programs: always to be saved, never to be shown as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from apps.core.contracts import FileRef
from apps.core.services.files import file_name_of, open_file
from apps.core.services.spools import PIECE

# What a browser only ever shows as a picture, plays, or takes for plain text.
SAFE_TYPES = frozenset(
    {
        "application/json", "application/pdf", "application/zip", "audio/mpeg", "audio/ogg", "audio/wav", "image/avif",
        "image/gif", "image/jpeg", "image/png", "image/webp", "text/csv", "text/plain", "video/mp4", "video/webm",
    }
)  # fmt: skip
ANY_TYPE = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def send_file(request: HttpRequest, organization_id: UUID, file: FileRef) -> HttpResponseBase:
    """The file, or the one range of it that was asked for."""
    etag = f'"{file.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return _with_headers(HttpResponse(status=304), file, etag)
    span = _range(request, file.size, etag)
    if span is None:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
        return _with_headers(refused, file, etag)
    start, end = span
    status = 200 if end - start == file.size else 206
    answer = StreamingHttpResponse(_part(organization_id, file.id, start, end), status=status)
    answer["Content-Length"] = str(end - start)
    if answer.status_code == 206:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return _with_headers(answer, file, etag)


def _with_headers(answer: HttpResponseBase, file: FileRef, etag: str) -> HttpResponseBase:
    answer["Content-Type"] = file.media_type if file.media_type in SAFE_TYPES else ANY_TYPE
    answer["Content-Disposition"] = content_disposition_header(True, file_name_of(file.file_name)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    return answer


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The first byte and the one after the last; None for a range that the file does not have. Several ranges, and a
    range of another version, are answered with the whole file."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or request.headers.get("If-Range", etag) != etag or not (asked[1] or asked[2]):
        return 0, size
    if not asked[1]:
        start, end = max(0, size - int(asked[2])), size
    else:
        start, end = int(asked[1]), min(size, int(asked[2]) + 1 if asked[2] else size)
    return (start, end) if start < end else None


def _part(organization_id: UUID, file_id: UUID, start: int, end: int) -> Iterator[bytes]:
    """Opened when the first piece is asked for, so that an answer that nobody reads holds nothing open."""
    with open_file(organization_id, file_id) as content:
        content.seek(start)
        while start < end and (piece := content.read(min(PIECE, end - start))):
            start += len(piece)
            yield piece

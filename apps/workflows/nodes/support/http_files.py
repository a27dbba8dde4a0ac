"""Files in HTTP calls: bodies that are read from them, and answers that become them. Their bytes pass in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from email.message import Message
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from apps.core.contracts import StreamedBody
from apps.workflows.engine.node_type import NodeContext, NodeError
from apps.workflows.nodes.support.files import PIECE, file_of, size_of
from apps.workflows.nodes.support.parameters import name_value_pairs
from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.jsonvalue import JsonObject

_TEXT_TYPES = ("text/", "application/xml", "application/javascript", "application/x-www-form-urlencoded")


def is_text_type(media_type: str) -> bool:
    """Whether a body of this type is text that can stand in an item; without a type it is taken for JSON."""
    return not media_type or "json" in media_type or media_type.startswith(_TEXT_TYPES) or media_type.endswith("+xml")


class AnswerKeeper:
    """Keeps the body of an answer as a file, where the node's parameters or its media type say so."""

    def __init__(self, context: NodeContext, item: int) -> None:
        self._files = context.ports.files
        self._wanted = context.param("response_format", item)

    @property
    def max_bytes(self) -> int:
        """What the store of files takes."""
        return self._files.max_bytes

    def wants(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether it is a file. What an error says is text."""
        if self._wanted == "file":
            return status < 400
        return self._wanted == "auto" and 200 <= status < 300 and not is_text_type(_media_type(headers))

    def keep(self, headers: Mapping[str, str], pieces: Iterator[bytes], url: str) -> JsonObject:
        """The reference to it."""
        return self._files.store(pieces, name=_name(headers, url), media_type=_media_type(headers))


def file_body(context: NodeContext, item: int) -> tuple[StreamedBody, str]:
    """A file of the item as the body, and its media type."""
    reference = file_of(context, text_of(context.param("body_file", item)), item, "body_file")
    body = StreamedBody(size_of(context, reference), lambda: _read(context, reference))
    return body, str(reference.get("media_type") or "application/octet-stream")


def multipart_body(context: NodeContext, item: int, fields: list[tuple[str, str]]) -> tuple[bytes | StreamedBody, str]:
    """Fields and files as a form, and its content type."""
    boundary = uuid4().hex
    content_type = f"multipart/form-data; boundary={boundary}"
    parts: list[bytes | JsonObject] = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, value in name_value_pairs(context.param("body_files", item) or [], item=item, parameter="body_files"):
        reference = file_of(context, text_of(value), item, "body_files")
        parts += [_head(boundary, name, reference), reference, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    if all(isinstance(part, bytes) for part in parts):
        return b"".join(part for part in parts if isinstance(part, bytes)), content_type
    size = sum(len(part) if isinstance(part, bytes) else size_of(context, part) for part in parts)
    return StreamedBody(size, lambda: _joined(context, parts)), content_type


def _head(boundary: str, name: str, reference: JsonObject) -> bytes:
    file_name = _quoted(str(reference.get("file_name") or "file"))
    media_type = str(reference.get("media_type") or "application/octet-stream")
    if not media_type.isprintable():
        raise NodeError("The media type of the file cannot be sent like that.", kind="bad_value")
    where = f'Content-Disposition: form-data; name="{_quoted(name)}"; filename="{file_name}"'
    return f"--{boundary}\r\n{where}\r\nContent-Type: {media_type}\r\n\r\n".encode()


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _joined(context: NodeContext, parts: Iterable[bytes | JsonObject]) -> Iterator[bytes]:
    for part in parts:
        if isinstance(part, bytes):
            yield part
        else:
            yield from _read(context, part)


def _read(context: NodeContext, reference: Mapping[str, Any]) -> Iterator[bytes]:
    with context.ports.files.open(reference) as file:
        while piece := file.read(PIECE):
            yield piece


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _name(headers: Mapping[str, str], url: str) -> str:
    """What the server calls the file, else the end of its address."""
    told = Message()
    told["Content-Disposition"] = " ".join(headers.get("content-disposition", "").split())
    named = told.get_filename()
    return named or unquote(urlsplit(url).path.rpartition("/")[2])

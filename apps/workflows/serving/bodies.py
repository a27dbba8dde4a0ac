"""Webhook bodies of every kind, as JSON values."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from apps.core.public import loads_untrusted
from apps.workflows.serving.webhook_types import WebhookCall
from exprsn.kernel.errors import MalformedInput

MAX_FIELDS = 2_000
MAX_PARTS = 200


def parse_body(call: WebhookCall) -> Any:
    """The body as JSON, by its content type: JSON, form, multipart, text; other bytes as Latin-1 text.

    Raises ``MalformedInput`` naming line and column, or the field.
    """
    if not call.body:
        return {}
    kind = call.content_type.partition(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        return loads_untrusted(call.body)
    if kind == "application/x-www-form-urlencoded":
        return parse_fields(_text(call))
    if kind == "multipart/form-data":
        return _multipart(call)
    return _text(call)


def parse_fields(text: str) -> dict[str, Any]:
    """Form or query fields; a name that comes more than once becomes a list."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace")
    except ValueError:
        raise MalformedInput(f"More than {MAX_FIELDS} form fields.", code="malformed_form") from None
    return collect(pairs)


def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Pairs as an object; repeated names become lists."""
    fields: dict[str, Any] = {}
    repeated: set[str] = set()
    for name, value in pairs:
        if name in repeated:
            fields[name].append(value)
        elif name in fields:
            fields[name] = [fields[name], value]
            repeated.add(name)
        else:
            fields[name] = value
    return fields


def _text(call: WebhookCall) -> str:
    charset = "utf-8"
    for part in call.content_type.split(";")[1:]:
        name, _, value = part.strip().partition("=")
        if name.lower() == "charset":
            charset = value.strip("\"'") or charset
    try:
        text = call.body.decode(charset) if charset.isascii() else call.body.decode()
    except (LookupError, ValueError):
        # Not a codec for text, unknown, or the bytes are not in it: every byte is then a character.
        return call.body.decode("latin-1")
    # Some codecs (utf-7) give lone surrogates, which no JSON and no database takes.
    return text.encode("utf-8", "replace").decode()


def _multipart(call: WebhookCall) -> dict[str, Any]:
    head = f"Content-Type: {call.content_type}\r\n\r\n".encode("latin-1", "replace")
    try:
        message = BytesParser(policy=HTTP).parsebytes(head + call.body)
    except RecursionError:
        raise MalformedInput("The multipart body is nested too deep.", code="malformed_multipart") from None
    if not message.is_multipart():
        raise MalformedInput("The multipart body has no readable boundary.", code="malformed_multipart")
    pairs: list[tuple[str, Any]] = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise MalformedInput(f"More than {MAX_PARTS} parts.", code="malformed_multipart")
        name = part.get_param("name", header="content-disposition")
        if part.is_multipart() or not isinstance(name, str):
            continue
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        pairs.append((name, _part_value(part.get_filename(), part.get_content_type(), content)))
    return collect(pairs)


def _part_value(file_name: str | None, content_type: str, content: bytes) -> Any:
    if file_name is None:
        return content.decode("utf-8", "replace")
    return {"file_name": file_name, "content_type": content_type, "size": len(content)}

"""Webhook bodies of every kind, as JSON values and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from apps.core.public import loads_untrusted
from apps.workflows.serving.webhook_types import WebhookCall
from exprsn.kernel.errors import MalformedInput

MAX_FIELDS = 2_000
MAX_PARTS = 200


# Types without ``text/`` that are text all the same.
_TEXTS = frozenset(
    {
        "",
        "application/graphql",
        "application/javascript",
        "application/jwt",
        "application/ndjson",
        "application/sql",
        "application/toml",
        "application/x-ndjson",
        "application/x-yaml",
        "application/xml",
        "application/yaml",
    }
)


@dataclass(frozen=True, slots=True)
class BodyFile:
    """A file in a body. ``property`` is where the item has it: the form field's name, or ``data``."""

    property: str
    name: str
    media_type: str
    content: bytes = field(repr=False)

    def described(self) -> dict[str, Any]:
        """What stands for it among the fields."""
        return {"file_name": self.name, "content_type": self.media_type, "size": len(self.content)}


@dataclass(frozen=True, slots=True)
class Body:
    """A body: ``value`` as JSON, and the files that it brought."""

    value: Any
    files: list[BodyFile] = field(default_factory=list)


def read_body(call: WebhookCall) -> Body:
    """The body by its content type: JSON, form, multipart, text; anything else is a file.

    Raises ``MalformedInput`` naming line and column, or the field.
    """
    if not call.body:
        return Body({})
    kind = call.content_type.partition(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        return Body(loads_untrusted(call.body))
    if kind == "application/x-www-form-urlencoded":
        return Body(parse_fields(_text(call)))
    if kind == "multipart/form-data":
        return _multipart(call)
    if kind.startswith("text/") or kind.endswith("+xml") or kind in _TEXTS:
        return Body(_text(call))
    file = BodyFile("data", "", kind[:200], call.body)
    return Body(file.described(), [file])


def parse_body(call: WebhookCall) -> Any:
    """The body as JSON alone; files are described, their content is left."""
    return read_body(call).value


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


def _multipart(call: WebhookCall) -> Body:
    head = f"Content-Type: {call.content_type}\r\n\r\n".encode("latin-1", "replace")
    try:
        message = BytesParser(policy=HTTP).parsebytes(head + call.body)
    except RecursionError:
        raise MalformedInput("The multipart body is nested too deep.", code="malformed_multipart") from None
    if not message.is_multipart():
        raise MalformedInput("The multipart body has no readable boundary.", code="malformed_multipart")
    pairs: list[tuple[str, Any]] = []
    files: list[BodyFile] = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise MalformedInput(f"More than {MAX_PARTS} parts.", code="malformed_multipart")
        name = part.get_param("name", header="content-disposition")
        if part.is_multipart() or not isinstance(name, str):
            continue
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        file_name = part.get_filename()
        if file_name is None:
            pairs.append((name, content.decode("utf-8", "replace")))
            continue
        file = BodyFile(_free(name, files), file_name, part.get_content_type(), content)
        files.append(file)
        pairs.append((name, file.described()))
    return Body(collect(pairs), files)


def _free(name: str, files: list[BodyFile]) -> str:
    """The property of a further file of one field: ``photo``, ``photo_1``, ``photo_2``."""
    taken = {file.property for file in files}
    base = name or "data"
    return base if base not in taken else next(f for n in range(1, MAX_PARTS + 2) if (f := f"{base}_{n}") not in taken)

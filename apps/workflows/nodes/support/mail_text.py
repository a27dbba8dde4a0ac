"""Messages and their addresses, from the parameters of a node."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses
from hashlib import sha256
from typing import Any

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support.values import text_of

MAX_RECIPIENTS = 100
MAX_ADDRESSES = 20_000
MAX_SUBJECT = 998
MAX_BODY = 10 * 1024 * 1024
MAX_ATTACHMENTS = 50
MAX_ATTACHED = 25 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_KIND = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}")
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_DOMAIN = re.compile(r"(?=.{1,253}$)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*|\[[0-9A-Fa-f.:IPv]+\]")
# Seven bits: what every server on the way takes.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=78)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


def header_text(value: Any, *, item: int, parameter: str) -> str:
    """A value for one line of a header. Raises ``NodeError`` ``bad_header`` for line breaks and their like."""
    text = text_of(value).strip()
    if _CONTROL.search(text):
        raise NodeError(
            "A line break or another control character cannot stand here.",
            kind="bad_header",
            item=item,
            parameter=parameter,
        )
    return text


def addresses(value: Any, *, item: int, parameter: str) -> list[Address]:
    """Addresses from a text with commas or semicolons, or from a list; ``Name <a@example.com>`` too."""
    entries = value if isinstance(value, list) else [value]
    texts = [header_text(entry, item=item, parameter=parameter) for entry in entries[: MAX_RECIPIENTS + 1]]
    if sum(map(len, texts)) > MAX_ADDRESSES:
        raise _bad_address("too long", item, parameter)
    found = []
    for text in texts:
        parsed = getaddresses([_with_commas(text)]) if text else []
        found += [_address(name, spec, text, item, parameter) for name, spec in parsed if name or spec or text]
    return found


def _with_commas(text: str) -> str:
    """Semicolons outside of quotes, as some write them, become commas."""
    parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
    return "".join(part if at % 2 else part.replace(";", ",") for at, part in enumerate(parts)).strip(", ")


def _address(name: str, spec: str, text: str, item: int, parameter: str) -> Address:
    if spec not in text:
        raise _bad_address(text, item, parameter)  # the library mends what it cannot read
    local, at, domain = spec.rpartition("@")
    try:
        domain = domain.encode("idna").decode() if not domain.startswith("[") else domain
    except UnicodeError:
        domain = ""
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise _bad_address(spec or text, item, parameter)
    try:
        return Address(display_name=name, username=local, domain=domain)
    except (ValueError, IndexError):
        raise _bad_address(spec, item, parameter) from None


def _bad_address(text: str, item: int, parameter: str) -> NodeError:
    return NodeError(
        f"{text[:100]!r} is no e-mail address. Write name@example.com or Name <name@example.com>.",
        kind="bad_address",
        item=item,
        parameter=parameter,
    )


def message_id(key: str, sender: Address) -> str:
    """The same for every try of the same message, so that a second one can be known as such."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{sender.domain.strip('[]') or 'localhost'}>"


def build_message(
    *,
    key: str,
    moment: datetime,
    sender: Address,
    to: Sequence[Address],
    cc: Sequence[Address],
    reply_to: Sequence[Address],
    subject: str,
    text: str | None,
    html: str | None,
    attachments: Sequence[Attachment] = (),
) -> tuple[bytes, str]:
    """The message as it travels, and its ``Message-ID``. Blind copies are named in the envelope only."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    for name, group in (("To", to), ("Cc", cc), ("Reply-To", reply_to)):
        if group:
            message[name] = tuple(group)
    message["Subject"] = subject
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = message_id(key, sender)
    if text is not None or html is None:
        message.set_content(_sound(text or ""), cte="quoted-printable")
        if html is not None:
            message.add_alternative(_sound(html), subtype="html", cte="quoted-printable")
    else:
        message.set_content(_sound(html), subtype="html", cte="quoted-printable")
    for each in attachments:
        kind, _, subkind = each.media_type.partition("/")
        if not _KIND.fullmatch(kind) or not _KIND.fullmatch(subkind) or kind in ("multipart", "message"):
            kind, subkind = "application", "octet-stream"
        name = _CONTROL.sub(" ", _sound(each.name)) or "file"
        message.add_attachment(each.content, maintype=kind, subtype=subkind, filename=name)
    return message.as_bytes(), str(message["Message-ID"])


def _sound(text: str) -> str:
    """Text without halves of characters, which cannot be encoded."""
    return text.encode("utf-8", "replace").decode("utf-8")

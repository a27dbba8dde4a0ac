"""What nodes may ask of a mail server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from exprsn.kernel.errors import Unavailable


@dataclass(frozen=True, slots=True)
class MailCall:
    """One message for one server. ``server`` are the fields of an smtp credential; ``timeout`` is for the whole
    exchange, in seconds."""

    server: Mapping[str, str] = field(repr=False)
    sender: str
    recipients: Sequence[str]
    message: bytes
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class RefusedRecipient:
    """An address that the server did not take, and why."""

    address: str
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """Who the server took the message for; ``reply`` is its last word."""

    accepted: Sequence[str]
    refused: Sequence[RefusedRecipient] = ()
    reply: str = ""


class MailPort(Protocol):
    """Hands messages over. Raises ``NodeError`` when the server takes one for nobody, or cannot be reached."""

    def send(self, call: MailCall) -> MailAnswer: ...


class NoMail:
    """For runs beside which there are no mail servers."""

    def send(self, call: MailCall) -> MailAnswer:
        raise Unavailable("There is no way to a mail server here.", code="mail_unavailable")

"""Handing messages to mail servers (SMTP), through the guard of outgoing connections."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings

from apps.core.public import cut_after, guarded_socket, host_of, port_of
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_mail import MailAnswer, MailCall, RefusedRecipient
from apps.workflows.execution.outside import as_node_errors
from exprsn.kernel.clock import monotonic
from exprsn.kernel.deadlines import within
from exprsn.kernel.effects import require_effect
from exprsn.kernel.errors import DomainError, UpstreamFailed

TEST_SECONDS = 15.0
MAX_REASON = 300


class Smtp(smtplib.SMTP):
    """A client on a socket that was opened, and secured, elsewhere; ``host`` is the name in the certificate."""

    def __init__(self, connected: socket.socket, host: str, seconds: float) -> None:
        super().__init__(local_hostname=_own_name(), timeout=seconds)
        self.sock = connected
        self._host = host  # what STARTTLS asks the certificate for

    def begin(self, *, encrypt: bool) -> None:
        """Hear the greeting and say who we are; with ``encrypt`` nothing else is said before the line is."""
        code, reply = self.getreply()
        if code != 220:
            raise smtplib.SMTPConnectError(code, reply)
        self.ehlo_or_helo_if_needed()
        if encrypt:
            self.starttls(context=ssl.create_default_context())
            self.ehlo()


class SmtpMail:
    """The mail port of real runs."""

    def send(self, call: MailCall) -> MailAnswer:
        with as_node_errors():
            try:
                with _signed_in(call.server, within(call.timeout)) as client:
                    return _handed_over(client, call)
            except smtplib.SMTPRecipientsRefused as error:
                raise _nobody(error.recipients) from None
            except smtplib.SMTPResponseException as error:
                raise _answered(error.smtp_code, error.smtp_error) from None


def try_mail_server(fields: Mapping[str, str]) -> None:
    """Connect and sign in. Raises ``DomainError``."""
    try:
        with _signed_in(fields, TEST_SECONDS) as client:
            client.noop()
    except smtplib.SMTPResponseException as error:
        raise _answered(error.smtp_code, error.smtp_error) from None


@contextmanager
def _signed_in(server: Mapping[str, str], seconds: float) -> Iterator[smtplib.SMTP]:
    host, port = host_of(server.get("host", "")), port_of(server.get("port", ""))
    connected = guarded_socket(host, port, seconds)
    ends = monotonic() + seconds  # the socket's own time-out may come before the cut, and smtplib hides it
    with cut_after(connected.fileno(), seconds) as was_cut:
        try:
            client = _opened(connected, host, server, seconds)
        except BaseException as error:
            connected.close()
            _raise_known(error, host, seconds, late=was_cut() or monotonic() >= ends)
            raise
        try:
            yield client
        except Exception as error:
            _raise_known(error, host, seconds, late=was_cut() or monotonic() >= ends)
            raise
        finally:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
            client.close()


def _opened(connected: socket.socket, host: str, server: Mapping[str, str], seconds: float) -> smtplib.SMTP:
    security = server.get("security", "starttls")
    if security == "tls":
        connected = ssl.create_default_context().wrap_socket(connected, server_hostname=host)
    client = Smtp(connected, host, seconds)
    try:
        client.begin(encrypt=security == "starttls")
        if server.get("user"):
            client.login(server["user"], server.get("password", ""))
    except BaseException:
        client.close()
        raise
    return client


def _raise_known(error: BaseException, host: str, seconds: float, *, late: bool) -> None:
    """Raise what has a name of ours for an error; return for an answer with a code, and for what is none of these."""
    if isinstance(error, DomainError | smtplib.SMTPSenderRefused | smtplib.SMTPRecipientsRefused):
        return
    if isinstance(error, smtplib.SMTPAuthenticationError):
        raise _refused_login(error) from None
    if isinstance(error, smtplib.SMTPResponseException) and not late:
        return
    if late or isinstance(error, TimeoutError):
        raise UpstreamFailed(f"{host} did not answer within {seconds:g} seconds.", code="timeout") from None
    if isinstance(error, smtplib.SMTPNotSupportedError):
        message = f"{host} does not offer what the credential asks for: {error}"
        raise NodeError(message, kind="smtp_not_supported") from None
    if isinstance(error, ssl.SSLError):
        raise NodeError(f"The encrypted connection to {host} failed: {error}.", kind="tls_failed") from None
    if isinstance(error, smtplib.SMTPException | OSError):
        raise UpstreamFailed(f"The connection to {host} was lost: {error}.", code="connection_failed") from None


def _handed_over(client: smtplib.SMTP, call: MailCall) -> MailAnswer:
    require_effect()
    refused = client.sendmail(call.sender, list(call.recipients), call.message)
    accepted = [address for address in call.recipients if address not in refused]
    return MailAnswer(accepted, [_refusal(address, *why) for address, why in refused.items()])


def _refusal(address: str, code: int, reason: bytes) -> RefusedRecipient:
    return RefusedRecipient(address, code, _text(reason))


def _nobody(recipients: Mapping[str, tuple[int, bytes]]) -> NodeError:
    """All recipients were refused: worth another try only if the server calls every refusal a passing one."""
    refused = [_refusal(address, *why) for address, why in recipients.items()]
    first = next((entry for entry in refused if entry.code >= 500), refused[0])
    return NodeError(
        f"The mail server took the message for nobody: {first.address}: {first.code} {first.reason}",
        kind=f"smtp_{first.code}",
        retryable=all(400 <= entry.code < 500 for entry in refused),
        details={"refused": [{"address": entry.address, "code": entry.code} for entry in refused]},
    )


def _answered(code: int, reason: bytes | str) -> NodeError:
    """4xx is a passing trouble, 5xx one that stays."""
    return NodeError(
        f"The mail server answered {code}: {_text(reason)}", kind=f"smtp_{code}", retryable=400 <= code < 500
    )


def _refused_login(error: smtplib.SMTPAuthenticationError) -> NodeError:
    return NodeError(
        f"The mail server does not take the user name and password ({error.smtp_code}). Check the credential.",
        kind="smtp_login_refused",
        retryable=400 <= error.smtp_code < 500,
    )


def _text(reason: bytes | str) -> str:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return " ".join(text.split())[:MAX_REASON]


def _own_name() -> str:
    """What to call ourselves: the host that people know, since the machine's own name is nobody's business."""
    host = urlsplit(settings.EXPRSN_PUBLIC_URL).hostname or "localhost"
    if ":" in host:
        return f"[IPv6:{host}]"
    return f"[{host}]" if host.replace(".", "").isdecimal() else host

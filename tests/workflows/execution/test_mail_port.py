"""Messages through a real mail server."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_mail import MailAnswer, MailCall
from apps.workflows.execution.mail_port import SmtpMail, try_mail_server
from exprsn.kernel.errors import DomainError
from tests.workflows.execution.smtp_server import Mailbox, free_port, mail_server

MESSAGE = b"Subject: Hello\r\n\r\nLine\r\n.dot\r\n"


@pytest.fixture(autouse=True)
def _allowed(settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8", "::1/128"]


def send(box: Mailbox, to: Any = ("a@example.com",), timeout: float = 20, **fields: str) -> MailAnswer:
    return SmtpMail().send(MailCall({**box.credential, **fields}, "me@example.com", to, MESSAGE, timeout))


def refused(box: Mailbox, **more: Any) -> NodeError:
    with pytest.raises(NodeError) as failure:
        send(box, **more)
    return failure.value


def test_a_message_arrives_as_it_is() -> None:
    with mail_server(Mailbox()) as box:
        answer = send(box, ["a@example.com", "b@example.com"])
    assert (answer.accepted, answer.refused) == (["a@example.com", "b@example.com"], [])
    (mail,) = box.messages
    assert mail["to"] == ["a@example.com", "b@example.com"]
    assert mail["from"].startswith("FROM:<me@example.com>")
    assert mail["data"] == MESSAGE.replace(b".dot", b"..dot")


def test_a_user_signs_in_and_a_wrong_password_is_no_reason_to_try_again() -> None:
    with mail_server(Mailbox(user=("ada", "pass"))) as box:
        assert send(box).accepted
        failure = refused(box, password="wrong")
    assert (failure.kind, failure.retryable) == ("smtp_login_refused", False)
    assert "wrong" not in failure.message


@pytest.mark.parametrize(
    ("replies", "kind", "retryable"),
    [
        ({"RCPT": "550 no such user"}, "smtp_550", False),
        ({"RCPT": "451 later"}, "smtp_451", True),
        ({"MAIL": "552 too big"}, "smtp_552", False),
        ({"DATA": "421 going down"}, "smtp_421", True),
        ({"END": "554 spam"}, "smtp_554", False),
        ({"END": "452 full"}, "smtp_452", True),
        ({"BANNER": "554 go away"}, "smtp_554", False),
        ({"BANNER": "421 busy"}, "smtp_421", True),
    ],
)
def test_what_the_server_answers_is_the_kind(replies: Any, kind: str, retryable: bool) -> None:
    with mail_server(Mailbox(replies=replies)) as box:
        failure = refused(box)
    assert (failure.kind, failure.retryable) == (kind, retryable)


def test_some_recipients_may_be_refused() -> None:
    with mail_server(Mailbox(replies={"RCPT": lambda to: "550 no one" if "b@" in to else None})) as box:
        answer = send(box, ["a@example.com", "b@example.com"])
    assert answer.accepted == ["a@example.com"]
    assert [(one.address, one.code, one.reason) for one in answer.refused] == [("b@example.com", 550, "no one")]


def test_one_lasting_refusal_of_all_is_lasting() -> None:
    with mail_server(Mailbox(replies={"RCPT": lambda to: "550 x" if "b@" in to else "451 y"})) as box:
        failure = refused(box, to=["a@example.com", "b@example.com"])
    assert (failure.kind, failure.retryable) == ("smtp_550", False)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "DATA"])
def test_a_server_that_says_nothing_is_left(command: str) -> None:
    with mail_server(Mailbox(hangs_at=command)) as box:
        failure = refused(box, timeout=0.5)
    assert (failure.kind, failure.retryable) == ("timeout", True)


def test_nobody_there() -> None:
    failure = refused(Mailbox(port=free_port()))
    assert (failure.kind, failure.retryable) == ("connection_failed", True)


def test_a_private_address_is_refused_unless_allowed(settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = []
    with mail_server(Mailbox()) as box:
        failure = refused(box)
    assert (failure.kind, failure.retryable) == ("outgoing_request_blocked", False)
    assert box.commands == []


@pytest.mark.parametrize("fields", [{"host": "/run/x"}, {"host": ""}, {"port": "0"}, {"port": "smtp"}])
def test_a_credential_that_names_no_server(fields: dict[str, str]) -> None:
    assert refused(Mailbox(port=25), **fields).kind in ("invalid_host", "invalid_port")


def certificate(folder: Path) -> Path:
    """A certificate for localhost, signed by itself, with its key."""
    now = datetime.datetime.now(datetime.UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
    builder = builder.not_valid_after(now + datetime.timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = folder / "both.pem"
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(pem))
    return path


@pytest.fixture
def secure(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, path


@pytest.mark.parametrize("implicit", [True, False])
def test_encrypted_with_the_right_name(secure: Any, monkeypatch: pytest.MonkeyPatch, implicit: bool) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    with mail_server(Mailbox(tls=secure[0], implicit=implicit)) as box:
        assert send(box).accepted
        assert [mail["secure"] for mail in box.messages] == [True]
        # The same server under a name that its certificate does not have.
        failure = refused(box, host="127.0.0.1")
    assert (failure.kind, failure.retryable) == ("tls_failed", False)
    assert len(box.messages) == 1


@pytest.mark.parametrize("implicit", [True, False])
def test_a_certificate_that_nobody_vouches_for(secure: Any, implicit: bool) -> None:
    with mail_server(Mailbox(tls=secure[0], implicit=implicit)) as box:
        assert refused(box).kind == "tls_failed"
    assert box.messages == []


def test_what_was_to_be_encrypted_never_goes_plain() -> None:
    with mail_server(Mailbox(user=("ada", "secret"))) as box:
        assert refused(box, security="starttls").kind == "smtp_not_supported"
    assert "AUTH" not in box.commands and "MAIL" not in box.commands


def test_trying_a_credential_sends_nothing() -> None:
    with mail_server(Mailbox(user=("ada", "pass"))) as box:
        try_mail_server(box.credential)
        with pytest.raises(DomainError, match="password"):
            try_mail_server({**box.credential, "password": "no"})
        box.replies["BANNER"] = "554 no"
        with pytest.raises(DomainError, match="554"):
            try_mail_server(box.credential)
    assert box.messages == [] and "MAIL" not in box.commands

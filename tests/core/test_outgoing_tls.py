from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from apps.core.public import guarded_request
from apps.core.services import outgoing, outgoing_transport
from apps.core.services.outgoing_transport import _GuardedBackend, _left, deadline
from exprsn.kernel.errors import UpstreamFailed

NOW = datetime.datetime.now(datetime.UTC)


def certificate(folder: Path) -> Path:
    """A certificate for secure.example, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "secure.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("secure.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secure(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Path]]:
    """The port of a TLS server called secure.example, and its certificate."""
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def serve() -> None:
        try:
            connection, _ = listener.accept()
            with connection, context.wrap_socket(connection, server_side=True) as stream:
                stream.recv(4096)
                stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(outgoing_transport.socket, "getaddrinfo", lambda *arguments, **options: found)
    yield port, path
    listener.close()
    thread.join(2)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: tuple[int, Path]) -> None:
    with pytest.raises(UpstreamFailed) as caught:
        guarded_request("GET", f"https://secure.example:{secure[0]}/")
    assert caught.value.code == "connection_failed"
    assert "certificate verify failed" in caught.value.message


def test_the_name_is_what_the_certificate_is_checked_for(
    secure: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting = ssl.create_default_context(cafile=str(secure[1]))
    with httpcore.ConnectionPool(ssl_context=trusting, network_backend=_GuardedBackend()) as pool:
        monkeypatch.setattr(outgoing, "connection_pool", lambda: pool)
        assert guarded_request("GET", f"https://secure.example:{secure[0]}/").body == b"hi"


def test_without_a_deadline_the_given_timeouts_hold() -> None:
    assert _left(3.0, httpcore.ReadTimeout) == 3.0
    with deadline(1):
        assert 0 < (_left(None, httpcore.ReadTimeout) or 0) <= 1
    with deadline(-1), pytest.raises(httpcore.ReadTimeout):
        _left(3.0, httpcore.ReadTimeout)

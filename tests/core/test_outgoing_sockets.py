"""Connections that are not HTTP: to the address that was checked, for no longer than allowed."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from apps.core.public import OutgoingBlocked, at_checked_address, cut_after, guarded_socket, host_of, port_of
from exprsn.kernel.errors import DomainError, InvalidInput, UpstreamFailed


@pytest.fixture
def listener() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def test_private_addresses_are_refused_unless_allowed(listener: Any, settings: Any) -> None:
    port = listener.getsockname()[1]
    with pytest.raises(OutgoingBlocked):
        guarded_socket("127.0.0.1", port, 5)
    settings.EXPRSN_OUTGOING_ALLOW = [f"127.0.0.1:{port}"]
    guarded_socket("127.0.0.1", port, 5).close()


def test_the_checked_address_is_the_one_that_is_used(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers a public address first and a private one then."""
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(host: str, port: int, **_: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    used: list[str] = []
    at_checked_address("rebind.example", 25, 5, lambda address, _: used.append(address))
    assert used == ["93.184.216.34"]
    with pytest.raises(OutgoingBlocked):
        at_checked_address("rebind.example", 25, 5, lambda address, _: used.append(address))


def test_every_address_is_tried_and_then_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 25)) for address in ("93.184.216.34", "1.1.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    tried: list[str] = []

    def connect(address: str, seconds: float) -> None:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    with pytest.raises(UpstreamFailed, match="Connection refused") as failed:
        at_checked_address("two.example", 25, 5, connect)
    assert (tried, failed.value.code) == (["93.184.216.34", "1.1.1.1"], "connection_failed")


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(DomainError) as failed:
        guarded_socket("nothing.invalid", 25, 5)
    assert failed.value.code == "connection_failed"


@pytest.mark.parametrize("text", ["", " ", "/run/socket", "a,b", "a b", "a\x00", "user@host", "x" * 254, "http://a"])
def test_what_is_no_host(text: str) -> None:
    with pytest.raises(InvalidInput):
        host_of(text)


def test_hosts_and_ports_are_read() -> None:
    assert [host_of(text) for text in (" DB.Example.com ", "[::1]", "bücher.de")] == [
        "db.example.com",
        "::1",
        "xn--bcher-kva.de",
    ]
    assert port_of(" 25 ") == 25
    for text in ("", "0", "65536", "-1", "25x", "٢٥" * 5):
        with pytest.raises(InvalidInput):
            port_of(text)


def test_a_connection_ends_in_time(listener: Any, settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8"]
    done = threading.Event()

    def drip() -> None:
        with listener.accept()[0] as other:
            while not done.wait(0.02):
                try:
                    other.send(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    with guarded_socket("127.0.0.1", listener.getsockname()[1], 30) as opened, cut_after(opened.fileno(), 0.3) as cut:
        while opened.recv(10):
            assert not done.is_set()
        assert cut()
    done.set()
    thread.join()


def test_a_connection_that_is_done_in_time_is_left_alone(listener: Any, settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8"]
    with guarded_socket("127.0.0.1", listener.getsockname()[1], 30) as opened:
        with cut_after(opened.fileno(), 60) as cut:
            pass
        assert not cut() and opened.send(b"x") == 1

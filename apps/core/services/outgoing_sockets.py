"""Outgoing connections that are not HTTP (mail servers, databases): to checked addresses, for a limited time."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import httpcore

from apps.core.services.outgoing_transport import CONNECT_SECONDS, checked_addresses
from exprsn.kernel.clock import monotonic
from exprsn.kernel.errors import InvalidInput, UpstreamFailed

# No slash, so that no path of a local socket is taken for a host; no comma, since libpq reads lists of hosts.
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")
_Opened = TypeVar("_Opened")


def host_of(text: str) -> str:
    """A host as the network knows it. Raises ``InvalidInput`` ``invalid_host``."""
    try:
        host = text.strip().strip("[]").encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise InvalidInput("The host is a name such as db.example.com, or an address.", code="invalid_host")
    return host


def port_of(text: str) -> int:
    """A port number. Raises ``InvalidInput`` ``invalid_port``."""
    if not text.strip().isdecimal() or len(text) > 8 or not 0 < int(text) < 65_536:
        raise InvalidInput("The port is a number from 1 to 65535.", code="invalid_port")
    return int(text)


def at_checked_address(host: str, port: int, seconds: float, connect: Callable[[str, float], _Opened]) -> _Opened:
    """What ``connect(address, seconds)`` answers for the first address of a host where it gets through.

    All addresses are checked, and it is given the checked address itself: a name that changes its address in between
    does not matter. Raises ``OutgoingBlocked``, ``UpstreamFailed`` ``connection_failed``, and what ``connect`` raises.
    """
    ends = monotonic() + seconds
    try:
        addresses = checked_addresses(host, port)
    except httpcore.ConnectError as error:
        raise UpstreamFailed(f"{host} could not be reached: {error}.", code="connection_failed") from None
    failure: OSError | None = None
    for address in addresses:
        try:
            return connect(address, max(0.1, min(ends - monotonic(), CONNECT_SECONDS)))
        except OSError as error:
            failure = error
    reason = failure.strerror or failure if failure else "it has no address"
    raise UpstreamFailed(f"{host}:{port} could not be reached: {reason}.", code="connection_failed") from failure


def guarded_socket(host: str, port: int, seconds: float) -> socket.socket:
    """A connected socket to a host that may be called; its own time-out is ``seconds``."""

    def connect(address: str, left: float) -> socket.socket:
        return socket.create_connection((address, port), left)

    opened = at_checked_address(host, port, seconds, connect)
    opened.settimeout(seconds)
    return opened


@contextmanager
def cut_after(fileno: int, seconds: float) -> Iterator[Callable[[], bool]]:
    """Within the block a connection lives no longer than this, however slowly the other side drips its bytes.

    Gives a function that says whether the connection was cut.
    """
    # A second descriptor of the same connection: the first may be closed, and its number be somebody else's by then.
    watched = socket.socket(fileno=os.dup(fileno))
    cut = threading.Event()

    def shut() -> None:
        cut.set()
        with suppress(OSError):
            watched.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield cut.is_set
    finally:
        timer.cancel()
        timer.join()
        watched.close()

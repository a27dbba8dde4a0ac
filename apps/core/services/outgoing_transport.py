"""Connections of outgoing requests: to checked addresses only, with one deadline for the whole exchange.

The check is made where the socket is opened, with the very address that is then used, so neither a redirect
nor a name that changes its address between check and use gets past it.
"""

from __future__ import annotations

import atexit
import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import structlog
from django.conf import settings

from apps.core.services.addresses import allow_list, is_public
from exprsn.kernel.clock import monotonic
from exprsn.kernel.effects import require_effect
from exprsn.kernel.errors import NotAllowed

logger = structlog.get_logger("exprsn.security")
CONNECT_SECONDS = 10.0
_deadline: ContextVar[float | None] = ContextVar("outgoing_deadline", default=None)


class OutgoingBlocked(NotAllowed):
    """The address is not one that the product may call."""

    default_code = "outgoing_request_blocked"


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Within the block no exchange takes longer, however slowly the other side drips its bytes."""
    token = _deadline.set(monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def _left(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    end = _deadline.get()
    if end is None:
        return timeout
    left = end - monotonic()
    if left <= 0:
        raise late("the deadline has passed")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A stream that keeps to the deadline of whoever uses it now."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        require_effect()
        self._inner.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets to checked addresses only."""

    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in checked_addresses(host, port):
            left = _left(timeout, httpcore.ConnectTimeout)
            try:
                return _Stream(self._inner.connect_tcp(address, port, left, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise OutgoingBlocked("Local sockets cannot be called.")


def checked_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, in the resolver's order, all of which may be called.

    Raises ``OutgoingBlocked``, and ``httpcore.ConnectError`` for a name that does not exist.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise httpcore.ConnectError(f"the name {host} is not known") from None
    allowed = allow_list(tuple(settings.EXPRSN_OUTGOING_ALLOW))
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    for text in addresses:
        address = ipaddress.ip_address(text)
        # One bad address among several is enough: which of them answers is not ours to choose.
        if not is_public(address) and not allowed.allows(host, port, address):
            logger.warning("outgoing_request_blocked", host=host, port=port, address=text)
            raise OutgoingBlocked(
                f"{host} is in a private network, which may not be called from here. An administrator can "
                "allow it with EXPRSN_OUTGOING_ALLOW.",
                params={"host": host},
            )
    return addresses


class _Pool:
    """The process-wide connection pool, made anew after a fork."""

    def __init__(self) -> None:
        self._pool: httpcore.ConnectionPool | None = None
        self._pid = 0
        self._lock = threading.Lock()

    def get(self) -> httpcore.ConnectionPool:
        """The pool of this process."""
        with self._lock:
            if self._pool is None or self._pid != os.getpid():
                self._pid = os.getpid()
                self._pool = httpcore.ConnectionPool(
                    ssl_context=ssl.create_default_context(),
                    max_connections=100,
                    max_keepalive_connections=20,
                    keepalive_expiry=30,
                    network_backend=_GuardedBackend(),
                )
            return self._pool

    def close(self) -> None:
        """Close the connections that this process opened."""
        with self._lock:
            if self._pool is not None and self._pid == os.getpid():
                self._pool.close()
            self._pool = None


_pool = _Pool()
atexit.register(_pool.close)


def connection_pool() -> httpcore.ConnectionPool:
    """The connection pool of this process."""
    return _pool.get()

"""The caller's address is what a trusted proxy says, never what the caller says."""

from __future__ import annotations

from typing import Any

import pytest

from apps.core.middleware.proxies import TrustedProxies


def seen(proxies: int, **headers: str) -> tuple[str, str]:
    """Address and scheme that the application sees."""
    found: list[tuple[str, str]] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        found.append((environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]))
        return []

    TrustedProxies(application, proxies)(
        {"REMOTE_ADDR": "10.0.0.9", "wsgi.url_scheme": "http", **headers}, lambda *_: None
    )
    return found[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.5", "10.0.0.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (2, "203.0.113.5", "10.0.0.9"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "", "10.0.0.9"),
        (1, "unknown", "10.0.0.9"),
        (1, "1.2.3.4\r\nX: y", "10.0.0.9"),
    ],
)
def test_the_address(proxies: int, forwarded: str, address: str) -> None:
    assert seen(proxies, HTTP_X_FORWARDED_FOR=forwarded)[0] == address


@pytest.mark.parametrize(
    ("proxies", "proto", "scheme"),
    [(0, "https", "http"), (1, "https", "https"), (1, "http", "http"), (1, "https, http", "http"), (1, "ftp", "http")],
)
def test_the_scheme(proxies: int, proto: str, scheme: str) -> None:
    assert seen(proxies, HTTP_X_FORWARDED_PROTO=proto)[1] == scheme

"""Behind proxies: who called, and how, as the nearest trusted proxy says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TrustedProxies:
    """WSGI middleware: takes the caller's address and scheme from the headers of ``proxies`` trusted proxies.

    Each proxy appends the address of its own caller to ``X-Forwarded-For``, so the caller is the entry that
    the outermost trusted one wrote, counted from the right; what stands left of it anybody may have sent.
    With no trusted proxy the headers mean nothing.
    """

    def __init__(self, application: WsgiApplication, proxies: int) -> None:
        self._application = application
        self._proxies = proxies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self._proxies:
            hops = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
            if len(hops) >= self._proxies and (address := _address(hops[-self._proxies])):
                environ["REMOTE_ADDR"] = address
            if environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip() == "https":
                environ["wsgi.url_scheme"] = "https"
        return self._application(environ, start_response)


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None

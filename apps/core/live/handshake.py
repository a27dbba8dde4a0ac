"""The request behind a websocket: headers, caller's address, and whether its origin may be here."""

from __future__ import annotations

from importlib import import_module
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie


def request_of(scope: dict[str, Any]) -> HttpRequest:
    """The handshake as a request with session and user, as the middleware would make it. Asks the database."""
    request = HttpRequest()
    request.META = _environ(scope)
    request.COOKIES = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    return request


def bearer_of(scope: dict[str, Any]) -> str:
    """The token of the ``Authorization`` header."""
    scheme, _, secret = _headers(scope).get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def address_of(scope: dict[str, Any]) -> str:
    """The caller's address."""
    return str(_environ(scope)["REMOTE_ADDR"])[:45]


def is_origin_allowed(scope: dict[str, Any]) -> bool:
    """A page of this very host, or of a trusted origin. Programs send none; they need a token."""
    headers = _headers(scope)
    origin = headers.get("origin", "")
    if not origin:
        return bool(bearer_of(scope))
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    parts = urlsplit(origin)
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == headers.get("host", "").lower()


def _headers(scope: dict[str, Any]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}


def _environ(scope: dict[str, Any]) -> dict[str, Any]:
    environ: dict[str, Any] = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in _headers(scope).items()}
    environ["REMOTE_ADDR"] = _address(environ.get("HTTP_X_FORWARDED_FOR", ""), (scope.get("client") or [""])[0])
    return environ


def _address(forwarded: str, peer: str) -> str:
    """As the outermost trusted proxy saw it, the same rule as for HTTP."""
    proxies, hops = settings.EXPRSN_TRUSTED_PROXIES, forwarded.split(",")
    if not proxies or len(hops) < proxies:
        return peer
    try:
        return str(ip_address(hops[-proxies].strip()))
    except ValueError:
        return peer

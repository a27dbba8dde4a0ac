"""Addresses of outgoing requests, parsed once, so that what is checked is what is sent."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

from exprsn.kernel.errors import InvalidInput

_PORTS = {"http": 80, "https": 443}
# What may stand in a path or query unescaped, and % itself: what is escaped already stays so.
_UNESCAPED = "%/?:@!$&'()*+,;=-._~[]"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. ``host`` is ASCII; ``path`` holds the query too and begins with a slash."""

    scheme: str
    host: str
    port: int
    path: str
    user: str = ""
    password: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what secrets are bound to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The ``Host`` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without user and password."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def basic_credentials(self) -> str | None:
        """User and password of the address as an ``Authorization`` header."""
        if not self.user and not self.password:
            return None
        pair = f"{self.user}:{self.password}".encode("utf-8", "replace")
        return f"Basic {base64.b64encode(pair).decode()}"

    def following(self, location: str) -> Target:
        """Where a redirect leads; credentials in it are not taken over."""
        try:
            absolute = urljoin(self.url, location)
        except ValueError:
            absolute = ""
        return replace(parse_target(absolute), user="", password="")


def parse_target(url: str, query: Sequence[tuple[str, str]] = ()) -> Target:
    """The target of an address and further query fields. Raises ``InvalidInput`` ``invalid_url``."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in _PORTS or not host or not all("!" <= character <= "~" for character in host):
        raise InvalidInput("The address must begin with http:// or https:// and name a host.", code="invalid_url")
    joined = "&".join(part for part in (parts.query, urlencode(list(query), errors="replace")) if part)
    path = _escaped(parts.path or "/") + (f"?{_escaped(joined)}" if joined else "")
    return Target(
        scheme=parts.scheme,
        host=host,
        port=_PORTS[parts.scheme] if port is None else port,
        path=path,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _escaped(text: str) -> str:
    return quote(text, safe=_UNESCAPED, errors="replace")

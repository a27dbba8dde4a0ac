"""Numbered Redis databases for what must not see each other's keys."""

from __future__ import annotations

from urllib.parse import urlsplit

DATABASES = 16


def numbered_redis_url(url: str, worker: str, *, offset: int = 1) -> str:
    """The address with the database that belongs to a test worker (``gw0``, ``gw1`` …)."""
    parts = urlsplit(url)
    first = int(parts.path.strip("/") or 0)
    number = (first + offset + int(worker.removeprefix("gw"))) % DATABASES
    return parts._replace(path=f"/{number}").geturl()

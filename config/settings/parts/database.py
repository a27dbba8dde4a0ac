"""The database: SQLite in the data folder, or what ``DATABASE_URL`` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.parts.paths import EXPRSN_DATA_DIR

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
)


def _sqlite(path: Path | str) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at the start: DEFERRED transactions fail at once when they upgrade.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_PRAGMAS},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # Parameters are bound by the server; a statement that comes again is prepared once for each connection.
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": True,
            "prepare_threshold": 2 if env.flag("EXPRSN_DATABASE_PREPARE", True) else None,
        },
    }


def database_from_url(url: str) -> dict[str, Any]:
    """Django's settings for a ``postgres://`` or ``sqlite:///`` address; an empty one is the embedded SQLite."""
    if not url:
        return _sqlite(EXPRSN_DATA_DIR / "exprsn.sqlite3")
    scheme = urlsplit(url).scheme
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    if scheme == "sqlite":
        return _sqlite(url.removeprefix("sqlite:///"))
    raise ImproperlyConfigured(f"DATABASE_URL must begin with postgres:// or sqlite:///, not {scheme!r}.")


DATABASES = {"default": database_from_url(env.text("DATABASE_URL"))}

"""Typed readers of environment variables that fail loudly, naming the variable."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str = "") -> str:
    """The variable as text; ``default`` when it is unset."""
    return os.environ.get(name, default)


def required_text(name: str) -> str:
    """The variable as text; refuses to go on without it."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} must be set.")
    return value


def flag(name: str, default: bool) -> bool:
    """The variable as yes or no: 1/0, true/false, yes/no, on/off."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    lowered = raw.strip().lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {raw!r}.")


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    """The variable as a whole number of at least ``minimum``."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None
    if value < minimum:
        raise ImproperlyConfigured(f"{name} must be at least {minimum}, not {value}.")
    return value


def seconds(name: str, default: float) -> float:
    """The variable as a positive number of seconds."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    try:
        value = float(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number of seconds, not {raw!r}.") from None
    if not 0 < value < 1e9:
        raise ImproperlyConfigured(f"{name} must be more than 0, not {raw!r}.")
    return value


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """The variable as a comma-separated list, blanks dropped."""
    raw = os.environ.get(name)
    if raw is None:
        return list(default)
    return [word.strip() for word in raw.split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """The variable as a folder, made absolute."""
    return Path(os.environ.get(name) or default).expanduser().resolve()

"""Secrets out of data that is logged, audited or shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

MASK = "***"
MAX_DEPTH = 50
_SHORTEST_SECRET = 4
_SECRET_NAME = re.compile(
    r"pass(word|wd|phrase)|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|encryption[-_]?key|authorization"
    r"|cookie|credential|session[-_]?(id|key)|signature|otp|^pin$",
    re.IGNORECASE,
)
_INNOCENT = frozenset({"token_id", "token_name", "token_type", "credential_id", "credential_name"})
_BEARER = re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(?<=://)([^/\s:@]*):([^/\s@]+)@")


def is_secret_name(name: str) -> bool:
    """Whether a field of this name holds a secret, going by the name."""
    return name.lower() not in _INNOCENT and _SECRET_NAME.search(name) is not None


def redact_text(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the given secrets, bearer and basic credentials, and passwords in addresses."""
    for secret in secrets:
        # Shorter ones would tear innocent words apart.
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, MASK)
    if "://" in text:
        text = _URL_PASSWORD.sub(rf"\1:{MASK}@", text)
    return _BEARER.sub(lambda found: f"{found[1]} {MASK}", text)


def redact(value: Any, secrets: Iterable[str] = ()) -> Any:
    """A copy of nested data with secrets masked: by field name, and known ``secrets`` wherever they appear.

    Mappings become dicts, sequences lists. What lies deeper than 50 levels is masked whole.
    """
    return _redact(value, tuple(secrets), 0)


def _redact(value: Any, secrets: tuple[str, ...], depth: int) -> Any:
    if isinstance(value, str):
        return redact_text(value, secrets)
    if isinstance(value, Mapping):
        if depth >= MAX_DEPTH:
            return MASK
        return {name: _member(name, member, secrets, depth + 1) for name, member in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return MASK if depth >= MAX_DEPTH else [_redact(member, secrets, depth + 1) for member in value]
    return value


def _member(name: Any, member: Any, secrets: tuple[str, ...], depth: int) -> Any:
    # That a secret is missing, or a switch about secrets is on, is no secret.
    tells = member is not None and member != "" and not isinstance(member, bool)
    if tells and isinstance(name, str) and is_secret_name(name):
        return MASK
    return _redact(member, secrets, depth)

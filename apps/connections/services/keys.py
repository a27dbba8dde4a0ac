"""Encryption keys: the first encrypts, all decrypt."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from exprsn.kernel.errors import Unavailable
from exprsn.kernel.keptfile import kept_text

MAX_KEY_ID = 32


class KeyRing:
    """Fernet keys by id, in the order of ``EXPRSN_ENCRYPTION_KEYS`` (``id:key,id:key``)."""

    def __init__(self, entries: list[str]) -> None:
        self._keys: dict[str, Fernet] = {}
        for entry in entries:
            key_id, _, key = entry.partition(":")
            if key_id in self._keys or not 0 < len(key_id) <= MAX_KEY_ID:
                raise ImproperlyConfigured(
                    f"EXPRSN_ENCRYPTION_KEYS: each key needs an id of its own, 1 to {MAX_KEY_ID} characters; "
                    f"{key_id!r} is too long, empty or there twice."
                )
            try:
                self._keys[key_id] = Fernet(key)
            except ValueError:
                raise ImproperlyConfigured(
                    f"EXPRSN_ENCRYPTION_KEYS: the key {key_id!r} is not a Fernet key (32 bytes, URL-safe base64)."
                ) from None

    @property
    def current(self) -> str:
        """The id of the key that encrypts."""
        return next(iter(self._keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the one that encrypts first."""
        return tuple(self._keys)

    def encrypt(self, data: bytes) -> tuple[str, bytes]:
        """``(key id, token)``."""
        return self.current, self._keys[self.current].encrypt(data)

    def decrypt(self, key_id: str, token: bytes) -> bytes:
        """The data; ``credential_unreadable`` when the key is gone."""
        key = self._keys.get(key_id)
        try:
            if key is None:
                raise InvalidToken
            return key.decrypt(token)
        except InvalidToken:
            raise Unavailable(
                "This credential cannot be decrypted with the keys that are configured. Enter it again.",
                code="credential_unreadable",
            ) from None


@lru_cache(maxsize=1)
def key_ring() -> KeyRing:
    """The configured keys; without any, one that is made once and kept in the data folder."""
    entries = list(settings.EXPRSN_ENCRYPTION_KEYS)
    return KeyRing(entries or [_kept_key(Path(settings.EXPRSN_DATA_DIR) / "keys" / "encryption_keys")])


def _kept_key(path: Path) -> str:
    return kept_text(path, lambda: f"first:{Fernet.generate_key().decode()}")

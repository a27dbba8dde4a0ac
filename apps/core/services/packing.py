"""Big JSON as bytes for the database: orjson, compressed when that pays."""

from __future__ import annotations

import zlib
from typing import Any

import orjson

from apps.core.services.jsontext import dumps
from exprsn.kernel.errors import InvalidInput
from exprsn.kernel.jsonvalue import is_deeper_than

PLAIN = 0
ZLIB = 1
COMPRESS_OVER_BYTES = 2048
MAX_PACKED_DEPTH = 250


def _exact(value: Any) -> Any:
    # orjson refuses integers beyond 64 bits; they are carried as JSON numbers all the same.
    if isinstance(value, int):
        return float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def pack(value: Any) -> tuple[int, bytes]:
    """``(encoding, bytes)`` of a JSON value. Raises ``InvalidInput`` (``json_too_deep``)."""
    try:
        raw = orjson.dumps(value, default=_exact, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        # Rare: lone surrogates, which are replaced, or more levels than could be read again.
        if is_deeper_than(value, MAX_PACKED_DEPTH):
            message = f"The data is nested deeper than {MAX_PACKED_DEPTH} levels, which cannot be kept."
            raise InvalidInput(message, code="json_too_deep") from None
        raw = dumps(value)
    if len(raw) > COMPRESS_OVER_BYTES:
        return ZLIB, zlib.compress(raw, 1)
    return PLAIN, raw


def unpack(encoding: int, data: bytes | memoryview) -> Any:
    """The JSON value that ``pack`` made these bytes of."""
    raw = bytes(data)
    return orjson.loads(zlib.decompress(raw) if encoding == ZLIB else raw)

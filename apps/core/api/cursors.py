"""Cursors: the ordering values of the last row given out, opaque to clients."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson

from exprsn.kernel.errors import MalformedInput

_LONGEST = 2000


def encode_cursor(ordering: Sequence[str], values: Sequence[Any]) -> str:
    """A cursor behind a row with these values of the ordering's fields."""
    # Microseconds survive in ISO 8601, so a date compares equal to itself when it comes back.
    data = orjson.dumps([",".join(ordering), *values], default=str)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode_cursor(cursor: str, ordering: Sequence[str]) -> list[Any]:
    """The values of a cursor; ``invalid_cursor`` when no list of this ordering gave it out."""
    try:
        if len(cursor) > _LONGEST or not cursor.isascii():
            raise ValueError(cursor)
        data = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        data = None
    fits = (
        isinstance(data, list)
        and len(data) == len(ordering) + 1
        and data[0] == ",".join(ordering)
        and all(isinstance(value, str | int | float) and "\x00" not in str(value) for value in data)
    )
    if not fits:
        raise MalformedInput(
            "This cursor is not one that this list, in this order, gave out. Begin at the first page.",
            code="invalid_cursor",
        )
    return list(data[1:])

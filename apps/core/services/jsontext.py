"""JSON at the edges: fast where it is sane, strict where it comes from outside."""

from __future__ import annotations

import codecs
import json
import math
from typing import Any

import orjson

from exprsn.kernel.errors import MalformedInput
from exprsn.kernel.jsonvalue import find_text, is_deeper_than

MAX_DEPTH = 200


def _other(value: Any) -> Any:
    """Dates as ISO 8601; anything else (lazy translations, decimals) as its text."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def dumps(value: Any) -> bytes:
    """JSON bytes, whatever the value holds: an answer must never fail here.

    Integers of any size stay exact, NaN and infinities become null, lone surrogates (which UTF-8 cannot
    hold) the replacement character, and what JSON does not know becomes its text.
    """
    try:
        return orjson.dumps(value, default=_other, option=orjson.OPT_NON_STR_KEYS)
    except (TypeError, ValueError):
        # Rare: integers beyond 64 bits, lone surrogates, more than 254 levels.
        return json.dumps(_fit(value), ensure_ascii=False, default=_other).encode()


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {_fit(str(name)): _fit(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_fit(member) for member in value]
    return value


def loads(data: bytes | str) -> Any:
    """The value of JSON that we wrote ourselves."""
    return orjson.loads(data)


def loads_untrusted(data: bytes, *, max_depth: int = MAX_DEPTH, refuse_nul: bool = False) -> Any:
    """The value of JSON from outside, which must be UTF-8 without NaN, infinities and lone surrogates.

    Of a name that comes twice in an object the last one counts, as in JavaScript. Integers beyond 64 bits
    become doubles. Raises ``MalformedInput``: ``malformed_json`` with line and column or, for NUL, with the
    path in ``errors``; ``json_too_deep``.
    """
    try:
        value = orjson.loads(data.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        if "depth limit" in error.msg:
            raise _too_deep(max_depth) from None
        raise MalformedInput(
            f"The JSON cannot be read at line {error.lineno}, column {error.colno}: {error.msg}.",
            code="malformed_json",
            params={"line": error.lineno, "column": error.colno},
        ) from None
    if is_deeper_than(value, max_depth):
        raise _too_deep(max_depth)
    # A NUL can only come as an escape: raw control characters were refused above.
    if refuse_nul and b"\\u0000" in data:
        path = find_text(value, "\x00")
        if path is not None:
            raise MalformedInput(
                f"{path} contains the character NUL, which cannot be stored.",
                code="malformed_json",
                errors={path: ["NUL is not allowed."]},
            )
    return value


def _too_deep(max_depth: int) -> MalformedInput:
    return MalformedInput(f"The JSON is nested deeper than {max_depth} levels.", code="json_too_deep")

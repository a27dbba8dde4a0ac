"""``encodeURIComponent`` and its relatives (ECMA-262, section 19.2.6)."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from exprsn.kernel.expressions.errors import ExpressionError

_MARKS = "-_.!~*'()"
_RESERVED = ";/?:@&=+$,#"
_BAD_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_RESERVED_ESCAPE = re.compile("|".join(f"%{ord(sign):02x}" for sign in _RESERVED), re.IGNORECASE)


def encode_component(text: str) -> str:
    """``encodeURIComponent``."""
    return _encode(text, _MARKS)


def encode_uri(text: str) -> str:
    """``encodeURI``: what has a meaning in an address stays."""
    return _encode(text, _MARKS + _RESERVED)


def _encode(text: str, safe: str) -> str:
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        raise ExpressionError("The text holds half a character and cannot be encoded.") from None


def decode_component(text: str) -> str:
    """``decodeURIComponent``."""
    if _BAD_ESCAPE.search(text):
        raise ExpressionError("The text holds a % that is not followed by two hexadecimal digits.")
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        raise ExpressionError("The text does not mean UTF-8 when it is decoded.") from None


def decode_uri(text: str) -> str:
    """``decodeURI``: escapes of what has a meaning in an address stay."""
    return decode_component(_RESERVED_ESCAPE.sub(lambda found: "%25" + found.group()[1:], text))

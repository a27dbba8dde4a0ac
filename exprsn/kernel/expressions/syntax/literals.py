"""Numbers and escapes of the source (ECMA-262, 12.9.3 and 12.9.4)."""

from __future__ import annotations

import math
import re

from exprsn.kernel.expressions.errors import ExpressionSyntaxError
from exprsn.kernel.expressions.numbers import Number, number
from exprsn.kernel.expressions.syntax.tokens import Kind

_DIGITS = r"[0-9](?:_?[0-9])*"
_NUMBER = re.compile(
    r"0[xX](?P<hex>[0-9a-fA-F](?:_?[0-9a-fA-F])*)"
    r"|0[oO](?P<octal>[0-7](?:_?[0-7])*)"
    r"|0[bB](?P<binary>[01](?:_?[01])*)"
    rf"|(?P<decimal>(?:{_DIGITS}\.?(?:{_DIGITS})?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?)"
)
_BASES = {"hex": 16, "octal": 8, "binary": 2}
_WHOLE = re.compile(r"0\Z|[1-9][0-9_]*\Z")
_LEADING_ZERO = re.compile(r"0[0-9_]")
_SIMPLE = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "\n": "",
    "\u2028": "",
    "\u2029": "",
}
_HEX = re.compile(r"x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})|u\{(?P<any>[0-9a-fA-F]{1,8})\}")
_MAX_CODE = 0x10FFFF
_MAX_DIGITS = 1_000


def read_number(source: str, at: int) -> tuple[Kind, Number, int]:
    """The number at an offset: its kind (a whole one with ``n`` is a BigInt), value and end."""
    found = _NUMBER.match(source, at)
    if found is None:
        raise ExpressionSyntaxError("This is not a number.", offset=at)
    text, end = found.group(), found.end()
    if len(text) > _MAX_DIGITS:
        raise ExpressionSyntaxError("This number has too many digits.", offset=at)
    base = found.lastgroup or "decimal"
    if base == "decimal" and _LEADING_ZERO.match(text):
        raise ExpressionSyntaxError("A number cannot begin with 0 and go on with a digit.", offset=at)
    if source[end : end + 1] == "n" and (base != "decimal" or _WHOLE.match(text)):
        return Kind.BIGINT, 0, end + 1
    if _goes_on(source[end : end + 1]):
        raise ExpressionSyntaxError("A name or digit cannot follow a number directly.", offset=end)
    if base != "decimal":
        return Kind.NUMBER, number(int(found.group(base), _BASES[base])), end
    value = float(text)
    return Kind.NUMBER, math.inf if math.isinf(value) else number(value), end


def _goes_on(character: str) -> bool:
    return character.isalnum() or character in {"_", "$"}


def read_escape(source: str, at: int, *, in_template: bool) -> tuple[str, int]:
    """What the backslash at an offset and the characters after it mean, and where they end."""
    character = source[at + 1 : at + 2]
    if character in {"x", "u"}:
        return _read_code(source, at)
    if character == "\r":
        return "", at + (3 if source[at + 2 : at + 3] == "\n" else 2)
    if character == "0" and not source[at + 2 : at + 3].isdigit():
        return "\0", at + 2
    if character.isdecimal() and (in_template or character < "8"):
        raise ExpressionSyntaxError("Octal escapes are not allowed; write \\x or \\u.", offset=at)
    return _SIMPLE.get(character, character), at + 2


def _read_code(source: str, at: int) -> tuple[str, int]:
    found = _HEX.match(source, at + 1)
    if found is None:
        raise ExpressionSyntaxError("This escape is not complete.", offset=at)
    code = int(found.group("two") or found.group("four") or found.group("any"), 16)
    if code > _MAX_CODE:
        raise ExpressionSyntaxError("There is no character with this number.", offset=at)
    return chr(code), found.end()

"""Text into tokens. Names are made of several tokens; which ones belong together is the parser's matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError

_NAME_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_PART = _NAME_START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SPACE = "\\s\u0085\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_SKIPPED = re.compile(rf"(?:[{_SPACE}]+|//[^\n\r]*|/\*.*?\*/)+", re.DOTALL)
_TOKEN = re.compile(
    rf"(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf'|(?P<string>"(?:[^"\\]|\\.)*+")'
    rf"|(?P<word>[{_NAME_START}][{_NAME_PART}]*)"
    r"|(?P<symbol>\*\*|\.\.|<=|>=|!=|->|.)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\", "/": "/"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONGEST_SHOWN = 40
_LONE = re.compile("[\ud800-\udfff]")


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    STRING = "string"
    WORD = "word"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text, from ``start`` up to and without ``end``."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The text as messages show it."""
        return self.text if len(self.text) <= _LONGEST_SHOWN else f"{self.text[:_LONGEST_SHOWN]}…"


def tokenize(text: str) -> list[Token]:
    """The tokens of a text and an ``END`` behind them."""
    found: list[Token] = []
    position = _skip(text, 0)
    while position < len(text):
        token = _next(text, position)
        found.append(token)
        position = _skip(text, token.end)
    found.append(Token(Kind.END, "", len(text), len(text)))
    return found


def _skip(text: str, position: int) -> int:
    found = _SKIPPED.match(text, position)
    position = found.end() if found else position
    if text.startswith("/*", position):
        raise FeelSyntaxError("This comment has no end: write `*/` behind it.", position)
    return position


def _next(text: str, position: int) -> Token:
    found = _TOKEN.match(text, position)
    if found is None or found.lastgroup is None or found.group() == '"':
        raise FeelSyntaxError('This text has no end: write `"` behind it.', position)
    return Token(Kind(found.lastgroup), found.group(), position, found.end())


def string_value(token: Token) -> str:
    """What a string token says: quotes taken off and escapes resolved; unknown escapes stay as they are."""
    body = token.text[1:-1]
    if "\\" in body:
        body = _ESCAPE.sub(_unescaped, body)
        body = _PAIR.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), body)
    return _LONE.sub("\ufffd", body)


def _unescaped(found: re.Match[str]) -> str:
    short, long, plain = found.groups()
    if plain is not None:
        return _PLAIN_ESCAPES.get(plain, found.group())
    code = int(short or long, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"

"""SQL cut into words, quotes and places for values, as each database reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Stands in a text where a block of a template was; SQL has no use for it.
HOLE = "\x00"
# In this order; the first that fits is taken. None can take more than one way through a text.
_SHARED = r"""
    (?P<hole>\x00)
  | (?P<space>\s+)
  | (?P<number>\$\d+)
  | (?P<mark>\?(?![|&?]))
  | (?P<cast>::|:=)
  | (?P<name>:[A-Za-z_]\w*)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<digits>\d[\w.]*)
  | (?P<end>;)
  | (?P<other>.)
"""
_PLAIN = r"(?P<text>'[^']*(?:''[^']*)*')"
_IDENTIFIER = r'(?P<quoted>"[^"]*(?:""[^"]*)*")'
_BACKTICK = r"(?P<backtick>`[^`]*(?:``[^`]*)*`)"
_PATTERNS = {
    "postgres": rf"""
        (?P<comment>--[^\n]*)
      | (?P<nested>/\*)
      | (?P<escaped>[eE]'[^'\\]*(?:(?:\\.|'')[^'\\]*)*')
      | {_PLAIN} | {_IDENTIFIER}
      | (?P<dollar>\$(?:[^\W\d]\w*)?\$)
      | {_SHARED}""",
    "mysql": rf"""
        (?P<comment>--(?=\s|\Z)[^\n]*|\#[^\n]*|/\*(?!M?!)(?:(?!\*/).)*\*/)
      | (?P<text>'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'|"[^"\\]*(?:(?:\\.|"")[^"\\]*)*")
      | {_BACKTICK} | {_SHARED}""",
    "sqlite": rf"""
        (?P<comment>--[^\n]*|/\*(?:(?!\*/).)*\*/)
      | {_PLAIN} | {_IDENTIFIER} | {_BACKTICK}
      | (?P<bracket>\[[^\]]*\]) | {_SHARED}""",
}
_TOKENS = {name: re.compile(pattern, re.VERBOSE | re.DOTALL) for name, pattern in _PATTERNS.items()}
_NESTED = re.compile(r"/\*|\*/")
_QUOTES = frozenset({"'", '"', "`"})
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "0": "\x00", "Z": "\x1a", "%": "\\%", "_": "\\_"}


class SqlProblem(ValueError):
    """The text cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is the name of a group above; ``text`` is as written."""

    kind: str
    text: str


def tokens(text: str, dialect: str) -> Iterator[Token]:
    """The tokens of a text, in time with its length. Raises ``SqlProblem`` for quotes that are never closed."""
    pattern = _TOKENS[dialect]
    at = 0
    while at < len(text):
        match = pattern.match(text, at)
        assert match is not None and match.lastgroup is not None
        kind, found = match.lastgroup, match[0]
        if kind == "nested":
            found = _nested_comment(text, at)
            kind = "comment"
        elif kind == "dollar":
            closing = text.find(found, match.end())
            if closing < 0:
                raise SqlProblem(f"The quote {found} is never closed.")
            found = text[at : closing + len(found)]
        elif kind == "other" and (found in _QUOTES or text.startswith("/*", at)):
            raise SqlProblem(
                "A comment that a server carries out is not possible here."
                if text.startswith(("/*!", "/*M!"), at)
                else f"The quote or comment that begins with {text[at : at + 2]!r} is never closed."
            )
        yield Token(kind, found)
        at += len(found)


def _nested_comment(text: str, start: int) -> str:
    depth = 0
    for match in _NESTED.finditer(text, start):
        depth += 1 if match[0] == "/*" else -1
        if depth == 0:
            return text[start : match.end()]
    raise SqlProblem("The comment is never closed.")


def content_of(literal: str, dialect: str) -> str:
    """What a quoted text says."""
    quote, inner = literal[0], literal[1:-1]
    if dialect != "mysql":
        return inner.replace(quote * 2, quote)
    pattern = re.compile(rf"\\(.)|{quote}{quote}", re.DOTALL)
    return pattern.sub(lambda match: quote if match[1] is None else _ESCAPES.get(match[1], match[1]), inner)

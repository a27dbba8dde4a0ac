"""The names that a text may use: FEEL's names hold spaces, operators and keywords, so the longest known one wins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.lexer import Kind, Token, tokenize

KEYWORDS = frozenset(
    {"and", "or", "in", "between", "then", "else", "return", "satisfies", "instance",
     "if", "for", "some", "every", "function", "true", "false", "null"}
)  # fmt: skip
NEVER_IN_NAMES = frozenset("()[]{},:")
BUILT_IN = ("date and time", "years and months duration")
"""The built-in functions whose names hold a keyword; all others are plain words."""


@lru_cache(maxsize=8192)
def name_key(name: str) -> tuple[str, ...]:
    """The tokens of a name, by which it is found whatever the spaces in it; nothing for what can't be in a text."""
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except FeelSyntaxError:
        return ()


class KnownNames:
    """Names by their first token; only those of several tokens need to be known."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Collection[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make a name known."""
        key = name_key(name)
        if len(key) > 1:
            self._by_first.setdefault(key[0], []).append((key, name))

    def longest(self, tokens: Sequence[Token], position: int) -> tuple[str, int]:
        """The longest name that stands at a position and how many tokens it takes; 0 of them where there is none.

        The ``END`` token, whose text is in no name, keeps the look-ahead within the tokens.
        """
        found, length = "", 0
        for key, name in self._by_first.get(tokens[position].text, ()):
            size = len(key)
            if size > length and all(tokens[position + place].text == text for place, text in enumerate(key)):
                found, length = name, size
        return found, length


@lru_cache(maxsize=256)
def known_names(names: frozenset[str]) -> KnownNames:
    """The names as the parser looks for them; shared by all cells of a table, so nothing may be added."""
    return KnownNames(names)


def is_word(token: Token) -> bool:
    """Whether a token is a word of a name and no keyword."""
    return token.kind is Kind.WORD and token.text not in KEYWORDS

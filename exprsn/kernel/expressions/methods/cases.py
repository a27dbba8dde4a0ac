"""Capital and small letters: title, sentence, snake and camel case."""

from __future__ import annotations

import re

_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "en",
        "for",
        "if",
        "in",
        "nor",
        "of",
        "on",
        "or",
        "per",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "vs.",
        "with",
        "from",
        "over",
    ]
)
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"((?:^|[.!?\n])\s{0,20})(\w)")
_BETWEEN = re.compile(r"[\s-]+")
_NOT_SNAKE = re.compile(r"[^\w]")
_PARTS = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"([a-z0-9])([A-Z])")


def title_case(text: str) -> str:
    """The first letter of each word is a capital, but for short words inside; the rest stays."""
    words = list(_WORD.finditer(text))
    last = len(words) - 1

    def put(at: int, word: str) -> str:
        if 0 < at < last and word.lower() in _SMALL_WORDS:
            return word
        return word[0].upper() + word[1:]

    pieces: list[str] = []
    end = 0
    for at, found in enumerate(words):
        pieces += [text[end : found.start()], put(at, found.group())]
        end = found.end()
    return "".join(pieces) + text[end:]


def sentence_case(text: str) -> str:
    """All small, but for the first letter of each sentence."""
    return _SENTENCE.sub(lambda found: found.group(1) + found.group(2).upper(), text.lower())


def snake_case(text: str) -> str:
    """Small letters; spaces and dashes are underscores, other signs vanish."""
    return _NOT_SNAKE.sub("", _BETWEEN.sub("_", text.strip().lower()))


def camel_case(text: str) -> str:
    """Words joined, each but the first with a capital."""
    words = _PARTS.findall(_HUMP.sub(r"\1 \2", text))
    return "".join(word.lower() if at == 0 else word.capitalize() for at, word in enumerate(words))

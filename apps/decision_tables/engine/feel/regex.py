"""``matches``, ``replace`` and ``split``: XPath regular expressions on an engine that takes linear time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

from apps.decision_tables.engine.feel.limits import MAX_LIST, MAX_STRING, FeelLimit
from apps.decision_tables.engine.feel.regex_translation import NotTranslatable, translate

PATTERN_MEMORY = 1 << 20
SECONDS = 1.0
# Length of the text times size of the program: the worst case of one search.
MOST_WORK = 500_000_000


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> Any:
    """The regular expression, or the sentence that says why it cannot be taken."""
    if not set(flags) <= set("smixq"):
        return "The flags of a regular expression are s, m, i, x and q."
    options = re2.Options()
    options.log_errors = False
    options.max_mem = PATTERN_MEMORY
    options.case_sensitive = "i" not in flags
    options.literal = "q" in flags
    try:
        if "q" not in flags:
            pattern = translate(pattern, dot_all="s" in flags, free_spacing="x" in flags)
            pattern = f"(?m:{pattern})" if "m" in flags else pattern
        return re2.compile(pattern, options)
    except NotTranslatable as error:
        return str(error)
    except (re2.error, UnicodeError):
        return "This is no regular expression, or one that is too large."


def problem(pattern: str, flags: str = "") -> str | None:
    """Why a pattern or its flags cannot be taken; null where they can."""
    found = _compiled(pattern, flags)
    return found if isinstance(found, str) else None


def compiled(pattern: str, flags: str = "") -> Any | None:
    """The regular expression, or null where it or its flags (``s m i x q``) cannot be taken."""
    found = _compiled(pattern, flags)
    return None if isinstance(found, str) else found


def matches(text: str, pattern: str, flags: str = "") -> bool | None:
    """Whether the pattern is found anywhere in the text."""
    expression = compiled(pattern, flags)
    if expression is None or not _is_unicode(text):
        return None
    _check_work(expression, text)
    return expression.search(text) is not None


def replace(text: str, pattern: str, replacement: str, flags: str = "") -> str | None:
    """The text with each match replaced; ``$1`` in the replacement is what the first group matched."""
    expression = _consuming(pattern, flags)
    if expression is None or not _is_unicode(text):
        return None
    parts = [replacement] if "q" in flags else _template(replacement, expression.groups)
    if parts is None:
        return None
    done: list[str] = []
    end, size = 0, 0
    for match in _found(expression, text):
        piece = "".join(part if isinstance(part, str) else match.group(part) or "" for part in parts)
        done += (text[end : match.start()], piece)
        end = match.end()
        size += len(piece)
        if size > MAX_STRING:
            raise FeelLimit(f"The text would be longer than {MAX_STRING} characters.")
    return "".join((*done, text[end:]))


def split(text: str, pattern: str, flags: str = "") -> list[str] | None:
    """The pieces of the text between the matches."""
    expression = _consuming(pattern, flags)
    if expression is None or not _is_unicode(text):
        return None
    pieces: list[str] = []
    end = 0
    for match in _found(expression, text):
        pieces.append(text[end : match.start()])
        end = match.end()
        if len(pieces) >= MAX_LIST:
            raise FeelLimit(f"The list would be longer than {MAX_LIST} items.")
    return [*pieces, text[end:]]


def _consuming(pattern: str, flags: str) -> Any | None:
    """The expression, unless it matches the empty text: then it says nothing about where to replace or split."""
    expression = compiled(pattern, flags)
    return None if expression is None or expression.search("") is not None else expression


def _check_work(expression: Any, text: str) -> None:
    if len(text) * expression.programsize > MOST_WORK:
        raise FeelLimit("The pattern is too large for so long a text.")


def _found(expression: Any, text: str) -> Iterator[Any]:
    _check_work(expression, text)
    end = time.monotonic() + SECONDS
    for match in expression.finditer(text):
        if time.monotonic() > end:
            raise FeelLimit("Searching the text takes too long. Use a simpler pattern or a shorter text.")
        yield match


def _template(replacement: str, groups: int) -> list[str | int] | None:
    """Texts and numbers of groups; null where a ``$`` or a backslash stands alone."""
    parts: list[str | int] = []
    at = 0
    while at < len(replacement):
        character, following = replacement[at], replacement[at + 1 : at + 2]
        if character == "\\" and following and following in "\\$":
            parts.append(following)
            at += 2
        elif character == "$" and following.isascii() and following.isdigit():
            digits = _group_digits(replacement, at + 1, groups)
            if int(digits) <= groups:
                parts.append(int(digits))
            at += 1 + len(digits)
        elif character in "\\$":
            return None
        else:
            parts.append(character)
            at += 1
    return parts


def _group_digits(replacement: str, at: int, groups: int) -> str:
    """As many digits as still name a group, one at least."""
    digits = replacement[at]
    while (following := replacement[at + len(digits) : at + len(digits) + 1]).isdecimal() and following.isascii():
        if int(digits + following) > groups:
            break
        digits += following
    return digits


def _is_unicode(text: str) -> bool:
    """Whether the text has no half of a surrogate pair alone, which no engine takes."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)

"""XPath regular expressions (XML Schema's, with anchors, groups and reluctant quantifiers) in the notation of RE2.

What RE2 cannot do in linear time (back-references) or what is no XPath (look-around, ``\\b``) is ``NotTranslatable``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apps.decision_tables.engine.feel.regex_sets import Ranges, difference, inverted, written

LONGEST_PATTERN = 4_000
_SPACE = " \t\n\r"
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", **{character: character for character in "\\|.-^?*+{}()[]$/\"' "}}
# What an escape means inside of square brackets: a text RE2 takes there.
_CLASSES = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "s": r" \t\n\r",
    "S": r"\x{0}-\x{8}\x{b}-\x{c}\x{e}-\x{1f}!-\x{10ffff}",
    "i": r"\p{L}\p{Nl}_:",
    "c": r"\p{L}\p{Nl}\p{Nd}\p{M}_:.\-\x{b7}",
}
_COMPLEMENTS = {"I": "i", "C": "c", "W": "w", "S": "s"}
_QUANTIFIER_BOUND = 1000


class NotTranslatable(ValueError):
    """The pattern is not a regular expression of XPath, or not one that takes linear time."""


def translate(pattern: str, *, dot_all: bool = False, free_spacing: bool = False) -> str:
    """The pattern in RE2's notation."""
    if len(pattern) > LONGEST_PATTERN:
        raise NotTranslatable(f"A pattern may have at most {LONGEST_PATTERN} characters.")
    if free_spacing:
        pattern = "".join(_without_spaces(pattern))
    return "".join(_Translation(pattern, dot_all).parts())


def _without_spaces(pattern: str) -> Iterator[str]:
    """The pattern without the spaces that stand outside of square brackets."""
    depth = 0
    escaped = False
    for character in pattern:
        if character in _SPACE and not depth:
            continue
        if not escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        escaped = character == "\\" and not escaped
        yield character


@dataclass(slots=True)
class _Class:
    """What stands between square brackets: code points, and properties (``\\p{L}``) that are kept as they are."""

    negated: bool = False
    ranges: Ranges = field(default_factory=list)
    properties: list[str] = field(default_factory=list)

    def text(self) -> str:
        return f"[{'^' if self.negated else ''}{written(self.ranges)}{''.join(self.properties)}]"

    def without(self, other: _Class) -> _Class:
        """This class with the characters of another taken out of it."""
        if not self.properties and not other.properties:
            mine = inverted(self.ranges) if self.negated else self.ranges
            theirs = inverted(other.ranges) if other.negated else other.ranges
            return _Class(ranges=difference(mine, theirs))
        if other.negated:
            raise NotTranslatable("This subtraction of classes is not supported.")
        if self.negated:  # neither mine nor theirs
            return _Class(True, [*self.ranges, *other.ranges], [*self.properties, *other.properties])
        if not self.properties:
            return _Class(True, [*inverted(self.ranges), *other.ranges], other.properties)
        if len(self.properties) == 1 and not self.ranges and self.properties[0][:2] in (r"\p", r"\P"):
            swapped = (r"\P" if self.properties[0][1] == "p" else r"\p") + self.properties[0][2:]
            if "\\" not in swapped[2:]:
                return _Class(True, other.ranges, [swapped, *other.properties])
        raise NotTranslatable("This subtraction of classes is not supported.")


class _Translation:
    """Reads a pattern once, from left to right."""

    def __init__(self, pattern: str, dot_all: bool) -> None:
        self.pattern = pattern
        self.at = 0
        self.dot = r"[\x{0}-\x{10ffff}]" if dot_all else r"[^\n\r]"

    def peek(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def take(self) -> str:
        character = self.peek()
        if not character:
            raise NotTranslatable("The pattern ends too early.")
        self.at += 1
        return character

    def parts(self) -> Iterator[str]:
        while self.at < len(self.pattern):
            yield self.part(self.take())

    def part(self, character: str) -> str:
        match character:
            case "\\":
                return self.escape()
            case "[":
                return self.bracketed().text()
            case ".":
                return self.dot
            case "(":
                return self.group()
            case "{":
                return self.repetition()
            case "]" | "}":
                raise NotTranslatable(f"“{character}” has no opening bracket.")
            case _:
                return character

    def group(self) -> str:
        if self.peek() != "?":
            return "("
        if self.pattern[self.at : self.at + 2] != "?:":
            raise NotTranslatable("Only (?:…) may follow a bracket: look-around and inline flags are not supported.")
        self.at += 2
        return "(?:"

    def repetition(self) -> str:
        text, closed, _rest = self.pattern[self.at :].partition("}")
        low, comma, high = text.partition(",")
        bounds = [low, high] if high else [low]
        if not closed or not all(bound.isascii() and bound.isdigit() and len(bound) < 5 for bound in bounds):
            raise NotTranslatable("A repetition is {n}, {n,} or {n,m}.")
        if any(int(bound) > _QUANTIFIER_BOUND for bound in bounds):
            raise NotTranslatable(f"At most {_QUANTIFIER_BOUND} repetitions can be asked for.")
        self.at += len(text) + 1
        return "{" + low + comma + high + "}"

    def escape(self) -> str:
        name = self.take()
        if name in _COMPLEMENTS:
            return f"[^{_CLASSES[_COMPLEMENTS[name]]}]"
        if name in _CLASSES:
            return f"[{_CLASSES[name]}]"
        if name in "pP":
            return self.property(name)
        return written_single(self.single(name))

    def single(self, name: str) -> str:
        if name not in _SINGLE:
            raise NotTranslatable(f"“\\{name}” is not supported.")
        return _SINGLE[name]

    def property(self, name: str) -> str:
        text, closed, _rest = self.pattern[self.at :].partition("}")
        if not text.startswith("{") or not closed or not text[1:].isalnum() or len(text) > 3:
            raise NotTranslatable("A property is \\p{L}, \\p{Lu} and so on.")
        self.at += len(text) + 1
        return f"\\{name}{text}}}"

    def bracketed(self) -> _Class:
        found = _Class(negated=self.peek() == "^")
        self.at += found.negated
        if self.peek() == "]":
            raise NotTranslatable("A class in square brackets is empty.")
        first = True
        while self.peek() != "]":
            character = self.take()
            if character == "-" and self.peek() == "[" and not first:
                self.at += 1
                found = found.without(self.bracketed())
                if self.peek() != "]":
                    raise NotTranslatable("A subtraction is the last thing in square brackets.")
                break
            self.member(found, character)
            first = False
        self.at += 1
        return found

    def member(self, found: _Class, character: str) -> None:
        if character == "[":
            raise NotTranslatable("“[” in square brackets needs a backslash.")
        if character == "\\":
            name = self.take()
            if name in "pP":
                found.properties.append(self.property(name))
                return
            if name in _CLASSES:
                found.properties.append(_CLASSES[name])
                return
            character = self.single(name)
        if self.is_range():
            self.at += 1
            last = self.take()
            last = self.single(self.take()) if last == "\\" else last
            if last < character or last == "[":
                raise NotTranslatable("A range in square brackets is the wrong way round.")
            found.ranges.append((ord(character), ord(last)))
        else:
            found.ranges.append((ord(character), ord(character)))

    def is_range(self) -> bool:
        """Whether ``-`` and the end of a range come next (rather than ``-]`` or ``-[``)."""
        following: Sequence[str] = self.pattern[self.at : self.at + 2]
        return len(following) == 2 and following[0] == "-" and following[1] not in "[]"


def written_single(character: str) -> str:
    """A character that stands for itself, in RE2's notation."""
    return f"\\x{{{ord(character):x}}}"

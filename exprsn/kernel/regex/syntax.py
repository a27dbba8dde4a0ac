"""The syntax of the linear regular expressions: JavaScript's patterns without back-references and look-around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import hexdigits

MAX_DEPTH = 40
MAX_REPEAT = 1_000

Accepts = Callable[[str], bool]


class BadPattern(ValueError):
    """A pattern that is not understood or not supported; the message says where or why."""


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a pattern: ``character``, ``assertion``, ``sequence``, ``choice``, ``repeat`` or ``group``.

    A ``group`` that captures has its number in ``least`` and its name, if any, in ``text``.
    """

    kind: str
    children: tuple[Node, ...] = ()
    accepts: Accepts | None = None
    text: str = ""
    least: int = 0
    most: int | None = 0
    lazy: bool = False


def parse_pattern(source: str, *, ignore_case: bool = False, dot_all: bool = False) -> Node:
    """The tree of a pattern. Raises ``BadPattern``."""
    parser = _Parser(source, ignore_case, dot_all)
    tree = parser.choice(0)
    if parser.at < len(source):
        raise BadPattern("There is a closing bracket too many in the pattern.")
    return tree


def _digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _word(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


def _space(character: str) -> bool:
    return character.isspace() or character == "\ufeff"


_CLASSES: dict[str, Accepts] = {"d": _digit, "w": _word, "s": _space}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
_LINE_ENDS = "\n\r\u2028\u2029"


def _negated(accepts: Accepts) -> Accepts:
    return lambda character: not accepts(character)


def _between(first: str, last: str) -> Accepts:
    return lambda character: first <= character <= last


def _any_of(parts: list[Accepts], negated: bool) -> Accepts:
    return lambda character: any(part(character) for part in parts) != negated


class _Parser:
    def __init__(self, source: str, ignore_case: bool, dot_all: bool) -> None:
        self.source = source
        self.at = 0
        self.ignore_case = ignore_case
        self.dot_all = dot_all
        self.groups = 0

    def peek(self, length: int = 1) -> str:
        return self.source[self.at : self.at + length]

    def take(self) -> str:
        if self.at >= len(self.source):
            raise BadPattern("The pattern ends too early.")
        self.at += 1
        return self.source[self.at - 1]

    def choice(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise BadPattern("The pattern is nested too deeply.")
        branches = [self.sequence(depth)]
        while self.peek() == "|":
            self.take()
            branches.append(self.sequence(depth))
        return branches[0] if len(branches) == 1 else Node("choice", tuple(branches))

    def sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.atom(depth)))
        return Node("sequence", tuple(parts))

    def repeated(self, atom: Node) -> Node:
        bounds = self.bounds()
        if bounds is None:
            return atom
        if atom.kind == "assertion":
            raise BadPattern("An anchor cannot be repeated.")
        lazy = self.peek() == "?"
        if lazy:
            self.take()
        if self.peek() in ("*", "+", "?"):
            raise BadPattern("There is nothing to repeat.")
        return Node("repeat", (atom,), least=bounds[0], most=bounds[1], lazy=lazy)

    def bounds(self) -> tuple[int, int | None] | None:
        character = self.peek()
        if character in ("*", "+", "?") and character:
            self.take()
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[character]
        if character != "{":
            return None
        end = self.source.find("}", self.at)
        first, comma, second = self.source[self.at + 1 : end].partition(",") if end > 0 else ("", "", "")
        if not first.isdecimal() or (second and not second.isdecimal()):
            return None  # a literal brace, as in JavaScript without the u flag
        self.at = end + 1
        least = int(first[:9])
        most = int(second[:9]) if second else (None if comma else least)
        if max(least, most or 0) > MAX_REPEAT:
            raise BadPattern(f"A repeat count may be at most {MAX_REPEAT}.")
        if most is not None and most < least:
            raise BadPattern("The numbers of a repeat are out of order.")
        return least, most

    def atom(self, depth: int) -> Node:
        character = self.take()
        if character == "(":
            return self.group(depth)
        if character == "[":
            return self.character(self.set())
        if character == ".":
            return Node("character", accepts=lambda c: self.dot_all or c not in _LINE_ENDS)
        if character in "^$":
            return Node("assertion", text=character)
        if character in "*+?":
            raise BadPattern("There is nothing to repeat.")
        if character == "\\":
            return self.escape()
        return self.character(_between(character, character))

    def character(self, accepts: Accepts) -> Node:
        if not self.ignore_case:
            return Node("character", accepts=accepts)

        def either_case(character: str) -> bool:
            return any(accepts(form) for form in {character, character.lower(), character.upper()})

        return Node("character", accepts=either_case)

    def group(self, depth: int) -> Node:
        captures, name = True, ""
        if self.peek() == "?":
            self.take()
            kind = self.take()
            if kind == "<" and self.peek() not in ("=", "!"):
                name = self.group_name()
            elif kind == ":":
                captures = False
            else:
                raise BadPattern("Looking ahead or behind is not supported.")
        self.groups += captures
        number = self.groups
        inside = self.choice(depth + 1)
        if self.peek() != ")":
            raise BadPattern("A group is not closed.")
        self.take()
        return Node("group", (inside,), text=name, least=number) if captures else inside

    def group_name(self) -> str:
        end = self.source.find(">", self.at)
        name = self.source[self.at : max(end, 0)]
        if not name.isidentifier():
            raise BadPattern("A group's name is not understood.")
        self.at = end + 1
        return name

    def escape(self) -> Node:
        character = self.peek()
        if character in ("b", "B") and character:
            self.take()
            return Node("assertion", text=character)
        return self.character(self.escaped(in_set=False))

    def escaped(self, in_set: bool) -> Accepts:
        character = self.take()
        if character.lower() in _CLASSES:
            accepts = _CLASSES[character.lower()]
            return accepts if character.islower() else _negated(accepts)
        literal = self.literal_escape(character, in_set)
        return _between(literal, literal)

    def literal_escape(self, character: str, in_set: bool) -> str:
        if in_set and character == "b":
            return "\b"
        if character in _CONTROLS and not (character == "0" and self.peek().isdigit()):
            return _CONTROLS[character]
        if character in "xu":
            return self.code_point(character)
        if character.isalnum():
            raise BadPattern(f"\\{character} is not supported.")
        return character

    def code_point(self, kind: str) -> str:
        if kind == "u" and self.peek() == "{":
            end = max(self.source.find("}", self.at), self.at)
            digits, self.at = self.source[self.at + 1 : end], end + 1
        else:
            length = 2 if kind == "x" else 4
            digits, self.at = self.peek(length).ljust(length), self.at + length
        if not digits or set(digits) - set(hexdigits) or int(digits, 16) > 0x10FFFF:
            raise BadPattern("A character code is not understood.")
        return chr(int(digits, 16))

    def set(self) -> Accepts:
        negated = self.peek() == "^"
        if negated:
            self.take()
        parts: list[Accepts] = []
        while self.peek() != "]":
            parts.append(self.set_part())
        self.take()
        return _any_of(parts, negated)

    def set_part(self) -> Accepts:
        first = self.set_character()
        if self.peek() != "-" or self.peek(2) == "-]" or not isinstance(first, str):
            return first if not isinstance(first, str) else _between(first, first)
        self.take()
        last = self.set_character()
        if not isinstance(last, str):
            hyphen = _between("-", "-")
            return _any_of([_between(first, first), hyphen, last], negated=False)
        if last < first:
            raise BadPattern("The range of a character set is out of order.")
        return _between(first, last)

    def set_character(self) -> str | Accepts:
        character = self.take()
        if character != "\\":
            return character
        if self.peek().lower() in _CLASSES and self.peek():
            return self.escaped(in_set=True)
        return self.literal_escape(self.take(), in_set=True)

"""Regular expressions that cannot hang: JavaScript's syntax, matched without going back.

A pattern is compiled to a small program that follows all alternatives at once (Thompson's and Pike's
construction, R. Cox, "Regular Expression Matching: the Virtual Machine Approach"), so that the time
grows with pattern × text and never exponentially; a step budget bounds that product too. In exchange
back-references and look-around are refused. ``LinearRegex.test`` answers whether a text matches;
the nodes' ``linear_replace`` has where and with which groups.
"""

from __future__ import annotations

from functools import lru_cache

from exprsn.kernel.regex.syntax import BadPattern, Node, parse_pattern

MAX_PATTERN = 1_000
MAX_PROGRAM = 2_000
MAX_STEPS = 2_000_000

CHAR, SPLIT, JUMP, ASSERT, MATCH, SAVE = range(6)
Instruction = tuple[int, object, int]


class TooCostly(Exception):
    """Pattern and text together would take longer than a node may spend."""


class LinearRegex:
    """A compiled pattern. ``test`` tells whether it is found anywhere in a text."""

    def __init__(self, source: str, flags: str = "") -> None:
        if len(source) > MAX_PATTERN:
            raise BadPattern(f"A pattern may have at most {MAX_PATTERN} characters.")
        unknown = set(flags) - set("gimsuy")
        if unknown:
            raise BadPattern(f"The flag {min(unknown)!r} is not known.")
        self._multiline = "m" in flags
        self.program: list[Instruction] = []
        self._effort = 0
        self.group_names: dict[str, int] = {}
        self.groups = 0
        self._emit(parse_pattern(source, ignore_case="i" in flags, dot_all="s" in flags))
        self._add(MATCH, None)

    def test(self, text: str) -> bool:
        """Whether the pattern is found in the text. Raises ``TooCostly``."""
        steps = position = 0
        arriving: list[int] = []
        while True:
            threads, visited, matched = self._follow([*arriving, 0], text, position)
            if matched:
                return True
            steps += visited
            if steps > MAX_STEPS:
                raise TooCostly("The pattern takes too long on this text.")
            if position == len(text):
                return False
            character = text[position]
            program = self.program
            arriving = [at + 1 for at in threads if program[at][1](character)]  # type: ignore[operator]
            position += 1

    def _follow(self, starts: list[int], text: str, position: int) -> tuple[list[int], int, bool]:
        """The character instructions reached without reading, how many were looked at, and if it matches."""
        seen: set[int] = set()
        waiting: list[int] = []
        pending = starts[::-1]
        while pending:
            at = pending.pop()
            if at in seen:
                continue
            seen.add(at)
            kind, value, other = self.program[at]
            if kind == CHAR:
                waiting.append(at)
            elif kind == MATCH:
                return waiting, len(seen), True
            elif kind == SPLIT:
                pending += [other, at + 1]
            elif kind == JUMP:
                pending.append(other)
            elif kind == SAVE or self.holds(str(value), text, position):
                pending.append(at + 1)
        return waiting, len(seen), False

    def holds(self, assertion: str, text: str, position: int) -> bool:
        """Whether an assertion is true at this place of a text."""
        if assertion == "^":
            return position == 0 or (self._multiline and text[position - 1] in "\n\r\u2028\u2029")
        if assertion == "$":
            return position == len(text) or (self._multiline and text[position] in "\n\r\u2028\u2029")
        before = position > 0 and _is_word(text[position - 1])
        after = position < len(text) and _is_word(text[position])
        return (before != after) == (assertion == "b")

    def _add(self, kind: int, value: object, other: int = 0) -> int:
        if len(self.program) >= MAX_PROGRAM:
            raise BadPattern("The pattern is too large; use smaller repeat counts.")
        self.program.append((kind, value, other))
        return len(self.program) - 1

    def _emit(self, node: Node) -> None:
        self._effort += 1
        if self._effort > 10 * MAX_PROGRAM:  # repeats of nothing add no instruction but take time
            raise BadPattern("The pattern is too large; use smaller repeat counts.")
        if node.kind == "character":
            self._add(CHAR, node.accepts)
        elif node.kind == "assertion":
            self._add(ASSERT, node.text)
        elif node.kind == "sequence":
            for child in node.children:
                self._emit(child)
        elif node.kind == "choice":
            self._emit_choice(node)
        elif node.kind == "group":
            self._emit_group(node)
        else:
            self._emit_repeat(node)

    def _emit_group(self, node: Node) -> None:
        number = node.least
        self.groups = max(self.groups, number)
        if node.text and self.group_names.setdefault(node.text, number) != number:
            raise BadPattern(f"Two groups are called {node.text!r}.")
        self._add(SAVE, None, 2 * number)
        self._emit(node.children[0])
        self._add(SAVE, None, 2 * number + 1)

    def _emit_choice(self, node: Node) -> None:
        exits = []
        for child in node.children[:-1]:
            split = self._add(SPLIT, None)
            self._emit(child)
            exits.append(self._add(JUMP, None))
            self._point(split, len(self.program))
        self._emit(node.children[-1])
        for jump in exits:
            self._point(jump, len(self.program))

    def _emit_repeat(self, node: Node) -> None:
        body = node.children[0]
        for _ in range(node.least):
            self._emit(body)
        if node.most is None:
            split = self._add(SPLIT, node.lazy)
            self._emit(body)
            self._add(JUMP, None, split)
            self._point(split, len(self.program))
            return
        splits = []
        for _ in range(node.most - node.least):
            splits.append(self._add(SPLIT, node.lazy))
            self._emit(body)
        for split in splits:
            self._point(split, len(self.program))

    def _point(self, at: int, target: int) -> None:
        kind, value, _ = self.program[at]
        self.program[at] = (kind, value, target)


def _is_word(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


@lru_cache(maxsize=256)
def compile_regex(pattern: str) -> LinearRegex:
    """A pattern as people write it: bare, or ``/pattern/flags``. Raises ``BadPattern``."""
    if len(pattern) > 1 and pattern.startswith("/"):
        source, slash, flags = pattern[1:].rpartition("/")
        if slash and (not flags or flags.isalpha()):
            return LinearRegex(source, flags)
    return LinearRegex(pattern)

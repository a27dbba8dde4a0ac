"""Finding and replacing with ``linear_regex``: leftmost matches with their groups, as JavaScript's ``replace``.

The threads of the virtual machine are kept in order of preference and carry the places of their groups; one
that matches cuts off those that are less preferred. A step budget is shared by all matches in a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exprsn.kernel.regex.linear import (
    ASSERT,
    CHAR,
    JUMP,
    MATCH,
    MAX_STEPS,
    SAVE,
    SPLIT,
    LinearRegex,
    TooCostly,
)
from exprsn.kernel.regex.syntax import BadPattern

MAX_GROUPS = 20
MAX_RESULT = 1_000_000
_REFERENCE = re.compile(r"\$(?:([$&])|([0-9]{1,2})|<([^>]{1,100})>)")

_Slots = tuple[int, ...]
_Threads = list[tuple[int, _Slots]]


class Steps:
    """A budget that several searches can share."""

    def __init__(self, most: int = MAX_STEPS) -> None:
        self._left = most

    def spend(self, steps: int) -> None:
        """Take steps off. Raises ``TooCostly`` when there are none left."""
        self._left -= steps
        if self._left < 0:
            raise TooCostly("The pattern takes too long on this text.")


def replaced(regex: LinearRegex, text: str, replacement: str, *, every: bool = True, steps: Steps | None = None) -> str:
    """The text with its first match, or every match, replaced; ``$1``, ``$<name>``, ``$&`` and ``$$`` as in
    JavaScript. Raises ``TooCostly`` and, for too many groups, ``BadPattern``."""
    finder = _Finder(regex, text, steps or Steps())
    parts: list[str] = []
    size = done = at = 0
    while at <= len(text):
        slots = finder.find(at)
        if slots is None:
            break
        start, end = slots[0], slots[1]
        put = _filled(replacement, regex, text, slots)
        parts += [text[done:start], put]
        size += start - done + len(put)
        if size > MAX_RESULT:
            raise TooCostly(f"The replacement would make more than {MAX_RESULT} characters.")
        done = end
        at = end if end > start else end + 1
        if not every:
            break
    return "".join(parts) + text[done:]


def _filled(replacement: str, regex: LinearRegex, text: str, slots: _Slots) -> str:
    def group(number: int) -> str:
        start, end = slots[2 * number], slots[2 * number + 1]
        return text[start:end] if start >= 0 <= end else ""

    def put(found: re.Match[str]) -> str:
        sign, digits, name = found.groups()
        if sign:
            return "$" if sign == "$" else group(0)
        if name:
            return group(regex.group_names[name]) if name in regex.group_names else found.group()
        for taken in (digits, digits[:1]):
            if 1 <= int(taken) <= regex.groups:
                return group(int(taken)) + digits[len(taken) :]
        return found.group()

    return _REFERENCE.sub(put, replacement)


class _Finder:
    """Looks for matches in one text, with one budget."""

    def __init__(self, regex: LinearRegex, text: str, steps: Steps) -> None:
        if regex.groups > MAX_GROUPS:
            raise BadPattern(f"A pattern may have at most {MAX_GROUPS} groups.")
        self._regex, self._text = regex, text
        self._empty: _Slots = (-1,) * (2 * regex.groups + 2)
        self._cost = 1 + len(self._empty) // 8
        self._steps = steps

    def find(self, begin: int) -> _Slots | None:
        """The places of the leftmost match at or after ``begin`` and of its groups."""
        program, text = self._regex.program, self._text
        best: _Slots | None = None
        threads: _Threads = []
        for position in range(begin, len(text) + 1):
            if best is None:
                threads.append((0, (position, *self._empty[1:])))
            waiting, visited, matched = self._follow(threads, position)
            self._steps.spend(visited * self._cost)
            best = matched or best
            if position == len(text) or (best is not None and not waiting):
                break
            character = text[position]
            threads = [(at + 1, slots) for at, slots in waiting if program[at][1](character)]  # type: ignore[operator]
        return best

    def _follow(self, starts: Sequence[tuple[int, _Slots]], position: int) -> tuple[_Threads, int, _Slots | None]:
        """The threads that wait for a character, most preferred first, how many instructions were looked at, and
        the match that cut off the rest."""
        seen: set[int] = set()
        waiting: _Threads = []
        pending = list(starts)[::-1]
        while pending:
            at, slots = pending.pop()
            if at in seen:
                continue
            seen.add(at)
            kind, value, other = self._regex.program[at]
            if kind == MATCH:
                return waiting, len(seen), (slots[0], position, *slots[2:])
            if kind == CHAR:
                waiting.append((at, slots))
            elif kind == SPLIT:
                ways = [(at + 1, slots), (other, slots)]
                pending += ways if value else ways[::-1]
            elif kind == JUMP:
                pending.append((other, slots))
            elif kind == SAVE:
                pending.append((at + 1, (*slots[:other], position, *slots[other + 1 :])))
            elif kind == ASSERT and self._regex.holds(str(value), self._text, position):
                pending.append((at + 1, slots))
        return waiting, len(seen), None

"""What a block looks like for the engine of tier 2, so that both tiers give the same answers.

JavaScript throws where a member of nothing is read and knows no helper methods of objects. So reads become
``?.`` — with brackets where a call follows, which must still fail — and calls of helpers that an object or nothing
may have go through ``__call``. Everything else stays as it is; where the result is no JavaScript the source is used.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from exprsn.kernel.expressions.syntax.tokens import Kind, Token
from exprsn.kernel.expressions.syntax.words import ASSIGNMENTS, RESERVED

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_PAIRS.values())
_VALUES = frozenset({Kind.NUMBER, Kind.TEXT, Kind.TEMPLATE, Kind.REGEX, Kind.BIGINT})
_VALUE_WORDS = frozenset({"this", "true", "false", "null"})
_HEADS = frozenset({"if", "while", "for", "with", "switch", "catch"})
_TARGETS = ASSIGNMENTS | {"++", "--"}


@dataclass(frozen=True, slots=True)
class Edit:
    """At ``offset`` of the source, ``removed`` characters give way to ``inserted``."""

    offset: int
    removed: int
    inserted: str


class Rewritten:
    """A text with edits, and the way back from its positions to those of the source."""

    def __init__(self, source: str, edits: list[Edit]) -> None:
        self.source = source
        pieces: list[str] = []
        self._made: list[int] = [0]
        self._from: list[int] = [0]
        at = length = 0
        # Of edits at one place the later ones belong to longer chains, which begin further out.
        order = sorted(range(len(edits)), key=lambda number: (edits[number].offset, -number))
        for edit in (edits[number] for number in order):
            kept = source[at : edit.offset]
            at = edit.offset + edit.removed
            pieces += [kept, edit.inserted]
            length += len(kept)
            self._made += [length, length + len(edit.inserted)]
            self._from += [edit.offset, at]
            length += len(edit.inserted)
        self.text = "".join([*pieces, source[at:]])

    def origin(self, position: int) -> int:
        """Where in the source a position of the text comes from."""
        at = bisect_right(self._made, position) - 1
        return min(self._from[at] + position - self._made[at], len(self.source))


def rewrite(source: str, tokens: list[Token], start: int, helpers: frozenset[str]) -> Rewritten:
    """The block for tier 2. Offsets of ``tokens`` count from ``start`` before the source."""
    edits: list[Edit] = []
    todo = [tokens]
    while todo:
        current = todo.pop()
        edits += _Walk(source, current, start, helpers).edits()
        for token in current:
            if token.kind is Kind.TEMPLATE:
                todo += token.value[1]
    return Rewritten(source, edits)


@dataclass(slots=True)
class _Step:
    """One step of a chain: its first token, the one behind it, and the name it reads or calls."""

    first: int
    end: int
    kind: str
    optional: bool
    name: str


class _Walk:
    """One list of tokens."""

    def __init__(self, source: str, tokens: list[Token], start: int, helpers: frozenset[str]) -> None:
        self._source = source
        self._tokens = tokens
        self._start = start
        self._helpers = helpers
        self._match = _matches(tokens)
        self._opening = {end: start for start, end in self._match.items()}

    def edits(self) -> list[Edit]:
        """The edits of all chains that begin here."""
        found: list[Edit] = []
        for at in range(len(self._tokens)):
            end = self._head(at)
            if end is not None:
                found += self._chain(at, end)
        return found

    def _head(self, at: int) -> int | None:
        """The token behind a value that begins a chain here; None where none does."""
        token = self._tokens[at]
        before = self._tokens[at - 1] if at else None
        if before is not None and (
            before.is_sign(".") or before.is_sign("?.") or self._ends_value(at - 1) or before.is_word("new")
        ):
            return None
        if token.kind in _VALUES or (token.kind is Kind.NAME and _is_value_name(token)):
            return at + 1
        if (token.is_sign("(") or token.is_sign("[")) and at in self._match:
            return self._match[at] + 1
        return None

    def _ends_value(self, at: int) -> bool:
        token = self._tokens[at]
        if token.kind in _VALUES or token.is_sign("]"):
            return True
        if token.kind is Kind.NAME:
            after_dot = at > 0 and (self._tokens[at - 1].is_sign(".") or self._tokens[at - 1].is_sign("?."))
            return after_dot or _is_value_name(token)
        if not token.is_sign(")"):
            return False
        opening = self._opening.get(at, 0)
        return not (opening and self._tokens[opening - 1].value in _HEADS)

    def _steps(self, at: int) -> Iterator[_Step]:
        # The last token ends the text and is no step.
        while (step := self._step(at)) is not None:
            yield step
            at = step.end

    def _step(self, at: int) -> _Step | None:
        token = self._tokens[at]
        optional = token.is_sign("?.")
        if token.kind is Kind.TEMPLATE:
            return _Step(at, at + 1, "tag", False, "")
        inner = at + 1 if optional else at
        if optional or token.is_sign("."):
            named = self._tokens[at + 1] if at + 1 < len(self._tokens) else token
            if named.kind is Kind.NAME:
                return _Step(at, at + 2, "read", optional, named.value)
        if inner not in self._match:
            return None
        if self._tokens[inner].is_sign("["):
            return _Step(at, self._match[inner] + 1, "read", optional, "")
        if self._tokens[inner].is_sign("("):
            return _Step(at, self._match[inner] + 1, "call", optional, "")
        return None

    def _chain(self, head: int, end: int) -> list[Edit]:
        steps = list(self._steps(end))
        opens = self._tokens[head].start - self._start
        changed = head > 0 and (self._tokens[head - 1].value in {"++", "--", "delete"})
        edits: list[Edit] = []
        loose = guarded = False
        for number, step in enumerate(steps):
            guarded = guarded or step.optional
            if step.kind != "read":
                continue
            follows = steps[number + 1].kind if number + 1 < len(steps) else self._following(step.end, changed)
            place = self._tokens[step.first].start - self._start
            if follows == "call" and step.name in self._helpers:
                edits += self._helper_call(opens, step)
                loose = guarded = False
            elif follows in {"call", "tag", "target"}:
                if loose and not guarded:
                    edits += [Edit(opens, 0, "("), Edit(place, 0, ")")]
                loose = False
            elif not step.optional:
                edits.append(Edit(place, 0, "?" if step.name else "?."))
                loose = True
        return edits

    def _following(self, at: int, changed: bool) -> str:
        token = self._tokens[at] if at < len(self._tokens) else None
        is_target = token is not None and token.kind is Kind.PUNCTUATOR and token.value in _TARGETS
        return "target" if changed or is_target else ""

    def _helper_call(self, opens: int, step: _Step) -> list[Edit]:
        place = self._tokens[step.first].start - self._start
        bracket = self._tokens[step.end]
        end = (self._tokens[step.end + 1] if bracket.is_sign("?.") else bracket).start - self._start
        lines = "\n" * self._source.count("\n", place, end)
        optional = step.optional or bracket.is_sign("?.")
        call = f', "{step.name}", {"true" if optional else "false"})'
        return [Edit(opens, 0, "__call("), Edit(place, end - place, call + lines)]


def _is_value_name(token: Token) -> bool:
    return token.value not in RESERVED or token.value in _VALUE_WORDS


def _matches(tokens: list[Token]) -> dict[int, int]:
    """Where each opening bracket is closed; brackets that do not pair are left out."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is not Kind.PUNCTUATOR:
            continue
        if token.value in _PAIRS:
            stack.append(at)
        elif token.value in _CLOSING and stack:
            opening = stack.pop()
            if _PAIRS[tokens[opening].value] == token.value:
                found[opening] = at
    return found

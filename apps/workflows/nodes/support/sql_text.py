"""SQL with places for values: ``$1``, ``?``, ``:name``, and the blocks of a template.

A value never becomes a part of the text. A block stands for one value; within quotes, the whole quoted text becomes one
value. Where a value cannot stand, such as a table's name, a block is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from apps.workflows.engine.ports_sql import SqlStatement
from apps.workflows.nodes.support.sql_lexing import HOLE, SqlProblem, Token, content_of, tokens
from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.jsonvalue import JsonValue

MAX_TEXT = 200_000
MAX_STATEMENTS = 100
# The node runs its statements in a transaction of its own.
_TRANSACTIONS = frozenset({"begin", "start", "commit", "rollback", "end", "abort", "savepoint", "release", "prepare"})
_OF_MYSQL = frozenset({"xa", "lock", "unlock"})
# FROM is followed by a value in EXTRACT(… FROM …), TRIM, SUBSTRING, and IS DISTINCT FROM.
_FROM_VALUES = frozenset({"extract", "substring", "trim", "overlay", "distinct", "leading", "trailing", "both"})
_BEFORE_NAMES = frozenset({"from", "join", "into", "update", "table", "by", "only", "exists", "schema", "as", "column"})
_TYPED = frozenset({"date", "time", "timestamp", "timestamptz", "interval"})
_BODIES = frozenset({"trigger", "procedure", "function", "event"})
_NAMES = frozenset({"quoted", "backtick", "bracket"})
_A_NAME = "An expression stands for a value, not for a name or a part of one: write the name itself."


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value: the numbers of blocks and the texts between them, the number of a value, or its name."""

    parts: tuple[str | int, ...] = ()
    number: int = 0
    name: str = ""


@dataclass(slots=True)
class Places:
    """The numbers of the blocks and of the question marks that are still to come."""

    holes: Iterator[int]
    marks: Iterator[int] = field(default_factory=lambda: count(1))


@dataclass(slots=True)
class Draft:
    """A statement that is being read: pieces of text and slots."""

    pieces: list[str | Slot] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    last: Token | None = None

    def add(self, piece: str | Slot) -> None:
        """One more piece."""
        self.pieces.append(piece)


def parse_sql(text: str, dialect: str, *, named: bool = False) -> list[list[str | Slot]]:
    """The statements of a text in which each block of its template is a ``HOLE``. Raises ``SqlProblem``."""
    if len(text) > MAX_TEXT:
        raise SqlProblem(f"The text is longer than {MAX_TEXT} characters.")
    drafts = [Draft()]
    places = Places(iter(range(text.count(HOLE))))
    for token in tokens(text, dialect):
        draft = drafts[-1]
        if token.kind == "end" and not _has_a_body(draft):
            drafts.append(Draft())
            continue
        if token.kind == "comment":
            _skip_holes(token.text, places.holes)
            draft.add(" ")
            continue
        _take(draft, token, dialect, places, named=named)
        if token.kind != "space":
            draft.last = token
    found = [draft for draft in drafts if draft.last is not None]
    if not found:
        raise SqlProblem("There is no statement.")
    if len(found) > MAX_STATEMENTS:
        raise SqlProblem(f"There are more than {MAX_STATEMENTS} statements.")
    for draft in found:
        _check_first(draft, dialect)
    return [draft.pieces for draft in found]


def _has_a_body(draft: Draft) -> bool:
    """Whether semicolons belong to the statement: what defines a trigger or a procedure has statements inside."""
    words = draft.words
    return bool(words) and words[0] == "create" and "begin" in words and bool(_BODIES.intersection(words[:6]))


def _skip_holes(text: str, holes: Iterator[int]) -> None:
    for _ in range(text.count(HOLE)):
        next(holes)


def _take(draft: Draft, token: Token, dialect: str, places: Places, *, named: bool) -> None:
    slot = _slot_of(draft, token, dialect, places, named=named)
    if slot is None:
        if draft.last is not None and draft.last.kind == "hole" and _continues(token):
            _refuse_glued(draft)
        if token.kind == "word":
            draft.words.append(token.text.lower())
        draft.add(token.text)
        return
    if dialect == "postgres" and token.kind == "text" and draft.words and _is_typed(draft):
        _cast(draft, slot)
        return
    draft.add(slot)


def _slot_of(draft: Draft, token: Token, dialect: str, places: Places, *, named: bool) -> Slot | None:
    """The place for a value that a token is; None for what stays as it is written."""
    kind = token.kind
    if kind == "hole":
        _check_place(draft)
        return Slot((next(places.holes),))
    if HOLE in token.text:
        if kind != "text":
            raise SqlProblem(_A_NAME if kind in _NAMES else "An expression cannot stand within this kind of quote.")
        # The empty text says that it is a text, also when there is one block and nothing beside it.
        return Slot(("", *_parts(content_of(token.text, dialect), places.holes)))
    if kind == "number" and not named:
        return Slot(number=int(token.text[1:4]))
    if kind == "mark" and not named and dialect != "postgres":
        return Slot(number=next(places.marks))
    if kind == "name" and named:
        return Slot(name=token.text[1:])
    return None


def _parts(content: str, holes: Iterator[int]) -> Iterator[str | int]:
    for at, text in enumerate(content.split(HOLE)):
        if at:
            yield next(holes)
        if text:
            yield text


def _check_place(draft: Draft) -> None:
    last = draft.last
    glued = bool(draft.pieces) and last is not None and draft.pieces[-1] == last.text
    if last is None:
        raise SqlProblem("The statement itself cannot come from an expression: only values can.")
    if last.text == "." or (glued and last.kind in ("word", "digits", *_NAMES)) or last.kind == "hole":
        raise SqlProblem(_A_NAME)
    if last.kind == "word" and last.text.lower() in _BEFORE_NAMES and not _FROM_VALUES.intersection(draft.words[-4:-1]):
        raise SqlProblem(_A_NAME)


def _continues(token: Token) -> bool:
    return token.kind in ("word", "digits", *_NAMES) or token.text == "."


def _refuse_glued(draft: Draft) -> None:
    if isinstance(draft.pieces[-1], Slot):
        raise SqlProblem(_A_NAME)


def _is_typed(draft: Draft) -> bool:
    last = draft.last
    return last is not None and last.kind == "word" and last.text.lower() in _TYPED


def _cast(draft: Draft, slot: Slot) -> None:
    """``INTERVAL '… days'`` takes no value after its type; the same is said by ``CAST(… AS INTERVAL)``."""
    while isinstance(draft.pieces[-1], str) and not draft.pieces[-1].strip():
        draft.pieces.pop()
    kind = draft.pieces.pop()
    draft.pieces += ["CAST(", slot, f" AS {kind})"]


def _check_first(draft: Draft, dialect: str) -> None:
    first = draft.words[0] if draft.words else ""
    if first in _TRANSACTIONS or (dialect == "mysql" and first in _OF_MYSQL):
        raise SqlProblem(
            f"{first.upper()} is not possible: the node runs its statements in a transaction of its own. See "
            "its parameter “Transaction”."
        )
    if first == "set" and (dialect == "mysql" or "transaction" in draft.words[1:4]):
        # In MySQL it can change how quotes and characters are read, on which the safety of values rests.
        raise SqlProblem("SET is not possible in a statement of its own.")


def bind(
    pieces: Sequence[str | Slot], blocks: Sequence[JsonValue], given: Sequence[JsonValue] | Mapping[str, JsonValue]
) -> SqlStatement:
    """A statement with its values. ``blocks`` are those of the template, ``given`` the listed ones. Raises
    ``SqlProblem`` for a value that is not there."""
    texts, slots = [""], list[int]()
    values: list[JsonValue] = []
    known: dict[Slot, int] = {}
    for piece in pieces:
        if isinstance(piece, str):
            texts[-1] += piece
            continue
        if piece not in known:
            known[piece] = len(values)
            values.append(_value_of(piece, blocks, given))
        slots.append(known[piece])
        texts.append("")
    return SqlStatement([texts[0].lstrip(), *texts[1:]], slots, values)


def _value_of(
    slot: Slot, blocks: Sequence[JsonValue], given: Sequence[JsonValue] | Mapping[str, JsonValue]
) -> JsonValue:
    if slot.parts:
        if len(slot.parts) == 1 and isinstance(slot.parts[0], int):
            return blocks[slot.parts[0]]
        return "".join(part if isinstance(part, str) else text_of(blocks[part]) for part in slot.parts)
    if isinstance(given, Mapping):
        if slot.name not in given:
            raise SqlProblem(f"There is no value for :{slot.name}.")
        return given[slot.name]
    if not 0 < slot.number <= len(given):
        raise SqlProblem(f"The statement asks for value number {slot.number}, and there are {len(given)}.")
    return given[slot.number - 1]

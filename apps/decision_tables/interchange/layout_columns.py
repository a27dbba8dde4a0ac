"""The columns of a sheet: what its heads say of them, and what their cells let guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.decision_tables.engine.columns import MAX_NAME, OPERATORS, is_name
from apps.decision_tables.interchange.cell_commas import answer_fault, condition_fault, pointed_answer
from apps.decision_tables.interchange.cell_literals import NOTHING, read_literal, value_of_json
from apps.decision_tables.interchange.cell_operators import read_operator
from apps.decision_tables.interchange.cell_parts import COMMA, split_outside
from apps.decision_tables.interchange.cell_text import BadCell, read_conditions, read_output
from apps.decision_tables.interchange.layout import HEADS, KINDS, RULES, THEN, TYPE_WORDS, WHEN, Line, unshielded
from apps.decision_tables.interchange.limits import cell_name, refused
from apps.decision_tables.interchange.outcome import Document, Report

_GUESSED = ("boolean", "number", "date", "datetime", "time", "duration")
_MARKED = re.compile(r"(in|input|when|if|out|output|then|result)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_TYPED = re.compile(r"(.+?)\s*\(([a-z ]+)\)", re.IGNORECASE)
_NO_WORD = re.compile(r"\W+")
Heads = Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column at its place; ``document`` is empty for those that stand beside the table's own."""

    at: int
    kind: str
    document: Document
    no_match: Any = NOTHING

    @property
    def has_no_match(self) -> bool:
        """Whether the table has an answer of this column for when no rule matches."""
        return self.no_match is not NOTHING


def head_lines(lines: Sequence[Line], *, titled: bool) -> tuple[Heads, Sequence[Line]]:
    """The rows of names, types … by their titles, and the rules below them."""
    if titled and lines and _title(lines[0]) is not None:
        return _titled(lines)
    heads: dict[str, Line] = dict(zip(("Name:",), lines, strict=False))
    if len(lines) > 1 and _are_types(lines[1]):
        heads["Type:"] = lines[1]
    return heads, lines[len(heads) :]


def columns_of_heads(kinds: Sequence[str], heads: Heads, rules: Sequence[Line]) -> list[SheetColumn]:
    """The columns as their heads say."""
    names = _Names()
    columns = []
    for at, kind in enumerate(kinds):
        if kind in (WHEN, THEN):
            if not _text(heads, "Name:", at) and not _text(heads, "Label:", at):
                if any(line.cell(at).strip() for line in rules):
                    raise refused("This column has no name.", cell_name(_row(heads, "Name:"), at))
                continue
            columns.append(_column(at, kind, heads, rules, names))
        elif kind:
            columns.append(SheetColumn(at, kind, {}))
    return columns


def plain_columns(header: Line, rules: Sequence[Line], report: Report) -> list[SheetColumn]:
    """The columns of a sheet with one row of headers: ``out: price``, ``quantity (number)``, ``| price``."""
    names = _Names()
    found: list[tuple[int, str, str]] = []
    side = WHEN
    for at, cell in enumerate(header.cells):
        text = cell.strip()
        if text.startswith(("|", "=>", "→")):
            side, text = THEN, text.lstrip("|=>→ ")
        marked = _MARKED.fullmatch(text)
        if marked:
            found.append((at, THEN if marked[1].lower() in ("out", "output", "then", "result") else WHEN, marked[2]))
        elif text:
            found.append((at, KINDS.get(text.lower(), side), text))
    return _plain(_with_output(found, report), header, rules, names)


def _plain(
    found: Sequence[tuple[int, str, str]], header: Line, rules: Sequence[Line], names: _Names
) -> list[SheetColumn]:
    columns = []
    for at, kind, text in found:
        if kind not in (WHEN, THEN):
            columns.append(SheetColumn(at, kind, {}))
            continue
        typed = _TYPED.fullmatch(text)
        word = TYPE_WORDS.get(typed[2].lower()) if typed else None
        title = typed[1] if typed and word else text
        heads = {"Name:": Line(header.number, [title] * (at + 1))}
        if word:
            heads["Type:"] = Line(header.number, [word] * (at + 1))
        columns.append(_column(at, kind, heads, rules, names))
    return columns


def _with_output(found: list[tuple[int, str, str]], report: Report) -> list[tuple[int, str, str]]:
    if any(kind == THEN for _, kind, _ in found):
        return [(at, WHEN if kind not in set(KINDS.values()) else kind, text) for at, kind, text in found]
    last = next((place for place in reversed(range(len(found))) if found[place][1] == WHEN), None)
    if last is None or len(found) < 2:
        raise refused("No column is an output. Write out: before the name of each column that is answered.")
    at, _, text = found[last]
    message = "No column is marked as an output, so the last one was taken. Write out: before the names of outputs."
    report.append({"severity": "warning", "place": text, "message": message})
    return [*found[:last], (at, THEN, text), *found[last + 1 :]]


def _titled(lines: Sequence[Line]) -> tuple[Heads, Sequence[Line]]:
    heads: dict[str, Line] = {}
    for at, line in enumerate(lines):
        title = _title(line)
        if title == RULES:
            return heads, lines[at + 1 :]
        if title is None or title in heads:
            return heads, lines[at:]
        heads[title] = line
    return heads, []


def _title(line: Line) -> str | None:
    text = line.cell(0).strip().lower()
    return next((title for title in (*HEADS, RULES) if title.lower() == text), None)


def _are_types(line: Line) -> bool:
    words = [cell.strip().lower() for cell in line.cells if cell.strip()]
    return bool(words) and all(word in TYPE_WORDS for word in words)


class _Names:
    """Gives each column of a side a name that it can have."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def free(self, kind: str, text: str) -> str:
        """The name itself where it is one; else one that is like it."""
        name = text if is_name(text) else _NO_WORD.sub("_", text).strip("_") or "column"
        name = (f"c_{name}" if name[0].isdigit() else name)[: MAX_NAME - 4]
        name = text if is_name(text) else name
        free, number = name, 2
        while (kind, free) in self._taken:
            free, number = f"{name}_{number}", number + 1
        self._taken.add((kind, free))
        return free


def _column(at: int, kind: str, heads: Heads, rules: Sequence[Line], names: _Names) -> SheetColumn:
    title = _text(heads, "Name:", at) or _text(heads, "Label:", at)
    label = _text(heads, "Label:", at)
    name = names.free(kind, title)
    document: Document = {"name": name, "type": _type(at, kind, heads, rules)}
    document["label"] = label or ("" if name == title else title)
    no_match: Any = NOTHING
    for head, read in _READERS[kind].items():
        text = heads[head].cell(at).strip() if head in heads else ""
        if text:
            value = _read(read, text, document["type"], heads[head], at)
            if head == "No match:":
                no_match = value
            else:
                document[_MEMBERS[head]] = value
    return SheetColumn(at, kind, document, no_match)


def _read(read: Callable[[str, str], Any], text: str, column_type: str, line: Line, at: int) -> Any:
    if line.decimal_comma and column_type == "number" and read is read_output:
        text = pointed_answer(text)
    try:
        return read(text, column_type)
    except BadCell as error:
        raise refused(str(error), cell_name(line.number, at)) from None


def _type(at: int, kind: str, heads: Heads, rules: Sequence[Line]) -> str:
    word = _text(heads, "Type:", at).lower()
    if word:
        if word not in TYPE_WORDS:
            message = f"{word!r} is no type. Write one of: {', '.join(sorted(set(TYPE_WORDS.values())))}."
            raise refused(message, cell_name(_row(heads, "Type:"), at))
        return TYPE_WORDS[word]
    texts = {text for line in rules if (text := line.cell(at).strip()) not in ("", "-")}
    fits = _condition_fits if kind == WHEN else _output_fits
    return next((each for each in _GUESSED if texts and all(fits(text, each) for text in texts)), "string")


def _condition_fits(text: str, column_type: str) -> bool:
    if column_type == "number" and condition_fault(text):
        # It is read as the number that it seems to be, or refused as that.
        return True
    try:
        return not any("feel" in test for test in read_conditions(text, {"type": column_type}))
    except BadCell:
        return False


def _output_fits(text: str, column_type: str) -> bool:
    if column_type == "number" and answer_fault(text):
        return True
    try:
        return read_output(text, column_type) is not NOTHING
    except BadCell:
        return False


def _operators(text: str, _type: str) -> list[str]:
    if text.lower() == "none":
        return []
    found = []
    for part in text.replace(";", ",").split(","):
        word = part.strip()
        read = read_operator(f"{word} ") if word not in OPERATORS else (word, "")
        if read is None or read[1]:
            raise BadCell(f"{word[:60]!r} is no operator. Write some of: {' '.join(OPERATORS)}.")
        found.append(read[0])
    return found


def _allowed(text: str, column_type: str) -> list[Any]:
    listed = value_of_json(text) if text.startswith("[") else NOTHING
    if isinstance(listed, list):
        return listed
    values = [read_literal(part, column_type) for part in split_outside(text, COMMA)]
    if NOTHING in values:
        raise BadCell(f"Not all of these values are of the type {column_type}.")
    return values


def _expression(text: str, _type: str) -> str:
    return unshielded(text)


_MEMBERS = {
    "Operators:": "operators",
    "Expression:": "expression",
    "Allowed values:": "allowed_values",
    "Default:": "default_value",
}
_READERS: Mapping[str, Mapping[str, Callable[[str, str], Any]]] = {
    WHEN: {"Operators:": _operators, "Expression:": _expression, "Allowed values:": _allowed},
    THEN: {"Allowed values:": _allowed, "Default:": read_output, "No match:": read_output},
}


def _text(heads: Heads, title: str, at: int) -> str:
    return unshielded(heads[title].cell(at)) if title in heads else ""


def _row(heads: Heads, title: str) -> int:
    return heads[title].number if title in heads else 0

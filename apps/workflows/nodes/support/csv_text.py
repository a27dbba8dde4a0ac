"""CSV as rows of objects, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.jsonvalue import JsonObject

MAX_TEXT = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 5_000
DELIMITERS = (",", ";", "\t", "|")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class BadCsv(ValueError):
    """CSV that is not understood or too large; the message says where or which."""


def guessed_delimiter(text: str) -> str:
    """The delimiter that the first line has most of."""
    first = text[:10_000].lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))


def rows_of(text: str, delimiter: str, *, header: bool, most: int = MAX_ROWS) -> Iterator[JsonObject]:
    """The rows as objects; empty lines are left out. Raises ``BadCsv``.

    Columns without a name are ``column_1``, … and a name that comes again gets a number. A row that is too short
    has empty texts at its end.
    """
    if len(text) > MAX_TEXT:
        raise BadCsv(f"The CSV is longer than {MAX_TEXT} characters.")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    made = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise BadCsv(f"Line {reader.line_num}: {problem}.") from None
        if not any(cells):
            continue
        if len(cells) > MAX_COLUMNS:
            raise BadCsv(f"Line {reader.line_num}: more than {MAX_COLUMNS} columns.")
        if header and not names:
            names = _names(cells)
            continue
        if made == most:
            return
        made += 1
        names += [f"column_{number}" for number in range(len(names) + 1, len(cells) + 1)]
        yield dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=True))


def _names(cells: Sequence[str]) -> list[str]:
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        wanted = cell.strip() or f"column_{number}"
        name, again = wanted, 2
        while name in names:
            name, again = f"{wanted}_{max(again, number)}", max(again, number) + 1
        names[name] = None
    return list(names)


def csv_of(rows: Sequence[JsonObject], delimiter: str, *, header: bool, guard: bool) -> str:
    """The rows as CSV (RFC 4180); a column for each field of any row. Raises ``BadCsv``.

    ``guard`` puts an apostrophe before texts that a spreadsheet would take for a formula.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > MAX_COLUMNS:
        raise BadCsv(f"More than {MAX_COLUMNS} columns.")
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    if header and names:
        writer.writerow(_cells(names, guard))
    for row in rows:
        writer.writerow(_cells((row.get(name) for name in names), guard))
        if written.tell() > MAX_TEXT:
            raise BadCsv(f"The CSV would have more than {MAX_TEXT} characters.")
    return written.getvalue()


def _cells(values: Iterable[Any], guard: bool) -> list[str]:
    return [f"'{value}" if guard and isinstance(value, str) and value.startswith(_FORMULAS) else text_of(value)
            for value in values]  # fmt: skip

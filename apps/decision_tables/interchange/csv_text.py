"""Tables as CSV, in the layout of ``layout.py``."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apps.decision_tables.interchange.layout import Line
from apps.decision_tables.interchange.layout_reading import table_of
from apps.decision_tables.interchange.layout_writing import sheet_of
from apps.decision_tables.interchange.limits import (
    MAX_WIDTH,
    check_cell,
    check_row,
    refused,
    too_many_columns,
)
from apps.decision_tables.interchange.outcome import ReadTable, Report

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = (",", ";", "\t")
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*+"?')
# Programs take such cells for formulas; an apostrophe says that they are text.
_FORMULA = re.compile(r"[=+\-@\t\r']")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")


def read_csv(data: bytes) -> Sequence[ReadTable]:
    """The table of a CSV file. Refused with ``import_invalid``, naming the cells."""
    report: Report = []
    text = _decoded(data, report)
    table = table_of(list(_lines(text)))
    table.report.extend(report)
    return [table]


def write_csv(document: Mapping[str, Any], name: str, label: str, application: str = "") -> bytes:
    """The file of a table: UTF-8 with a mark, which spreadsheets need, and no cell that they would carry out."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in sheet_of(document, name, label, application).rows:
        writer.writerow([_guarded(cell) for cell in row])
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _decoded(data: bytes, report: Report) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    if b"\x00" in data:
        raise refused("The file is no CSV: it holds bytes that are no text. Save it as CSV in UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        message = "The file is not in UTF-8 and was read as Windows-1252. Look at letters with accents."
        report.append({"severity": "warning", "place": "content", "message": message})
        return _decode(data, "cp1252")


def _decode(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise refused(f"The file is not text in {encoding}. Save it as CSV in UTF-8.") from None
    if "\x00" in text:
        raise refused("The file holds NUL characters. Save it as CSV in UTF-8.")
    return text


def _lines(text: str) -> Iterator[Line]:
    said = _SAID.match(text)
    delimiter = said[1] if said else _delimiter(text)
    body = text[said.end() :] if said else text
    count = 0
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader):
            cells = [_unguarded(cell) for cell in row]
            while cells and not cells[-1].strip():
                cells.pop()
            if not cells:
                continue
            count += 1
            _check(cells, number, count)
            yield Line(number, cells, decimal_comma=delimiter == ";")
    except csv.Error as error:
        raise refused(_reason(error), f"line {reader.line_num}") from None


def _check(cells: Sequence[str], number: int, count: int) -> None:
    check_row(count)
    if len(cells) > MAX_WIDTH:
        raise too_many_columns(len(cells))
    for at, cell in enumerate(cells):
        check_cell(cell, number, at)


def _reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "A cell may have at most 10,000 characters, and one here has more. Is a quotation mark missing?"
    return f"The line is no CSV: {error}."


def _delimiter(text: str) -> str:
    """What stands most often in the first line that has any, outside of quotes."""
    for line in text[:100_000].splitlines()[:20]:
        plain = _QUOTED.sub("", line)
        best = max(_DELIMITERS, key=plain.count)
        if plain.count(best):
            return best
    return ","


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell

"""Tables as Excel workbooks, in the layout of ``layout.py``: the first sheet that has a table in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from apps.decision_tables.engine.feel.temporal import DaysDuration
from apps.decision_tables.engine.feel.temporal_text import text_of
from apps.decision_tables.interchange.layout import Line
from apps.decision_tables.interchange.layout_reading import table_of
from apps.decision_tables.interchange.layout_writing import Sheet, sheet_of
from apps.decision_tables.interchange.limits import (
    MAX_WIDTH,
    cell_name,
    check_cell,
    check_row,
    refused,
    too_many_columns,
)
from apps.decision_tables.interchange.outcome import ReadTable
from apps.decision_tables.interchange.xlsx_safety import check_workbook

# No cell of a table stands farther to the right, not even an empty one; a row may else claim 16,384 of them.
_FARTHEST = 1_000
_WIDTH = 18
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E8EDF3")


def read_xlsx(data: bytes) -> Sequence[ReadTable]:
    """The table of a workbook. Refused with ``import_invalid``, naming the cells."""
    check_workbook(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = next((each for each in book.worksheets if isinstance(each, ReadOnlyWorksheet)), None)
        lines = [] if sheet is None else list(_lines(sheet))
        shown = len(book.worksheets)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError) as error:
        raise refused(f"The workbook cannot be read: {str(error)[:200]}. Save it again as .xlsx.") from None
    table = table_of(lines)
    if shown > 1:
        message = f"Only the first of the {shown} sheets was read."
        table.report.append({"severity": "info", "place": "content", "message": message})
    return [table]


def write_xlsx(document: Mapping[str, Any], name: str, label: str, application: str = "") -> bytes:
    """The file of a table; numbers that are answered are numbers, all else is text."""
    sheet = sheet_of(document, name, label, application)
    book = Workbook(write_only=True)
    # The stubs know sheets of one mode alone.
    page: Any = book.create_sheet("Decision table")
    for at in range(len(sheet.kinds)):
        page.column_dimensions[cell_name(0, at)[:-1]].width = _WIDTH
    page.freeze_panes = f"B{sheet.heads + 1}"
    for number, row in enumerate(sheet.rows):
        page.append([_cell(page, sheet, number, at, text) for at, text in enumerate(row)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, sheet: Sheet, row: int, at: int, text: str) -> Any:
    if not text:
        return None
    if row >= sheet.heads and at < len(sheet.types) and sheet.types[at] == "number" and _NUMBER.fullmatch(text):
        return WriteOnlyCell(page, value=float(text) if "." in text else int(text))
    cell = WriteOnlyCell(page, value="")
    # Given afterwards, so that no text is taken for a formula.
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[0] in "=+-@"
    if row < sheet.heads:
        cell.font = _BOLD
        cell.fill = _SHADE
    return cell


def _lines(sheet: Any) -> Iterator[Line]:
    # A sheet may say that it is as large as a sheet can be.
    sheet.reset_dimensions()
    count = 0
    for number, row in enumerate(sheet.iter_rows(min_row=1, min_col=1)):
        if len(row) > _FARTHEST:
            message = "There are cells so far to the right. Delete the columns behind the table."
            raise refused(message, cell_name(number, len(row) - 1))
        cells = [_text(cell, number, at) for at, cell in enumerate(row)]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        count += 1
        check_row(count)
        if len(cells) > MAX_WIDTH:
            raise too_many_columns(len(cells))
        for at, text in enumerate(cells):
            check_cell(text, number, at)
        yield Line(number, cells)


def _text(cell: Any, row: int, at: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        message = "This cell has a formula, which nothing would work out here. Paste it as a value."
        raise refused(message, cell_name(row, at))
    if cell.data_type == "e":
        raise refused(f"This cell has an error: {value}.", cell_name(row, at))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, timedelta):
        nanos = (value.days * 86_400 + value.seconds) * 1_000_000_000 + value.microseconds * 1_000
        return text_of(DaysDuration(nanos))
    return value.isoformat() if isinstance(value, date | time) else str(value)

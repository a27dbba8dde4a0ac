"""What a file may hold, and the refusals that name what is too much and where."""

from __future__ import annotations

from apps.decision_tables.engine.columns import MAX_CELL, MAX_COLUMNS, MAX_RULES
from exprsn.kernel.errors import InvalidInput

# Rows above the rules: settings in pieces, and the heads of columns.
MAX_HEAD_ROWS = 3_000
# Rule, Priority, Enabled and Annotation stand beside the columns of a table.
MAX_WIDTH = MAX_COLUMNS + 10
# Quotes and escapes need room that the text itself does not.
MAX_WRITTEN = 8 * MAX_CELL
MAX_FAULTS = 50


def refused(message: str, place: str = "content") -> InvalidInput:
    """The error of a file that cannot be taken, with the place in it."""
    shown = message if place == "content" else f"{place}: {message}"
    return InvalidInput(shown, code="import_invalid", errors={place: [message]})


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it: ``B5``. Both count from zero."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def check_cell(text: str, row: int, column: int) -> None:
    """Refuse a cell that is longer than any may be."""
    if len(text) <= MAX_CELL or (len(text) <= MAX_WRITTEN and text.startswith(("json:", '"'))):
        return
    message = f"A cell may have at most {MAX_CELL:,} characters, and this one has {len(text):,}."
    raise refused(message, cell_name(row, column))


def check_row(count: int) -> None:
    """Refuse a file with more rows than a table can have."""
    if count > MAX_RULES + MAX_HEAD_ROWS:
        raise too_many_rules()


def too_many_rules() -> InvalidInput:
    """The refusal of more rules than a table may have."""
    return refused(f"A table may have at most {MAX_RULES:,} rules, and this file has more. Split it.")


def too_many_columns(count: int) -> InvalidInput:
    """The refusal of more columns than a table may have."""
    return refused(f"A table may have at most {MAX_COLUMNS} columns, and this file has {count}.")

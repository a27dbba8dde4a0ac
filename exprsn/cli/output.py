"""What people and programs read: aligned tables that fit the terminal, or one JSON document; notes on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from exprsn.cli.failures import CommandFailed

_ANY_WIDTH = 100_000
_GAP = 2
_NARROWEST = 8
STATUS_STYLES = {
    "success": "green", "active": "green", "partial_success": "yellow", "error": "red", "critical": "red",
    "running": "cyan", "queued": "cyan", "waiting": "cyan", "paused": "yellow", "canceled": "bright_black",
    "draft": "yellow", "warning": "yellow", "archived": "bright_black", "skipped": "bright_black",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and text; ``flexible`` ones shrink first, then the highest ``drop`` is left out."""

    title: str
    text: Callable[[Mapping[str, Any]], Any]
    flexible: bool = False
    drop: int = 0


def clean(value: Any) -> str:
    """Text from the server without anything that could steer the terminal, in one line."""
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)


def emit_json(value: Any) -> None:
    """The one document of a command with ``--json``."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=plain) + "\n")


def say(text: str) -> None:
    """A line for people on stdout."""
    _console(sys.stdout).print(Text(clean(text)), soft_wrap=True)


def note(text: str) -> None:
    """A line on stderr beside the result."""
    _console(sys.stderr).print(Text(clean(text)), soft_wrap=True)


def show_failure(failure: CommandFailed) -> None:
    """Why the command ended, and what to do."""
    console = _console(sys.stderr)
    console.print(Text.assemble(("Error: ", "bold red"), clean(failure.message)), soft_wrap=True)
    for line in failure.details:
        console.print(Text(f"  {clean(line)}"), soft_wrap=True)
    if failure.hint:
        console.print(Text(clean(failure.hint)), soft_wrap=True)


def show_fields(pairs: Iterable[tuple[str, Any]]) -> None:
    """Names and values of one thing, empty ones left out."""
    rows = [(name, clean(value)) for name, value in pairs if value not in (None, "", [])]
    width = max((len(name) for name, _ in rows), default=0)
    console = _console(sys.stdout)
    for name, value in rows:
        line = Text.assemble((name.ljust(width + _GAP), "bold"), (value, STATUS_STYLES.get(value, "")))
        console.print(line, soft_wrap=True)


def show_table(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], *, empty: str) -> None:
    """An aligned table; ``empty`` is said on stderr when there is nothing to show."""
    if not rows:
        note(empty)
        return
    console = _console(sys.stdout)
    cells = [[clean(column.text(row)) for column in columns] for row in rows]
    chosen = _fitted(columns, cells, console.width)
    console.print(_line([(columns[at].title.upper(), width) for at, width in chosen], header=True), soft_wrap=True)
    for row in cells:
        console.print(_line([(row[at], width) for at, width in chosen]), soft_wrap=True)


def show_log_line(moment: str, level: str, text: str) -> None:
    """One line of a log, at once even into a pipe."""
    style = STATUS_STYLES.get(level, "")
    line = Text.assemble((moment, "bright_black"), " ", (clean(level).upper().ljust(8), style), " ", clean(text))
    _console(sys.stdout).print(line, soft_wrap=True)
    sys.stdout.flush()


def _fitted(columns: Sequence[Column], cells: Sequence[Sequence[str]], room: int) -> list[tuple[int, int]]:
    """Which columns are shown, and how wide."""
    natural = [max(cell_len(text) for text in [c.title, *(row[at] for row in cells)]) for at, c in enumerate(columns)]
    shown = list(range(len(columns)))
    while True:
        over = sum(natural[at] for at in shown) + _GAP * (len(shown) - 1) - room
        widths = {at: natural[at] for at in shown}
        for at in sorted((at for at in shown if columns[at].flexible), key=lambda at: -natural[at]):
            cut = min(max(over, 0), max(natural[at] - _NARROWEST, 0))
            widths[at] -= cut
            over -= cut
        droppable = [at for at in shown if columns[at].drop]
        if over <= 0 or not droppable:
            return list(widths.items())
        shown.remove(max(droppable, key=lambda at: columns[at].drop))


def _line(parts: Sequence[tuple[str, int]], *, header: bool = False) -> Text:
    line = Text()
    for at, (text, width) in enumerate(parts):
        shown = text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"
        line.append(shown, "bold" if header else STATUS_STYLES.get(text, ""))
        if at < len(parts) - 1:
            line.append(" " * (width - cell_len(shown) + _GAP))
    line.rstrip()
    return line


def _console(stream: TextIO) -> Console:
    """Colours and a width only where a person looks; rich would also obey other programs' variables."""
    on_terminal = stream.isatty()
    plain = not on_terminal or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Console(
        file=stream,
        color_system=None if plain else "standard",
        force_terminal=on_terminal and not plain,
        width=None if on_terminal else _asked_width() or _ANY_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _asked_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() else 0

"""What Python code sees: items whose values dots reach, too, and the names of expressions with ``_`` for ``$``."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

MAX_LINE = 8000


class Record(dict[str, Any]):
    """A JSON object; ``record.name`` is ``record["name"]`` where no method of ``dict`` has that name."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no {name!r}; there are {', '.join(map(repr, list(self)[:10]))}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __delattr__(self, name: str) -> None:
        self.pop(name, None)

    def to_py(self) -> Record:
        """Itself; a helper that imported code may call."""
        return self


def records(text: str) -> Any:
    """JSON text with every object a record."""
    return json.loads(text, object_hook=Record)


class Items:
    """Items of a node, or the input's."""

    def __init__(self, items: list[Any], position: int = 0) -> None:
        self._items = items
        self._position = position
        self.params = Record()
        self.context = Record()

    def all(self) -> list[Any]:
        """All of them."""
        return self._items

    def first(self) -> Any:
        """The first, or ``None``."""
        return self._items[0] if self._items else None

    def last(self) -> Any:
        """The last, or ``None``."""
        return self._items[-1] if self._items else None

    def itemMatching(self, position: int) -> Any:  # noqa: N802 - the name that imported code uses
        """The one at a position."""
        return self._items[position]

    @property
    def item(self) -> Any:
        """The present one."""
        return self._items[self._position] if self._position < len(self._items) else None

    @property
    def json(self) -> Any:
        """The data of the present one."""
        return self.item["json"] if self.item is not None else Record()


class Nodes:
    """Other nodes by name: ``_node["Name"]`` or ``_("Name")``."""

    def __init__(self, nodes: dict[str, list[Any]]) -> None:
        self._nodes = nodes

    def __getitem__(self, name: str) -> Items:
        if name not in self._nodes:
            raise LookupError(f'The node "{name}" does not exist or has not run yet')
        return Items(self._nodes[name])

    __call__ = __getitem__


def names_for(items: list[Any], context: Record) -> dict[str, Any]:
    """The names that stay the same for all items."""
    now = datetime.datetime.fromisoformat(context.get("now", "1970-01-01T00:00:00+00:00"))
    nodes = Nodes(context.get("nodes", {}))
    return {
        "items": items, "_items": items, "_node": nodes, "_": nodes, "_now": now,
        "_today": now.replace(hour=0, minute=0, second=0, microsecond=0),
        "_vars": context.get("vars", Record()), "_env": context.get("env", Record()),
        "_workflow": context.get("workflow", Record()), "_execution": context.get("execution", Record()),
        "_runIndex": context.get("runIndex", 0),
    }  # fmt: skip


def names_at(items: list[Any], position: int) -> dict[str, Any]:
    """The names that stand for the present item."""
    item = items[position] if position < len(items) else None
    return {
        "item": item, "_item": item, "_json": item["json"] if item is not None else Record(),
        "_input": Items(items, position), "_itemIndex": position,
    }  # fmt: skip


class Log(io.TextIOBase):
    """Where ``print`` writes: lines up to a limit, the rest is counted."""

    def __init__(self, level: str, lines: list[list[str]], keep: Callable[[], bool]) -> None:
        self._level, self._lines, self._keep = level, lines, keep
        self._open = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *done, self._open = (self._open + text).split("\n")
        for line in done:
            self._line(line)
        self._open = self._open[:MAX_LINE]
        return len(text)

    def finish(self) -> None:
        """What was written without an end of line is a line, too."""
        if self._open:
            self._line(self._open)
            self._open = ""

    def _line(self, line: str) -> None:
        if self._keep():
            self._lines.append([self._level, line[:MAX_LINE]])


class Logs:
    """The lines of a run, from standard output and standard error."""

    def __init__(self, limit: int) -> None:
        self.lines: list[list[str]] = []
        self._limit = limit
        self._skipped = 0
        self.outputs: Sequence[Log] = [Log(level, self.lines, self._keep) for level in ("info", "warning")]

    def finished(self) -> list[list[str]]:
        """All lines, with a word about those that were skipped."""
        for output in self.outputs:
            output.finish()
        return [*self.lines, ["warning", f"{self._skipped} lines skipped"]] if self._skipped else self.lines

    def _keep(self) -> bool:
        if len(self.lines) < self._limit:
            return True
        self._skipped += 1
        return False

"""JavaScript's own methods of lists (ECMA-262, section 23.1.3). None changes its list."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.budget import ENTRY_SIZE
from exprsn.kernel.expressions.coercion import (
    joined,
    same_value_zero,
    strict_equals,
    to_integer,
)
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import (
    ANY,
    INTEGER,
    INTEGER_OR_NONE,
    TEXT_OR_NONE,
    Methods,
    method,
    run_method,
)
from exprsn.kernel.expressions.methods.list_callbacks import LIST_CALLBACKS
from exprsn.kernel.expressions.methods.texts import position_in
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED

_MAX_FLAT = 100


def _slice(entries: list[Any], start: int, end: int | None) -> list[Any]:
    size = len(entries)
    return entries[position_in(start, size) : size if end is None else position_in(end, size)]


def flattened(run: Run, entries: list[Any], depth: int) -> list[Any]:
    """``flat(depth)``: lists inside are opened ``depth`` times."""
    made: list[Any] = []
    for entry in entries:
        if isinstance(entry, list) and depth > 0:
            inner = flattened(run, entry, depth - 1)
            run.budget.step(1 + (len(inner) >> 4))
            run.budget.charge(len(inner) * ENTRY_SIZE)
            made.extend(inner)
        else:
            made.append(entry)
    return made


def _flat(run: Run, entries: list[Any], depth: int | None) -> list[Any]:
    return flattened(run, entries, 1 if depth is None else min(depth, _MAX_FLAT))


def _join(run: Run, entries: list[Any], separator: str | None) -> str:
    return joined(entries, "," if separator is None else separator, run)


def _start(run: Run, entries: list[Any], start: Any) -> int:
    return position_in(to_integer(start, run), len(entries))


def _index_of(run: Run, entries: list[Any], wanted: Any, start: Any) -> int:
    for at in range(_start(run, entries, start), len(entries)):
        if strict_equals(entries[at], wanted):
            return at
    return -1


def _last_index_of(run: Run, entries: list[Any], arguments: list[Any]) -> int:
    wanted = arguments[0] if arguments else UNDEFINED
    start = to_integer(arguments[1], run) if len(arguments) > 1 else len(entries) - 1
    first = len(entries) + start if start < 0 else min(start, len(entries) - 1)
    for at in range(first, -1, -1):
        if strict_equals(entries[at], wanted):
            return at
    return -1


def _includes(run: Run, entries: list[Any], wanted: Any, start: Any) -> bool:
    return any(same_value_zero(entry, wanted) for entry in entries[_start(run, entries, start) :])


def _concat(run: Run, entries: list[Any], arguments: list[Any]) -> list[Any]:
    made = list(entries)
    for one in arguments:
        made.extend(one if isinstance(one, list) else [one])
    return made


def _at(entries: list[Any], at: int) -> Any:
    return entries[at] if -len(entries) <= at < len(entries) else UNDEFINED


def _with(run: Run, entries: list[Any], at: int, value: Any) -> list[Any]:
    if not -len(entries) <= at < len(entries):
        raise ExpressionError(f"with() has no entry {at}.")
    made = list(entries)
    made[at] = value
    return made


def _to_spliced(run: Run, entries: list[Any], arguments: list[Any]) -> list[Any]:
    size = len(entries)
    start = position_in(to_integer(arguments[0], run), size) if arguments else size
    count = to_integer(arguments[1], run) if len(arguments) > 1 else size
    return [*entries[:start], *arguments[2:], *entries[start + max(count, 0) :]]


def _fill(entries: list[Any], value: Any, start: int, end: int | None) -> list[Any]:
    size = len(entries)
    first, last = position_in(start, size), size if end is None else position_in(end, size)
    return entries[:first] + [value] * max(last - first, 0) + entries[max(first, last) :]


def _to_locale(run: Run, entries: list[Any]) -> str:
    return joined(entries, ",", run)


LIST_METHODS: Methods = {
    **LIST_CALLBACKS,
    "flat": run_method(_flat, INTEGER_OR_NONE),
    "slice": method(_slice, INTEGER, INTEGER_OR_NONE),
    "join": run_method(_join, TEXT_OR_NONE),
    "toString": run_method(_to_locale),
    "toLocaleString": run_method(_to_locale),
    "indexOf": run_method(_index_of, ANY, ANY),
    "lastIndexOf": _last_index_of,
    "includes": run_method(_includes, ANY, ANY),
    "concat": _concat,
    "reverse": method(lambda entries: entries[::-1]),
    "toReversed": method(lambda entries: entries[::-1]),
    "at": method(_at, INTEGER),
    "with": run_method(_with, INTEGER, ANY),
    "toSpliced": _to_spliced,
    "fill": method(_fill, ANY, INTEGER, INTEGER_OR_NONE),
    "keys": method(lambda entries: list(range(len(entries)))),
    "values": method(list),
    "entries": method(lambda entries: [[at, entry] for at, entry in enumerate(entries)]),
    "pop": method(lambda entries: entries[-1] if entries else UNDEFINED),
    "shift": method(lambda entries: entries[0] if entries else UNDEFINED),
}

"""Helper methods of lists."""

from __future__ import annotations

import random
from typing import Any

from exprsn.kernel.expressions.coercion import to_integer, to_number, to_text
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import ANY, LIST, TEXT, Methods, method, run_method
from exprsn.kernel.expressions.json_text import json_text
from exprsn.kernel.expressions.numbers import NAN, Number, number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, HostObject, is_nothing

_List = list[Any]


def numbers_in(run: Run, entries: _List, name: str) -> list[Number]:
    """The entries as numbers; an entry that is none is an error."""
    found = [to_number(entry, run) if not is_nothing(entry) else NAN for entry in entries]
    if any(one != one for one in found):
        raise ExpressionError(f"{name}() needs a list of numbers.")
    return found


def _sum(run: Run, entries: _List) -> Number:
    total: Number = 0
    for one in numbers_in(run, entries, "sum"):
        total = number(total + one)
    return total


def _average(run: Run, entries: _List) -> Any:
    return number(_sum(run, entries) / len(entries)) if entries else 0


def _min(run: Run, entries: _List) -> Any:
    return min(numbers_in(run, entries, "min"), default=UNDEFINED)


def _max(run: Run, entries: _List) -> Any:
    return max(numbers_in(run, entries, "max"), default=UNDEFINED)


def _identity(run: Run, value: Any) -> str:
    """A text that is the same for values that are equal member by member."""
    if isinstance(value, str):
        return f"s{value}"
    if isinstance(value, HostObject):
        value = value.to_json()
    return f"j{json_text(_sorted_members(value, run), run)}"


def _sorted_members(value: Any, run: Run) -> Any:
    """The value with the members of its objects as sorted pairs."""
    if not isinstance(value, list | dict):
        return value
    run.budget.step(1 + len(value))
    if isinstance(value, list):
        return [_sorted_members(entry, run) for entry in value]
    return {"object": [[name, _sorted_members(value[name], run)] for name in sorted(value)]}


def _field_names(run: Run, arguments: _List) -> list[str]:
    names: list[str] = []
    for one in arguments:
        names.extend([to_text(name, run) for name in (one if isinstance(one, list) else [one])])
    return names


def _unique(run: Run, entries: _List, arguments: _List) -> _List:
    """The first of each kind: of equal entries, or of objects with equal fields."""
    names = _field_names(run, arguments)
    seen: dict[str, Any] = {}
    for entry in entries:
        key = [entry.get(name, UNDEFINED) for name in names] if names and isinstance(entry, dict) else entry
        seen.setdefault(_identity(run, key), entry)
    return list(seen.values())


def _pluck(run: Run, entries: _List, arguments: _List) -> _List:
    """The values of a field, or objects of several fields; what is no object or lacks the field is left out."""
    names = _field_names(run, arguments)
    if not names:
        return list(entries)
    rows = [entry for entry in entries if isinstance(entry, dict)]
    if len(names) == 1:
        return [entry[names[0]] for entry in rows if names[0] in entry]
    return [{name: entry[name] for name in names if name in entry} for entry in rows]


def is_empty(value: Any) -> bool:
    """Whether a value is null, undefined or an empty text."""
    return is_nothing(value) or (isinstance(value, str) and value == "")


def _chunk(run: Run, entries: _List, size: Any) -> _List:
    length = to_integer(size, run)
    if length < 1:
        raise ExpressionError("chunk() needs a length of 1 or more.")
    return [entries[at : at + length] for at in range(0, len(entries), length)]


def _difference(run: Run, entries: _List, other: _List) -> _List:
    known = {_identity(run, entry) for entry in other}
    return [entry for entry in entries if _identity(run, entry) not in known]


def _intersection(run: Run, entries: _List, other: _List) -> _List:
    known = {_identity(run, entry) for entry in other}
    return _unique(run, [entry for entry in entries if _identity(run, entry) in known], [])


def _union(run: Run, entries: _List, other: _List) -> _List:
    return _unique(run, [*entries, *other], [])


def _merge(entries: _List, other: Any) -> dict[str, Any]:
    """One object of all members; of a pair at the same place this list's members win."""
    others = other if isinstance(other, list) else []
    merged: dict[str, Any] = {}
    for at in range(max(len(entries), len(others))):
        for rows in (others, entries):
            if at < len(rows) and isinstance(rows[at], dict):
                merged.update(rows[at])
    return merged


def _smart_join(run: Run, entries: _List, key: str, value: str) -> dict[str, Any]:
    rows = [entry for entry in entries if isinstance(entry, dict) and key in entry and value in entry]
    return {to_text(entry[key], run): entry[value] for entry in rows}


def _rename_keys(run: Run, entries: _List, arguments: _List) -> _List:
    names = [to_text(name, run) for name in arguments]
    renamed = dict(zip(names[::2], names[1::2], strict=False))
    return [
        {renamed.get(name, name): member for name, member in entry.items()} if isinstance(entry, dict) else entry
        for entry in entries
    ]


def _random_item(entries: _List) -> Any:
    return random.choice(entries) if entries else UNDEFINED  # noqa: S311 - nothing secret hangs on it


LIST_HELPERS: Methods = {
    "first": method(lambda entries: entries[0] if entries else UNDEFINED),
    "last": method(lambda entries: entries[-1] if entries else UNDEFINED),
    "isEmpty": method(lambda entries: not entries),
    "isNotEmpty": method(bool),
    "sum": run_method(_sum),
    "average": run_method(_average),
    "min": run_method(_min),
    "max": run_method(_max),
    "unique": _unique,
    "removeDuplicates": _unique,
    "pluck": _pluck,
    "compact": method(lambda entries: [entry for entry in entries if not is_empty(entry)]),
    "chunk": run_method(_chunk, ANY),
    "difference": run_method(_difference, LIST),
    "intersection": run_method(_intersection, LIST),
    "union": run_method(_union, LIST),
    "merge": method(_merge, ANY),
    "append": lambda run, entries, arguments: [*entries, *arguments],
    "smartJoin": run_method(_smart_join, TEXT, TEXT),
    "renameKeys": _rename_keys,
    "randomItem": method(_random_item),
    "toJsonString": run_method(lambda run, entries: json_text(entries, run)),
}

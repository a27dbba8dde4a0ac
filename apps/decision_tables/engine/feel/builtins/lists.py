"""Functions on lists. Positions count from 1, or from -1 at the end; the lists that are given never change."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal

from apps.decision_tables.engine.feel.builtins.signatures import (
    ANY,
    FUNCTION,
    LIST,
    NUMBER,
    Builtin,
    Signature,
    may,
    needs,
)
from apps.decision_tables.engine.feel.comparing import key_of
from apps.decision_tables.engine.feel.decimals import as_index
from apps.decision_tables.engine.feel.limits import MAX_DEPTH, MAX_LIST, FeelLimit
from apps.decision_tables.engine.feel.values import FeelFunction, Value

Items = list[Value]


def bounded(items: Items) -> Items:
    """The list, unless it is too long."""
    if len(items) > MAX_LIST:
        raise FeelLimit(f"The list would be longer than {MAX_LIST} items.")
    return items


def _place(items: Items, position: Decimal) -> int | None:
    """The index of a position, null where the list has none."""
    at = as_index(position, MAX_LIST + 1)
    if at == 0 or abs(at) > len(items):
        return None
    return at - 1 if at > 0 else len(items) + at


def _list_contains(items: Items, element: Value) -> bool:
    return bool(_places(items, element))


def _index_of(items: Items, match: Value) -> Items:
    return [Decimal(place + 1) for place in _places(items, match)]


def _places(items: Items, element: Value) -> list[int]:
    key = key_of(element)
    return [place for place, item in enumerate(items) if key_of(item) == key]


def _sublist(items: Items, start: Decimal, length: Decimal | None = None) -> Value:
    begin = _place(items, start)
    if begin is None:
        return None
    if length is None:
        return items[begin:]
    count = as_index(length, MAX_LIST + 1)
    return items[begin : begin + count] if 0 < count <= len(items) - begin else None


def _concatenate(lists: list[Items]) -> Items:
    return bounded([item for items in _within_bounds(lists) for item in items])


def _within_bounds(lists: list[Items]) -> list[Items]:
    """The lists, unless together they are too long (before a long one is made of them)."""
    if sum(map(len, lists)) > MAX_LIST:
        raise FeelLimit(f"The list would be longer than {MAX_LIST} items.")
    return lists


def _insert_before(items: Items, position: Decimal, new: Value) -> Value:
    at = _place(items, position)
    return None if at is None else bounded([*items[:at], new, *items[at:]])


def _remove(items: Items, position: Decimal) -> Value:
    at = _place(items, position)
    return None if at is None else [*items[:at], *items[at + 1 :]]


def _replace_at(items: Items, position: Decimal, new: Value) -> Value:
    at = _place(items, position)
    return None if at is None else [*items[:at], new, *items[at + 1 :]]


def _replace_matching(items: Items, match: FeelFunction, new: Value) -> Value:
    held = [match.call((item, new)) for item in items]
    if not all(isinstance(answer, bool) for answer in held):
        return None
    return [new if answer else item for item, answer in zip(items, held, strict=True)]


def distinct(items: Iterable[Value]) -> Items:
    """Each value once, where it stands first."""
    found: dict[Hashable, Value] = {}
    for item in items:
        found.setdefault(key_of(item), item)
    return list(found.values())


def _duplicates(items: Items) -> Items:
    """The values that stand in the list more than once, each once."""
    counts: dict[Hashable, int] = {}
    keys = [key_of(item) for item in items]
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return distinct(item for item, key in zip(items, keys, strict=True) if counts[key] > 1)


def _flatten(items: Items) -> Items:
    found: Items = []
    stack = [iter(items)]
    steps = 0
    while stack:
        for item in stack[-1]:
            steps += 1
            if isinstance(item, list):
                stack.append(iter(item))
                break
            found.append(item)
        else:
            stack.pop()
        if len(found) > MAX_LIST or steps > 4 * MAX_LIST or len(stack) > MAX_DEPTH:
            raise FeelLimit(f"The list would be longer than {MAX_LIST} items, or is nested too deep.")
    return found


_LIST = needs("list", LIST)
_POSITION = needs("position", NUMBER)
_NEW = needs("newItem", ANY, "new item")

FUNCTIONS = (
    Builtin("list contains", Signature(_list_contains, _LIST, needs("element", ANY))),
    Builtin("count", Signature(lambda items: Decimal(len(items)), _LIST)),
    Builtin("sublist", Signature(_sublist, _LIST, needs("start position", NUMBER), may("length", NUMBER))),
    Builtin("append", Signature(lambda items, new: bounded([*items, *new]), _LIST, rest=needs("item", ANY))),
    Builtin("concatenate", Signature(_concatenate, rest=_LIST)),
    Builtin("insert before", Signature(_insert_before, _LIST, _POSITION, _NEW)),
    Builtin("remove", Signature(_remove, _LIST, _POSITION)),
    Builtin(
        "list replace",
        Signature(_replace_at, _LIST, _POSITION, _NEW),
        Signature(_replace_matching, _LIST, needs("match", FUNCTION), _NEW),
    ),
    Builtin("reverse", Signature(lambda items: items[::-1], _LIST)),
    Builtin("index of", Signature(_index_of, _LIST, needs("match", ANY))),
    Builtin("union", Signature(lambda lists: distinct(_concatenate(lists)), rest=_LIST)),
    Builtin("distinct values", Signature(distinct, _LIST)),
    Builtin("duplicate values", Signature(_duplicates, _LIST)),
    Builtin("flatten", Signature(_flatten, _LIST)),
)

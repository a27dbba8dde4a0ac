"""``Object``, ``Array`` and ``Set``: their own functions."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.budget import ENTRY_SIZE
from exprsn.kernel.expressions.coercion import same_value_zero, to_integer, to_number, to_text
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import (
    ANY,
    FUNCTION,
    TEXT,
    Methods,
    Namespace,
    Native,
    bound_member,
    function,
    method,
    natives,
    run_function,
)
from exprsn.kernel.expressions.iteration import entries_of
from exprsn.kernel.expressions.methods.list_callbacks import group_by
from exprsn.kernel.expressions.numbers import double
from exprsn.kernel.expressions.ordering import ordered_members, ordered_names
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject, IterableObject, is_nothing


def own_members(value: Any) -> dict[str, Any]:
    """The members that ``Object.keys`` and its like see, in JavaScript's order. Raises for null and undefined."""
    if isinstance(value, dict):
        return dict(ordered_members(value))
    if isinstance(value, list | str):
        return {str(at): entry for at, entry in enumerate(value)}
    if is_nothing(value):
        raise ExpressionError(f"An object is needed here, not {'null' if value is None else 'undefined'}.")
    return {}


def _assign(run: Run, _: Any, arguments: list[Any]) -> dict[str, Any]:
    target, *sources = arguments or [UNDEFINED]
    made = own_members(target)
    for source in sources:
        if not is_nothing(source):
            members = own_members(source)
            run.budget.step(1 + (len(members) >> 4))
            made.update(members)
    return made


def _from_entries(run: Run, pairs: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for pair in entries_of(pairs):
        if not isinstance(pair, list):
            raise ExpressionError("Object.fromEntries() needs a list of pairs.")
        key, value = (*pair, UNDEFINED, UNDEFINED)[:2]
        made[to_text(key, run)] = value
    return made


def _is(left: Any, right: Any) -> bool:
    if isinstance(left, int | float) and isinstance(right, int | float) and left == 0 == right:
        return str(double(left)) == str(double(right))
    return same_value_zero(left, right)


def _group(run: Run, entries: Any, work: FunctionObject) -> dict[str, Any]:
    return group_by(run, entries_of(entries), work)


_OBJECT: Methods = {
    "keys": function(lambda value: ordered_names(own_members(value)), ANY),
    "values": function(lambda value: list(own_members(value).values()), ANY),
    "entries": function(lambda value: [[name, member] for name, member in own_members(value).items()], ANY),
    "assign": _assign,
    "fromEntries": run_function(_from_entries, ANY),
    "freeze": function(lambda value: value, ANY),
    "hasOwn": function(lambda value, name: name in own_members(value), ANY, TEXT),
    "is": function(_is, ANY, ANY),
    "groupBy": run_function(_group, ANY, FUNCTION),
}
OBJECT = Namespace(natives(_OBJECT))


def _length(run: Run, value: Any) -> int:
    length = to_integer(value, run)
    run.budget.reserve(max(length, 0) * ENTRY_SIZE)
    return max(length, 0)


def _list_from(run: Run, source: Any, work: Any) -> list[Any]:
    """``Array.from``: of a list, a text, a set or an object with a length; each entry through a function."""
    if isinstance(source, dict):
        length = _length(run, source.get("length", UNDEFINED))
        run.budget.step(length >> 4)
        entries = [source.get(str(at), UNDEFINED) for at in range(length)]
    elif isinstance(source, list | str | IterableObject):
        entries = list(entries_of(source))
    elif is_nothing(source):
        raise ExpressionError("Array.from() needs a list, a text or an object with a length.")
    else:
        entries = []
    if work is UNDEFINED:
        return entries
    call = FUNCTION(work, run)
    made = []
    for at, entry in enumerate(entries):
        run.budget.step()
        made.append(call.invoke(run, [entry, at]))
    return made


def new_array(run: Run, _: Any, arguments: list[Any]) -> list[Any]:
    """``Array(length)`` with undefined entries, or ``Array(a, b, …)``."""
    if len(arguments) != 1 or not isinstance(arguments[0], int | float) or isinstance(arguments[0], bool):
        return list(arguments)
    wanted = double(to_number(arguments[0], run))
    if not (wanted.is_integer() and 0 <= wanted < 2**32):
        raise ExpressionError("The length of a list must be a whole number from 0 on.")
    return [UNDEFINED] * _length(run, wanted)


_ARRAY: Methods = {
    "isArray": function(lambda value: isinstance(value, list), ANY),
    "of": lambda run, _, arguments: list(arguments),
    "from": run_function(_list_from, ANY, ANY),
}
ARRAY = Native("Array", new_array, members=natives(_ARRAY))


class JsSet(IterableObject):
    """A set that is made once and read."""

    __slots__ = ("entries",)

    def __init__(self, entries: list[Any]) -> None:
        self.entries = entries

    def get_member(self, name: str) -> Any:
        return len(self.entries) if name == "size" else bound_member(_SET, self, name)

    def iterate(self) -> list[Any]:
        return self.entries

    def to_text(self) -> str:
        return "[object Set]"


def _identity(value: Any) -> tuple[str, Any]:
    """What is the same for entries that a set holds once: values by themselves, objects by being the same."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "object", id(value)
    return ("text", value) if isinstance(value, str) else ("number", "NaN" if value != value else double(value))


def new_set(run: Run, _: Any, arguments: list[Any]) -> JsSet:
    """``new Set(entries)``."""
    source = arguments[0] if arguments else UNDEFINED
    entries = [] if is_nothing(source) else entries_of(source)
    run.budget.charge(len(entries) * ENTRY_SIZE)
    run.budget.step(len(entries) >> 2)
    seen: dict[tuple[str, Any], Any] = {}
    for entry in entries:
        seen.setdefault(_identity(entry), entry)
    return JsSet(list(seen.values()))


def _has(made: JsSet, wanted: Any) -> bool:
    return any(same_value_zero(entry, wanted) for entry in made.entries)


_SET: Methods = {
    "has": method(_has, ANY),
    "values": method(lambda made: list(made.entries)),
    "keys": method(lambda made: list(made.entries)),
}

"""Methods of lists that call a function for each entry."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from exprsn.kernel.expressions.budget import ENTRY_SIZE
from exprsn.kernel.expressions.coercion import to_number, to_text
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import ANY, FUNCTION, Method, Methods, run_method
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import sort_key
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject, truthy

_List = list[Any]


def _map(run: Run, entries: _List, work: FunctionObject) -> _List:
    made = []
    for at, entry in enumerate(entries):
        run.budget.step()
        made.append(work.invoke(run, [entry, at, entries]))
    return made


def _filter(run: Run, entries: _List, work: FunctionObject) -> _List:
    kept = []
    for at, entry in enumerate(entries):
        run.budget.step()
        if truthy(work.invoke(run, [entry, at, entries])):
            kept.append(entry)
    return kept


def _position(run: Run, entries: _List, work: FunctionObject, *, backwards: bool = False) -> int:
    places = range(len(entries) - 1, -1, -1) if backwards else range(len(entries))
    for at in places:
        run.budget.step()
        if truthy(work.invoke(run, [entries[at], at, entries])):
            return at
    return -1


def _finding(*, backwards: bool) -> Method:
    def find(run: Run, entries: _List, work: FunctionObject) -> Any:
        at = _position(run, entries, work, backwards=backwards)
        return UNDEFINED if at < 0 else entries[at]

    return run_method(find, FUNCTION)


def _some(run: Run, entries: _List, work: FunctionObject) -> bool:
    return _position(run, entries, work) >= 0


def _every(run: Run, entries: _List, work: FunctionObject) -> bool:
    for at, entry in enumerate(entries):
        run.budget.step()
        if not truthy(work.invoke(run, [entry, at, entries])):
            return False
    return True


def _reducing(*, backwards: bool) -> Method:
    def reduce(run: Run, entries: _List, arguments: _List) -> Any:
        work = FUNCTION(arguments[0] if arguments else UNDEFINED, run)
        places = list(range(len(entries)))
        if backwards:
            places.reverse()
        if len(arguments) > 1:
            value = arguments[1]
        elif places:
            value = entries[places.pop(0)]
        else:
            raise ExpressionError("reduce() of an empty list needs a start value.")
        for at in places:
            run.budget.step()
            value = work.invoke(run, [value, entries[at], at, entries])
        return value

    return reduce


def _for_each(run: Run, entries: _List, work: FunctionObject) -> Any:
    _map(run, entries, work)
    return UNDEFINED


def _flat_map(run: Run, entries: _List, work: FunctionObject) -> _List:
    made: _List = []
    for part in _map(run, entries, work):
        if isinstance(part, list):
            run.budget.charge(len(part) * ENTRY_SIZE)
            made.extend(part)
        else:
            made.append(part)
    return made


def _sort(run: Run, entries: _List, work: Any) -> _List:
    """By the units of their texts or by a function; undefined comes last."""
    known = [entry for entry in entries if entry is not UNDEFINED]
    missing = [UNDEFINED] * (len(entries) - len(known))
    if work is UNDEFINED:
        run.budget.step(len(known))
        return sorted(known, key=lambda entry: sort_key(to_text(entry, run))) + missing
    compare = FUNCTION(work, run)

    def order(left: Any, right: Any) -> int:
        run.budget.step()
        answer = to_number(compare.invoke(run, [left, right]), run)
        return (answer > 0) - (answer < 0)

    return sorted(known, key=cmp_to_key(order)) + missing


def group_by(run: Run, entries: _List, work: FunctionObject) -> dict[str, Any]:
    """``Object.groupBy``: lists of entries by the text that the function gives."""
    groups: dict[str, Any] = {}
    for at, entry in enumerate(entries):
        run.budget.step()
        groups.setdefault(to_text(work.invoke(run, [entry, at]), run), []).append(entry)
    return groups


LIST_CALLBACKS: Methods = {
    "map": run_method(_map, FUNCTION),
    "filter": run_method(_filter, FUNCTION),
    "find": _finding(backwards=False),
    "findLast": _finding(backwards=True),
    "findIndex": run_method(_position, FUNCTION),
    "findLastIndex": run_method(lambda run, value, work: _position(run, value, work, backwards=True), FUNCTION),
    "some": run_method(_some, FUNCTION),
    "every": run_method(_every, FUNCTION),
    "reduce": _reducing(backwards=False),
    "reduceRight": _reducing(backwards=True),
    "forEach": run_method(_for_each, FUNCTION),
    "flatMap": run_method(_flat_map, FUNCTION),
    "sort": run_method(_sort, ANY),
    "toSorted": run_method(_sort, ANY),
}

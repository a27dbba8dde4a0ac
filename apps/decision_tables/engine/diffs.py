"""What changed between two documents of a table, down to the cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.operations.cells import conditions_of
from apps.decision_tables.engine.sameness import same_json

Document = Mapping[str, Any]
Entry = dict[str, Any]
_SIDES = (("input", "input_columns"), ("output", "output_columns"))
_SETTINGS: Mapping[str, Any] = {
    "hit_policy": "FIRST",
    "aggregation": None,
    "default_outputs": {},
    "metadata": {},
    "requires": [],
}


def diff_tables(old: Document, new: Document) -> dict[str, list[Entry]]:
    """``{columns: [{change, side, name, old, new}], rules: [{change, rule_id, row, cells}], settings: [{field, old,
    new}]}``.

    ``change`` is added, removed, changed or moved. Columns are told apart by name, rules by id. ``row`` is
    ``{old, new}``, counted from 1; a cell is ``{column, part, old, new}`` with part condition, output, annotation,
    priority or enabled.
    """
    return {
        "columns": [each for side, member in _SIDES for each in _columns(side, _list(old, member), _list(new, member))],
        "rules": list(_rules(_list(old, "rules"), _list(new, "rules"))),
        "settings": list(_settings(old, new)),
    }


def _list(document: Document, member: str) -> list[Entry]:
    return document.get(member) or []


def _settings(old: Document, new: Document) -> Iterator[Entry]:
    for field, otherwise in _SETTINGS.items():
        before, after = (otherwise if each.get(field) is None else each[field] for each in (old, new))
        if not same_json(before, after):
            yield {"field": field, "old": before, "new": after}


def _columns(side: str, old: list[Entry], new: list[Entry]) -> Iterator[Entry]:
    before, after = ({column["name"]: column for column in each} for each in (old, new))
    moved = _moved(list(before), list(after))
    for name in dict.fromkeys((*before, *after)):
        sides = {"side": side, "name": name, "old": before.get(name), "new": after.get(name)}
        if name not in before or name not in after:
            yield {"change": "added" if name in after else "removed", **sides}
            continue
        if not same_json(_said(before[name]), _said(after[name])):
            yield {"change": "changed", **sides}
        if name in moved:
            yield {"change": "moved", **sides}


def _said(column: Entry) -> Entry:
    """The column without members that say nothing."""
    return {name: value for name, value in column.items() if value is not None and value != ""}


def _rules(old: list[Entry], new: list[Entry]) -> Iterator[Entry]:
    before, after = ({rule["id"]: (row, rule) for row, rule in enumerate(each, 1)} for each in (old, new))
    moved = _moved(list(before), list(after))
    for rule_id in dict.fromkeys((*before, *after)):
        (old_row, old_rule), (new_row, new_rule) = before.get(rule_id, (None, None)), after.get(rule_id, (None, None))
        row = {"old": old_row, "new": new_row}
        cells = list(_cells(old_rule, new_rule, row))
        if old_rule is None or new_rule is None:
            change = "added" if old_rule is None else "removed"
            yield {"change": change, "rule_id": rule_id, "row": row, "cells": cells}
            continue
        if cells:
            yield {"change": "changed", "rule_id": rule_id, "row": row, "cells": cells}
        if rule_id in moved:
            yield {"change": "moved", "rule_id": rule_id, "row": row, "cells": []}


def _cells(old: Entry | None, new: Entry | None, row: Mapping[str, int | None]) -> Iterator[Entry]:
    before, after = _parts(old), _parts(new)
    _fill_priority(before, after, row)
    for part, column in dict.fromkeys((*before, *after)):
        sides = before.get((part, column)), after.get((part, column))
        if not same_json(*sides):
            yield {"column": column, "part": part, "old": sides[0], "new": sides[1]}


def _parts(rule: Entry | None) -> dict[tuple[str, str | None], Any]:
    """All that a rule says, by part and column; what is left out says nothing."""
    if rule is None:
        return {}
    columns = dict.fromkeys(entry["column"] for entry in rule.get("conditions") or [])
    found: dict[tuple[str, str | None], Any] = {("condition", name): conditions_of(rule, name) for name in columns}
    found |= {("output", name): value for name, value in (rule.get("outputs") or {}).items()}
    if rule.get("annotation"):
        found["annotation", None] = rule["annotation"]
    if rule.get("priority") is not None:
        found["priority", None] = rule["priority"]
    if rule.get("enabled") is False:
        found["enabled", None] = False
    return found


def _fill_priority(before: dict[Any, Any], after: dict[Any, Any], row: Mapping[str, int | None]) -> None:
    """A priority that only one side names is compared with the row that stands for it on the other."""
    key = ("priority", None)
    if (key in before) != (key in after) and None not in row.values():
        before.setdefault(key, row["old"])
        after.setdefault(key, row["new"])


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest names that must be moved to make the one order of the other (longest increasing subsequence)."""
    place = {name: at for at, name in enumerate(old)}
    common = [name for name in new if name in place]
    ends: list[int] = []
    lengths: list[int] = []
    for name in common:
        at = bisect_left(ends, place[name])
        ends[at : at + 1] = [place[name]]
        lengths.append(at + 1)
    moved: set[str] = set()
    wanted, following = len(ends), len(old)
    for name, length in zip(reversed(common), reversed(lengths), strict=True):
        if length == wanted and place[name] < following:
            wanted, following = wanted - 1, place[name]
        else:
            moved.add(name)
    return moved

"""Joins of two inputs by fields, with a hash table: time grows with the sum of the inputs and the matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from json import dumps
from typing import Any

from apps.workflows.nodes.support.combining import Source
from apps.workflows.nodes.support.paths import MISSING, get_path
from apps.workflows.nodes.support.values import is_number, text_of
from exprsn.kernel.jsonvalue import JsonObject

FieldPair = tuple[str, str]


@dataclass(slots=True)
class Matches:
    """``pairs`` of matching items (left, right), and what found no partner on either side."""

    pairs: list[tuple[Source, Source]] = field(default_factory=list)
    left_alone: list[Source] = field(default_factory=list)
    right_alone: list[Source] = field(default_factory=list)


class TooManyMatches(Exception):
    """The join would answer more items than one node may."""


def find_matches(
    left: Sequence[Source],
    right: Sequence[Source],
    fields: Sequence[FieldPair],
    *,
    dotted: bool,
    loose: bool,
    first_only: bool,
    most: int,
) -> Matches:
    """Match items whose fields are all equal; an item that lacks one of the fields matches nothing."""
    table: dict[str, list[Source]] = {}
    for source in right:
        key = _key(source.item.json, [names[1] for names in fields], dotted, loose)
        if key is not None:
            table.setdefault(key, []).append(source)
    matches = Matches()
    used: set[int] = set()
    for source in left:
        key = _key(source.item.json, [names[0] for names in fields], dotted, loose)
        partners = table.get(key, []) if key is not None else []
        partners = partners[:1] if first_only else partners
        if not partners:
            matches.left_alone.append(source)
        matches.pairs += [(source, partner) for partner in partners]
        used.update(partner.position for partner in partners)
        if len(matches.pairs) > most:
            raise TooManyMatches
    matches.right_alone = [source for source in right if source.position not in used]
    return matches


def _key(json: JsonObject, names: Sequence[str], dotted: bool, loose: bool) -> str | None:
    values = [get_path(json, name, dotted) for name in names]
    if any(value is MISSING for value in values):
        return None
    return dumps([_comparable(value, loose) for value in values], sort_keys=True)


def _comparable(value: Any, loose: bool) -> list[Any]:
    """A spelling under which equal values are equal: 1 and 1.0 always, 1 and "1" when loose."""
    if loose:
        return ["" if value in (None, [], {}) else text_of(value)]
    return ["number", text_of(value)] if is_number(value) else ["other", value]

"""Combining objects and items: clashes of fields, deep and shallow, and who wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.workflows.engine.items import Item, Pair
from exprsn.kernel.jsonvalue import JsonObject

MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Clash:
    """What happens to fields that several inputs have.

    ``prefer`` is the number of the winning input from 0, or -1 for the last; ``suffix`` keeps all of them
    under ``name_1``, ``name_2``; ``deep`` combines objects field by field and lists place by place;
    ``skip_empty`` never lets null or empty text win.
    """

    prefer: int = -1
    suffix: bool = False
    deep: bool = True
    skip_empty: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """An item together with where it came from."""

    item: Item
    position: int
    input: int

    @property
    def pair(self) -> Pair:
        return Pair(self.position, self.input)


def sources_of(batch: Sequence[Item], number: int) -> list[Source]:
    """The items of one input, each knowing its place."""
    return [Source(item, position, number) for position, item in enumerate(batch)]


def single_item(source: Source, clash: Clash) -> Item:
    """An item that found no partner, with suffixed names where these are asked for."""
    return Item(_named(source, clash), source.item.binary, (source.pair,))


def combined_item(sources: Sequence[Source], clash: Clash) -> Item:
    """One item of several; the preferred input is laid over the others."""
    ordered = list(sources)
    preferred = [source for source in ordered if source.input == clash.prefer]
    if not clash.suffix:
        ordered = [source for source in ordered if source.input != clash.prefer] + preferred
    json: JsonObject = {}
    binary: JsonObject = {}
    for source in ordered:
        json = merged(json, _named(source, clash), clash)
        binary |= source.item.binary or {}
    return Item(json, binary or None, tuple(source.pair for source in sources))


def _named(source: Source, clash: Clash) -> JsonObject:
    json = source.item.json
    return {f"{name}_{source.input + 1}": value for name, value in json.items()} if clash.suffix else json


def merged(under: Any, over: Any, clash: Clash, depth: int = 0) -> Any:
    """``over`` laid on ``under``; neither is changed."""
    if clash.skip_empty and over in (None, "") and depth:
        return under
    if depth and (not clash.deep or depth > MAX_DEPTH):
        return over
    if isinstance(under, dict) and isinstance(over, dict):
        both = dict(under)
        for name, value in over.items():
            both[name] = merged(under[name], value, clash, depth + 1) if name in under else value
        return both
    if isinstance(under, list) and isinstance(over, list):
        shared = [merged(old, new, clash, depth + 1) for old, new in zip(under, over, strict=False)]
        return shared + (under[len(over) :] or over[len(under) :])
    return over

"""A test case: what starts the run, what stands in for the outside, what must come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = (
    "status", "ran", "not_run", "count", "equals", "contains", "matches", "expression", "error_kind", "response",
)  # fmt: skip
_ANSWER: Mapping[str, Any] = {"method": "*", "status": 200, "headers": {}, "body": None}
_ITEM_FIELDS = ("binary", "paired_item", "error")


@dataclass(frozen=True, slots=True)
class HttpMock:
    """Answers requests of this method to addresses like this (``*`` for any text), ``times`` at most."""

    method: str
    url: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """Something that must be so after the run. ``node`` empty: about the run as a whole."""

    kind: str
    node: str = ""
    output: str = ""
    run: int | None = None
    item: int | None = None
    path: str = ""
    expected: Any = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A whole test. ``nodes``: node id → what it answers, as in the document."""

    trigger_node: str = ""
    items: Sequence[dict[str, Any]] = ({"json": {}},)
    now: datetime = NOW
    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    http: Sequence[HttpMock] = ()
    assertions: Sequence[Assertion] = ()


def normal_value(value: Mapping[str, Any]) -> dict[str, Any]:
    """A checked document with what it leaves out, and its items as items."""
    mocks = value.get("mocks") or {}
    return {
        "trigger_items": as_items(value.get("trigger_items") or [{}]),
        "now": value.get("now") or None,
        "mocks": {
            "nodes": dict(mocks.get("nodes") or {}),
            "http": [
                {"method": "*", "status": 200, "headers": {}, "body": None, **mock} for mock in mocks.get("http", ())
            ],
        },
        "assertions": [{"node": None, **entry} for entry in value.get("assertions") or ()],
    }


def parse_case(trigger_node: str, value: Mapping[str, Any]) -> Case:
    """The case that a document as ``normal_value`` answers it describes."""
    mocks = value["mocks"]
    return Case(
        trigger_node=trigger_node,
        items=as_items(value["trigger_items"]),
        now=moment_of(value["now"]),
        nodes=mocks["nodes"],
        http=[HttpMock(**mock) for mock in mocks["http"]],
        assertions=[_assertion(entry) for entry in value["assertions"]],
    )


def _assertion(entry: Mapping[str, Any]) -> Assertion:
    return Assertion(
        kind=entry["kind"],
        node=entry.get("node") or "",
        output=entry.get("output") or "",
        run=entry.get("run"),
        item=entry.get("item"),
        path=entry.get("path") or "",
        expected=entry.get("expected"),
        ignore=tuple(entry.get("ignore", ())),
    )


def moment_of(text: str | None) -> datetime:
    """The fixed time of a run. Raises ``ValueError``; without a text it is the first moment of 2026."""
    if not text:
        return NOW
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def as_items(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Items as stored: an entry is an item with ``json``, or the plain object itself."""
    return [_as_item(entry) for entry in entries]


def _as_item(entry: Mapping[str, Any]) -> dict[str, Any]:
    inner = entry.get("json")
    if not isinstance(inner, dict):
        return {"json": dict(entry)}
    more = {name: entry[name] for name in _ITEM_FIELDS if entry.get(name) is not None}
    if not _are_pairs(more.get("paired_item", [])):
        del more["paired_item"]
    return {"json": inner, **more}


def _are_pairs(pairs: Any) -> bool:
    return isinstance(pairs, list) and all(
        isinstance(pair, dict) and all(type(pair.get(name)) is int and pair[name] >= 0 for name in ("item", "input"))
        for pair in pairs
    )

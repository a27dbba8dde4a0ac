"""Expressions in the sandbox: a node's scripts for all of its items in one round trip."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import quickjs

from exprsn.sandbox.coding import failure, whole
from exprsn.sandbox.errors import CodeCrashed, CodeOutputTooLarge
from exprsn.sandbox.limits import Limits
from exprsn.sandbox.pool import Pool

_ENGINE = str(Path(quickjs.__file__).parents[1])
MAX_MESSAGE = 2_000


@dataclass(frozen=True, slots=True)
class ScriptSource:
    """A script: its source, the form that it is to run in, and whether its value is to become a text."""

    source: str
    lenient: str
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class ScriptFault:
    """Why a script has no value. The place counts from 1 within the lenient form, or within the source."""

    code: str
    message: str
    line: int | None = None
    column: int | None = None
    in_lenient: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a script came to for one item: a value as JSON, or a fault."""

    value: Any = None
    fault: ScriptFault | None = None


class ExpressionPool(Pool):
    """Evaluates scripts of strangers; see ``Pool``."""

    def __init__(
        self, limits: Limits | None = None, *, max_parallel: int = 2, require: frozenset[str] = frozenset()
    ) -> None:
        super().__init__("expressions", limits, max_parallel=max_parallel, require=require, paths=[_ENGINE])

    def evaluate_expressions(
        self,
        scripts: Sequence[ScriptSource],
        *,
        world_json: str | bytes = b"{}",
        items: int = 1,
        now: int = 0,
        zone: str = "UTC",
        limits: Limits | None = None,
        owner: str = "",
    ) -> list[list[Outcome]]:
        """For each item the outcome of each script. All of them share the limits.

        ``now`` are milliseconds since 1970, ``zone`` is the IANA name of the zone that ``DateTime`` stands in.
        Raises ``CodeTimeout``, ``CodeOutOfMemory``, ``CodeOutputTooLarge``, ``CodeCrashed`` or ``SandboxUnavailable``.
        """
        limits = limits or self.limits
        world = world_json.decode() if isinstance(world_json, bytes) else world_json
        if len(world) > limits.input_bytes:
            raise CodeOutputTooLarge(
                f"The items, with those of the nodes that the expressions name, are larger than {limits.input_bytes} "
                "bytes. Split them into batches, or name fewer nodes."
            )
        request = {"scripts": _sources(scripts), "world": world, "items": items, "now": now, "zone": zone}
        answer = self.ask("expressions", request, limits, owner)
        if answer.get("ok") is not True:
            raise failure(answer)
        return _rows(answer.get("rows"), items, len(scripts))

    def check_expressions(
        self, scripts: Sequence[ScriptSource], *, limits: Limits | None = None, owner: str = ""
    ) -> list[ScriptFault | None]:
        """Whether each script is JavaScript. Nothing of it is run."""
        request = {"scripts": _sources(scripts), "now": 0, "zone": "UTC"}
        answer = self.ask("expression_syntax", request, limits, owner)
        if answer.get("ok") is not True:
            raise failure(answer)
        faults = answer.get("faults")
        if not isinstance(faults, list) or len(faults) != len(scripts):
            raise CodeCrashed("The sandbox answered what is not a result.")
        return [None if fault is None else _fault(fault) for fault in faults]


def _sources(scripts: Sequence[ScriptSource]) -> str:
    return json.dumps([{"source": one.source, "lenient": one.lenient, "as_text": one.as_text} for one in scripts])


def _rows(rows: Any, items: int, scripts: int) -> list[list[Outcome]]:
    """The outcomes, as far as the answer is one: a script may have written it itself."""
    if not isinstance(rows, list) or len(rows) != items:
        raise CodeCrashed("The sandbox answered what is not a result.")
    for row in rows:
        if not isinstance(row, list) or len(row) != scripts or not all(isinstance(one, dict) for one in row):
            raise CodeCrashed("The sandbox answered what is not a result.")
    return [[_outcome(one) for one in row] for row in rows]


def _outcome(one: Mapping[str, Any]) -> Outcome:
    if "error" in one:
        return Outcome(fault=_fault(one["error"]))
    return Outcome(one.get("value"))


def _fault(given: Any) -> ScriptFault:
    found = given if isinstance(given, dict) else {}
    line, column = found.get("line"), found.get("column")
    return ScriptFault(
        str(found.get("code", "expression_failed")),
        whole(str(found.get("message", "The expression failed.")))[:MAX_MESSAGE],
        line if type(line) is int and 0 < line < 10**6 else None,
        column if type(column) is int and 0 < column < 10**6 else None,
        found.get("lenient") is True,
    )

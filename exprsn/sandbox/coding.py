"""Code nodes, whatever their language: the request, its checks, and what comes of the answer."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from exprsn.sandbox.errors import FAILURES, CodeCrashed, CodeFailed, CodeOutputTooLarge
from exprsn.sandbox.limits import Limits
from exprsn.sandbox.pool import Pool

MODES = frozenset({"all_items", "each_item"})


@dataclass(frozen=True, slots=True)
class LogLine:
    """What the code wrote with ``console`` or ``print``."""

    level: str
    message: str


@dataclass(frozen=True, slots=True)
class CodeResult:
    """The items that the code returned, as JSON text, and its log.

    ``statics_json``: the static data that it asked for, by scope, with its changes.
    """

    items_json: str
    logs: Sequence[LogLine]
    duration_ms: float
    statics_json: str = "{}"


class CodePool(Pool):
    """A pool that runs the bodies of code nodes."""

    kind: ClassVar[str]

    def run_code(
        self,
        source: str,
        *,
        mode: str = "all_items",
        items_json: str | bytes = b"[]",
        context_json: str | bytes = b"{}",
        limits: Limits | None = None,
        owner: str = "",
    ) -> CodeResult:
        """Run the body of a code node. ``mode``: ``all_items`` once, ``each_item`` for every item.

        Raises ``CodeFailed`` (with line and column), ``CodeTimeout``, ``CodeOutOfMemory``,
        ``CodeOutputTooLarge``, ``CodeCrashed`` or ``SandboxUnavailable``.
        """
        limits = limits or self.limits
        started = time.monotonic()
        answer = self.ask(self.kind, _request(source, mode, items_json, context_json, limits), limits, owner)
        if answer.get("ok") is not True:
            raise failure(answer)
        items = answer.get("items")
        if not isinstance(items, str):
            raise CodeCrashed("The sandbox answered what is not a result.")
        took = round((time.monotonic() - started) * 1000, 3)
        statics = answer.get("statics")
        return CodeResult(
            whole(items), logs(answer.get("logs")), took, whole(statics) if isinstance(statics, str) else "{}"
        )


def _request(source: str, mode: str, items: str | bytes, context: str | bytes, limits: Limits) -> dict[str, Any]:
    if mode not in MODES:
        raise CodeFailed("The mode must be all_items or each_item.")
    texts = [text.decode() if isinstance(text, bytes) else text for text in (items, context)]
    if len(source) > limits.source_bytes:
        raise CodeFailed(f"The code is longer than {limits.source_bytes} bytes.")
    if sum(map(len, texts)) > limits.input_bytes:
        raise CodeFailed(
            f"The items, with those of the nodes that the code names, are larger than {limits.input_bytes} bytes. "
            "Split them into batches, or name fewer nodes."
        )
    return {
        "source": source.encode("utf-8", "replace").decode(),
        "mode": mode,
        "items": texts[0],
        "context": texts[1],
        "log_lines": limits.log_lines,
    }


def failure(answer: Mapping[str, Any]) -> Exception:
    """The error that an answer without a result stands for."""
    kind = FAILURES.get(str(answer.get("code")), CodeFailed)
    places = {} if kind is CodeOutputTooLarge else _places(answer)
    return kind(whole(str(answer.get("message", "The code failed.")))[:2000], params=places)


def _places(answer: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {name: answer[name] for name in ("line", "column", "item") if type(answer.get(name)) is int}
    stack = answer.get("stack")
    return {**numbers, "stack": whole(stack)[:2000]} if isinstance(stack, str) else numbers


def logs(lines: Any) -> list[LogLine]:
    """The lines of an answer, as far as they are lines."""
    if not isinstance(lines, list):
        return []
    return [
        LogLine(whole(str(line[0]))[:10], whole(str(line[1]))[:8000])
        for line in lines
        if isinstance(line, list) and len(line) == 2
    ]


def whole(text: str) -> str:
    """The text without halves of characters, which no database and no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()

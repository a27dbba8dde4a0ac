"""What a run came to, as assertions ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.run import RunResult, output_of
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.testing.cases import Assertion
from apps.workflows.engine.testing.paths import MISSING, find


class NotThere(Exception):
    """What an assertion is about does not exist; the message says why."""


@dataclass(frozen=True, slots=True)
class Facts:
    """``output``: the JSON of the items that the run ended with; ``response``: ``{status, headers, body}`` for the
    caller of a webhook."""

    status: str
    error: Mapping[str, Any] | None
    output: Sequence[Any]
    response: Mapping[str, Any] | None
    entries_of: Mapping[str, Sequence[JournalEntry]]

    def entry(self, assertion: Assertion) -> JournalEntry:
        """The run of a node that is meant: the one named, else the last. Raises ``NotThere``."""
        entries = self.entries_of.get(assertion.node)
        if not entries:
            raise NotThere("The step did not run.")
        if assertion.run is None:
            return entries[-1]
        if assertion.run >= len(entries):
            raise NotThere(f"The step ran {len(entries)} times, so there is no run {assertion.run}.")
        return entries[assertion.run]

    def items(self, assertion: Assertion) -> list[Any]:
        """The JSON of the items that are meant. Raises ``NotThere``."""
        if not assertion.node:
            return list(self.output)
        entry = self.entry(assertion)
        batch = entry.outputs.get(assertion.output) if assertion.output else entry.first_output()
        return json_of_all(batch or ItemBatch())

    def value(self, assertion: Assertion) -> Any:
        """All items, one of them, or what is at the path in it (else in the first). Raises ``NotThere``."""
        items = self.items(assertion)
        if assertion.item is None and not assertion.path:
            return items
        at = assertion.item or 0
        if at >= len(items):
            raise NotThere(f"There is no item {at}; there are {len(items)}.")
        found = find(items[at], assertion.path)
        if found is MISSING:
            raise NotThere(f"Item {at} has nothing at “{assertion.path}”.")
        return found


def facts_of(run: RunContext, result: RunResult) -> Facts:
    """The facts of a run that has ended."""
    response = result.response
    told = None if response is None else {"status": response.status, "headers": dict(response.headers)}
    return Facts(
        status=result.status,
        error=result.error,
        output=json_of_all(output_of(run, result)),
        response=None if told is None or response is None else {**told, "body": response.body},
        entries_of=run.scheduler.entries_of,
    )


def json_of_all(batch: ItemBatch) -> list[Any]:
    """The JSON of each item."""
    return [item.json for item in batch]

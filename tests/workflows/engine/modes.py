"""Runs in every mode without threads: an aside whose calls end in the order that a test chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeError, NodeResult, NodeType, Parameter
from apps.workflows.engine.run import RunResult, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.side_by_side import Ended, Work
from apps.workflows.engine.slots import NodeCall
from tests.workflows.engine.graphs import TYPES, make_run

MODES = ("sequential", "parallel", "smart")
Pick = Callable[[int], int]


class Effect(NodeType):
    """Notes that it ran, under its idempotency key; says what its parameter ``say`` comes to for each item."""

    type, display_name, description, group, icon, color = "effect", "Effect", "", "connect", "zap", "http"
    capabilities = Capabilities(side_effect=True)
    parameters = (Parameter("say", "Say"),)
    keys: list[str] = []

    def run(self, context: NodeContext) -> NodeResult:
        Effect.keys.append(context.idempotency_key(0))
        return context.each(lambda item, at: Item({**item.json, "said": context.param("say", at)}))


class Shaky(NodeType):
    """Fails for items whose ``n`` is 13, at its first try for those of 12."""

    type, display_name, description, group, icon, color = "shaky", "Shaky", "", "connect", "zap", "http"
    capabilities = Capabilities(side_effect=True)
    tried: set[str] = set()

    def run(self, context: NodeContext) -> NodeResult:
        first_try = context.idempotency_key(0) not in Shaky.tried
        Shaky.tried.add(context.idempotency_key(0))
        if first_try and any(item.json.get("n") == 12 for item in context.items):
            raise NodeError("Not yet.", retryable=True)

        def look(item: Item, at: int) -> Item:
            if item.json.get("n") == 13:
                raise NodeError("Not this one.", kind="unlucky")
            return Item(item.json)

        return context.each(look)


class Rounds(NodeType):
    """A loop as ours is: out one by one, then all that came back."""

    type, display_name, description, group, icon, color = "rounds", "Rounds", "", "flow", "repeat", "logic"
    outputs = TYPES["loop"].outputs
    is_loop = True

    def run(self, context: NodeContext) -> NodeResult:
        state = context.state
        if not state or (state["done"] and not context.came_round("loop")):
            state.update(round_start=context.run_index, at=0, count=len(context.items), done=False)
        else:
            state["at"] += 1
        if state["at"] < state["count"]:
            return NodeResult({"loop": context.arrived(state["round_start"]).select([state["at"]])})
        state["done"] = True
        start = state["round_start"]
        back = [item for run in range(start + 1, context.run_index + 1) for item in context.arrived(run)]
        return NodeResult({"done": ItemBatch([Item(item.json) for item in back])})


class Reply(NodeType):
    """Answers the caller with its id, never ahead of its turn."""

    type, display_name, description, group, icon, color = "reply", "Reply", "", "flow", "reply", "logic"
    ordered = True

    def run(self, context: NodeContext) -> NodeResult:
        result = TYPES["answer"]().run(context)
        return NodeResult({"main": context.items}, response=result.response)


KINDS: Mapping[str, type[NodeType]] = {**TYPES, **{kind.type: kind for kind in (Effect, Shaky, Rounds, Reply)}}


@dataclass
class FakeAside:
    """Carries a call out when it is asked for one that ended: ``pick`` says which of those that were begun."""

    pick: Pick
    most: int = 3
    begun: list[tuple[NodeCall, Work]] = field(default_factory=list)
    widest: int = 0

    def start(self, call: NodeCall, work: Work) -> None:
        self.begun.append((call, work))
        self.widest = max(self.widest, len(self.begun))

    def here(self, call: NodeCall, work: Work) -> JournalEntry:
        return work()

    def ended(self, *, wait: bool) -> Ended | None:
        if not wait and self.pick(2):
            return None
        call, work = self.begun.pop(self.pick(len(self.begun)))
        try:
            return Ended(call, work())
        except BaseException as error:  # noqa: BLE001 - the coordinator is to see it
            return Ended(call, error=error)


def in_mode(definition: dict[str, Any], mode: str) -> dict[str, Any]:
    """The same workflow in another mode."""
    return {**definition, "settings": {**definition["settings"], "execution_mode": mode}}


def run_in(
    mode: str,
    definition: dict[str, Any],
    items: Sequence[dict[str, Any]],
    *,
    pick: Pick = lambda count: 0,
    journal: Sequence[dict[str, Any]] = (),
    after: Callable[..., bool] | None = None,
    **options: Any,
) -> tuple[RunContext, RunResult]:
    """Run a definition to its end or pause, after this part of its journal."""
    Effect.keys, Shaky.tried = [], set()
    options.setdefault("types", KINDS)
    run = make_run(in_mode(definition, mode), items, execution_id="x", **options)
    entries = [JournalEntry.from_data(data) for data in journal]
    run.states.update({entry.node_id: dict(entry.state) for entry in entries if entry.state is not None})
    run.scheduler.replay(entries)
    return run, run_to_pause(run, after, FakeAside(pick))


def history(run: RunContext) -> dict[tuple[str, int], Any]:
    """What each run of a node came to, with its sources named by node and run index instead of by their order."""
    entries = run.scheduler.entries

    def named(order: int) -> tuple[str, int]:
        return entries[order].node_id, entries[order].run_index

    return {
        (entry.node_id, entry.run_index): (
            entry.status,
            entry.continued,
            {port: batch.to_data() for port, batch in entry.outputs.items()},
            {port: (*named(source.order), source.port) for port, source in entry.sources.items()},
            entry.error,
            entry.state,
        )
        for entry in entries
    }


def summary(run: RunContext, result: RunResult) -> tuple[Any, ...]:
    """How a run ended: status, error, final output and response."""
    final = None if result.output_order is None else run.scheduler.entries[result.output_order]
    output = None if final is None else (final.node_id, final.run_index, final.first_output().to_data())
    return result.status, result.error, result.failed_node, output, result.response

"""For each: the nodes of its body run once for every item or batch, each round by itself."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import (
    Capabilities,
    NodeContext,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
    RoundOutcome,
)
from apps.workflows.nodes.support.bodies import results_of
from apps.workflows.nodes.support.parameters import whole_number
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

DONE, BODY = "done", "body"
MAX_BATCH, MAX_AT_ONCE = 1_000_000, 100


@register_node
class ForEachNode(NodeType):
    """Sends batches to ``body``, one round for each; the results of all rounds leave by ``done``."""

    type = "for_each"
    display_name = "For each"
    description = "Runs a part of the workflow for each item, in rounds that know nothing of each other."
    group = "flow"
    icon = "repeat-1"
    color = "logic"
    outputs = (
        Port(DONE, description="The results of all rounds, in the order of the items"),
        Port(BODY, description="The items of one round"),
    )
    capabilities = Capabilities(supports_batching=True, supports_retry=False)
    body_port = BODY
    summary = "{batch_size} · {mode}"
    parameters = (
        Parameter(
            "batch_size",
            "Items in a round",
            type="number",
            default_value=1,
            validation={"min": 1, "max": MAX_BATCH},
        ),
        Parameter(
            "mode",
            "Rounds",
            type="select",
            default_value="in_order",
            options=[
                Option("in_order", "One after the other"),
                Option("at_once", "Several at once", "For bodies in which every node runs once in a round."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "max_at_once",
            "At most",
            type="number",
            default_value=5,
            description="Rounds at the same time.",
            display_if={"mode": ["at_once"]},
            validation={"min": 1, "max": MAX_AT_ONCE},
            supports_expressions=False,
        ),
        Parameter(
            "on_round_error",
            "When a round fails",
            type="select",
            default_value="stop",
            options=[
                Option("stop", "Stop", "The run ends with the error."),
                Option("continue", "Go on", "The result of the round is an item with the error."),
            ],
            supports_expressions=False,
        ),
    )
    example = {"batch_size": 1, "on_round_error": "continue"}
    documentation = """
Connect **body** to the first step of what is to happen for each item. The body is everything that this leads to; it
needs no way back. Each round gets its items; when nothing is left to do in it, the next one begins. What the last
steps of the body (those that lead nowhere) gave out is the result of the round. When no round is left, **done** gives
the results of all of them, in the order of the items.

Rounds are kept apart: a merge in the body never brings two rounds together, and `$("Step")` of a step in the body
is its run in the same round. Steps before this node can be reached as ever; `.item` leads back to the right item.
No connection may lead into the body from elsewhere, or out of it.

**Several at once** needs a body in which every step runs at most once in a round: without loops or other bodies in
it, and without a step that several others lead to, other than a merge. Otherwise its rounds run one after the other.
The run index of a step is then the number of the round.

**When a round fails** although the failing step says that an error stops the run: *Stop* ends the run. *Go on* drops
what is left of the round; its result is one item `{error: {message, kind, node}}`, and the run counts as partly
successful. A step that waits lets no other round begin.
"""

    @classmethod
    def catches(cls, parameters: Mapping[str, JsonValue]) -> bool:
        return parameters.get("on_round_error") == "continue"

    @classmethod
    def rounds_at_once(cls, parameters: Mapping[str, JsonValue]) -> bool:
        return parameters.get("mode") == "at_once"

    def run(self, context: NodeContext) -> NodeResult:
        state, items = context.state, context.items
        if context.rounds is None:
            size = whole_number(context.param("batch_size"), least=1, most=MAX_BATCH, item=0, parameter="batch_size")
            state.update(size=size, round=0, rounds=ceil(len(items) / size))
        else:
            state["round"] += 1
        at, size = state["round"], state["size"]
        state["rounds_left"] = max(0, state["rounds"] - at - 1)
        state["at_once"] = _most_at_once(context) if context.raw("mode") == "at_once" else 0
        if at < state["rounds"]:
            return NodeResult({BODY: items.select(range(at * size, min((at + 1) * size, len(items))))})
        rounds = enumerate(context.rounds or ())
        return NodeResult({DONE: ItemBatch([item for number, one in rounds for item in _results(one, number * size)])})


def _most_at_once(context: NodeContext) -> int:
    most = context.param("max_at_once")
    return whole_number(most, least=1, most=MAX_AT_ONCE, item=0, parameter="max_at_once")


def _results(outcome: RoundOutcome, first: int) -> list[Item]:
    if outcome.failure is not None:
        return [Item({"error": outcome.failure}, None, (Pair(first),), outcome.failure)]
    return results_of(outcome)

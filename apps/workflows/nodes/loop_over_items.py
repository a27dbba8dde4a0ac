"""Loop over items: batch after batch through a part of the workflow."""

from __future__ import annotations

from math import ceil

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeResult, NodeType, Parameter, Port
from apps.workflows.nodes.support.parameters import whole_number
from apps.workflows.registry import register_node

DONE, LOOP = "done", "loop"
MAX_BATCH = 1_000_000


@register_node
class LoopOverItemsNode(NodeType):
    """Sends batches to ``loop``; what comes back is collected and leaves by ``done`` in the end."""

    type = "loop_over_items"
    display_name = "Loop over items"
    description = "Sends the items batch by batch through a part of the workflow that leads back here."
    group = "flow"
    icon = "repeat"
    color = "logic"
    outputs = (
        Port(DONE, description="All items that came back, when no batch is left"),
        Port(LOOP, description="The next batch"),
    )
    capabilities = Capabilities(supports_batching=True)
    is_loop = True
    summary = "{batch_size}"
    parameters = (
        Parameter(
            "batch_size",
            "Batch size",
            type="number",
            default_value=1,
            validation={"min": 1, "max": MAX_BATCH},
        ),
        Parameter(
            "reset",
            "Start again",
            type="boolean",
            default_value=False,
            description="When true, the items that arrive are a new set, not results of the last batch.",
        ),
    )
    example = {"batch_size": 10}
    documentation = """
Most nodes run for every item by themselves; a loop is for steps that must happen batch after batch, such as
calls with a pause between them.

Connect **loop** to the first step and the last step back to this node. Each time items come back, they are
collected and the next batch leaves. When no batch is left, **done** gives all collected items. Then the
loop is ready to start again, so an inner loop starts anew for each round of its outer loop.

If a batch parts into branches that come back one after the other (an error output, for instance), each return
lets the next batch out. What comes back after the last one leaves by **done** again, together with all that was
collected before.
"""

    def run(self, context: NodeContext) -> NodeResult:
        state = context.state
        if _is_new_round(context):
            _begin(context)
        else:
            state["currentRunIndex"] += 1
        at, count = state["currentRunIndex"], state["maxRunIndex"]
        state["noItemsLeft"] = at + 1 >= count
        if at < count:
            return NodeResult({LOOP: _batch(context, at * state["size"])})
        state["done"] = True
        return NodeResult({DONE: _returned(context)})


def _is_new_round(context: NodeContext) -> bool:
    state = context.state
    if not state or context.param("reset") is True:
        return True
    # Of a batch that parted into branches one may come back after the other has ended the loop.
    return bool(state.get("done")) and not context.came_round(LOOP)


def _begin(context: NodeContext) -> None:
    size = whole_number(context.param("batch_size"), least=1, most=MAX_BATCH, item=0, parameter="batch_size")
    # Counters only: the state is copied and journaled with every run, the items are in the journal already.
    context.state.update(
        size=size,
        round_start=context.run_index,
        currentRunIndex=0,
        maxRunIndex=ceil(len(context.items) / size),
        noItemsLeft=False,
        done=False,
    )


def _batch(context: NodeContext, first: int) -> ItemBatch:
    """The next items of the arrival that began the round, which pairs of a loop call input 0."""
    whole = context.arrived(context.state["round_start"])
    return whole.select(range(first, min(first + context.state["size"], len(whole))))


def _returned(context: NodeContext) -> ItemBatch:
    """What came back in the first round-trip is input 1, in the second input 2, and so on."""
    start = context.state["round_start"]
    return ItemBatch(
        [
            Item(item.json, item.binary, (Pair(at, run - start),), item.error)
            for run in range(start + 1, context.run_index + 1)
            for at, item in enumerate(context.arrived(run))
        ]
    )

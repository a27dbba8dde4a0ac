"""Dry runs: what a node with an effect would have done, and the items it is taken to have answered."""

from __future__ import annotations

from apps.workflows.engine.context import CallContext
from apps.workflows.engine.items import EMPTY, Item, ItemBatch, Pair
from apps.workflows.engine.node_type import NodeContext, NodeResult
from apps.workflows.engine.run_context import Change, RunContext
from apps.workflows.engine.scheduler import NodeCall
from exprsn.kernel.redaction import redact

MAX_CHANGES = 1_000


def rehearse(context: CallContext, call: NodeCall, run: RunContext) -> NodeResult:
    """Do nothing: note each effect, and answer pinned data, else the type's example, else what came in."""
    compiled = call.compiled
    items = context.items
    for position in range(max(1, len(items))):
        effect = redact(compiled.runner.describe_effect(context, position))
        if len(run.changes) < MAX_CHANGES:
            run.changes.append(Change(compiled.id, compiled.node.name, compiled.type.type, position, effect))
    batch = answer_taken(context, call)
    return NodeResult({compiled.first_output: batch} if batch else {})


def answer_taken(context: NodeContext, call: NodeCall) -> ItemBatch:
    """What a node with an effect is taken to have answered."""
    pinned, items = call.compiled.node.pinned_data, context.items
    if pinned is not None:
        return ItemBatch.of_pins(pinned)
    own = call.compiled.runner.rehearsed_output(context)
    if own is not None:
        return own
    example = call.compiled.type.example_output
    if example is None:
        return items.select(range(len(items))) if items else EMPTY
    return ItemBatch([Item(dict(example), None, (Pair(at),)) for at in range(len(items))] or [Item(dict(example))])

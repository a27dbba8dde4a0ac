"""Execute workflow: starts another workflow, and waits for it or not."""

from __future__ import annotations

from collections.abc import Sequence

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import (
    MAIN,
    CallOutcome,
    CallStart,
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    single,
)
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node

MAX_CALLS = 1_000
_CAME_TO_ITS_END = frozenset({"success", "partial_success"})


@register_node
class ExecuteWorkflowNode(NodeType):
    """Hands its items to another workflow and goes on with what that ends with."""

    type = "execute_workflow"
    display_name = "Execute workflow"
    description = "Starts another workflow with these items, and goes on with what it ends with."
    group = "flow"
    icon = "workflow"
    color = "logic"
    capabilities = Capabilities(supports_retry=False, side_effect=True)
    summary = "{mode}"
    parameters = (
        Parameter(
            "workflow",
            "Workflow",
            type="workflow",
            required=True,
            placeholder="send-invoice",
            description="Its id or slug. It begins with “When called by a workflow”.",
        ),
        Parameter(
            "mode",
            "Run it",
            type="select",
            default_value="once",
            options=[Option("once", "Once with all items"), Option("each", "Once for each item")],
            supports_expressions=False,
        ),
        Parameter(
            "inputs",
            "Hand over",
            type="json",
            description="An object to hand over in place of each item. Left out: the items as they are.",
        ),
        Parameter(
            "wait",
            "Wait until it has ended",
            type="boolean",
            default_value=True,
            description="Otherwise the items are passed on at once.",
            supports_expressions=False,
        ),
    )
    example = {"workflow": "send-invoice", "mode": "each", "inputs": "={{ ({ order: $json.id }) }}"}
    documentation = """
The called workflow runs by itself: it has its own execution, with a link to this one, and it survives whatever happens
to it. Accepting it is one with noting the call, so a call is neither lost nor made twice. Waiting holds no worker.

**Waiting:** the items that the called workflow ended with go on; in **Once for each item** those of all calls in the
order of the items. If the called workflow fails, this node fails (`called_workflow_failed`), so that **On error**
decides. **Not waiting:** the items go on unchanged, each with nothing added.

At most 1,000 calls from one run of the node; workflows call one another at most 20 levels deep
(`EXPRSN_MAX_CALL_DEPTH`). The published version is called; while this workflow is run by hand, one that was never
published is called as it is.
"""

    def run(self, context: NodeContext) -> NodeResult:
        outcomes = context.call_outcomes
        if outcomes is not None:
            return _ended_with(context, outcomes)
        batches = _batches(context)
        if not batches:
            return NodeResult()
        calls = [_call(context, batch, at) for at, batch in enumerate(batches)]
        waits = bool(context.param("wait"))
        outputs = {} if waits else {MAIN: context.items.select(range(len(context.items)))}
        return NodeResult(outputs, calls=calls, awaits_calls=waits)


def _batches(context: NodeContext) -> list[ItemBatch]:
    handed = ItemBatch([_handed_over(context, item, at) for at, item in enumerate(context.items)])
    if context.param("mode") != "each":
        return [handed] if handed else []
    if len(handed) > MAX_CALLS:
        raise NodeError(
            f"{len(handed)} items would be {len(handed)} calls; the limit is {MAX_CALLS}. Use Loop over items.",
            kind="too_many_calls",
        )
    return [ItemBatch([item]) for item in handed]


def _handed_over(context: NodeContext, item: Item, position: int) -> Item:
    given = context.param("inputs", position)
    if given is None or given == "":
        return Item(item.json, item.binary)
    if not isinstance(given, dict):
        raise NodeError("What is handed over must be an object.", kind="bad_value", item=position, parameter="inputs")
    return Item(given)


def _call(context: NodeContext, batch: ItemBatch, position: int) -> CallStart:
    reference = text_of(context.param("workflow", position)).strip()
    if not reference:
        raise NodeError("Choose a workflow.", kind="bad_value", item=position, parameter="workflow")
    return CallStart(context.ports.workflows.find(reference), batch)


def _ended_with(context: NodeContext, outcomes: Sequence[CallOutcome]) -> NodeResult:
    if context.param("mode") == "each":
        return context.each(lambda item, at: _items_of(outcomes[at], at, paired=(Pair(at),)))
    return single(ItemBatch([item for outcome in outcomes for item in _items_of(outcome, None, paired=None)]))


def _items_of(outcome: CallOutcome, position: int | None, paired: tuple[Pair, ...] | None) -> list[Item]:
    if outcome.status not in _CAME_TO_ITS_END:
        raise _failure(outcome, position)
    return [Item(item.json, item.binary, paired) for item in outcome.output]


def _failure(outcome: CallOutcome, item: int | None) -> NodeError:
    error = outcome.error or {}
    why = text_of(error.get("message")) or f"It ended as {outcome.status}."
    return NodeError(
        f"“{outcome.workflow_name}” failed: {why}" if outcome.workflow_name else why,
        kind="called_workflow_failed",
        item=item,
        details={"execution_id": outcome.execution_id, "status": outcome.status, "error": dict(error)},
    )

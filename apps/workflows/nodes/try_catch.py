"""Try: an error in its body does not end the run."""

from __future__ import annotations

from collections.abc import Mapping

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeResult, NodeType, Port
from apps.workflows.nodes.support.bodies import results_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

DONE, BODY, FAILED = "done", "body", "error"


@register_node
class TryCatchNode(NodeType):
    """Sends its items to ``body``; answers on ``done``, or on ``error`` when the body failed."""

    type = "try_catch"
    display_name = "Try"
    description = "Runs a part of the workflow; when something in it fails, goes on another way."
    group = "flow"
    icon = "shield-check"
    color = "logic"
    outputs = (
        Port(DONE, description="What the last steps of the body gave out"),
        Port(BODY, description="The items, for the body"),
        Port(FAILED, description="The items that came in, with the error, when the body failed"),
    )
    capabilities = Capabilities(supports_retry=False)
    body_port = BODY
    documentation = """
Connect **body** to the first of the steps that may fail. The body is everything that this leads to; it needs no way
back. When nothing is left to do in it, **done** gives what its last steps gave out.

When a step in the body fails, and would stop the run, what is left of the body is dropped (what is under way ends),
and **error** gives the items that came in here, each with `error: {message, kind, node}`. The run then counts as
partly successful. Retries of the step come first; a step whose own setting is to go on after an error does not end
the body.

No connection may lead into the body from elsewhere, or out of it.
"""

    @classmethod
    def catches(cls, parameters: Mapping[str, JsonValue]) -> bool:
        return True

    def run(self, context: NodeContext) -> NodeResult:
        if context.rounds is None:
            return NodeResult({BODY: context.items.select(range(len(context.items)))})
        outcome = context.rounds[0]
        failure = outcome.failure
        if failure is None:
            return NodeResult({DONE: ItemBatch(results_of(outcome))})
        failed = [
            Item({**item.json, "error": failure}, item.binary, (Pair(at),), failure)
            for at, item in enumerate(context.items)
        ]
        return NodeResult({FAILED: ItemBatch(failed)})

"""Parallel group: the branches of its body run at once."""

from __future__ import annotations

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeResult, NodeType, Port
from apps.workflows.nodes.support.bodies import results_of
from apps.workflows.registry import register_node

DONE, BODY = "done", "body"


@register_node
class ParallelGroupNode(NodeType):
    """Sends its items to every branch of ``body``; when all have ended, their results leave by ``done``."""

    type = "parallel_group"
    display_name = "Parallel group"
    description = "Runs the branches of a part of the workflow at once and waits for all of them."
    group = "flow"
    icon = "layers"
    color = "logic"
    outputs = (
        Port(DONE, description="What the last steps of all branches gave out, branch after branch"),
        Port(BODY, description="The items, for each branch"),
    )
    capabilities = Capabilities(supports_retry=False)
    body_port = BODY
    body_at_once = True
    documentation = """
Connect **body** to the first step of each branch. The branches run at once, whatever the execution mode of the
workflow says. When all of them have ended, **done** gives what their last steps gave out, from the top branch to the
bottom one, however long each took.

A step waits where the result could depend on the order: when its expressions look at a step of another branch that
has not run yet. No connection may lead into the body from elsewhere, or out of it. When a step fails and would stop
the run, nothing new begins, what is under way ends, and the run ends with the error.
"""

    def run(self, context: NodeContext) -> NodeResult:
        if context.rounds is None:
            return NodeResult({BODY: context.items.select(range(len(context.items)))})
        return NodeResult({DONE: ItemBatch(results_of(context.rounds[0]))})

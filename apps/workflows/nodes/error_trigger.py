"""Error trigger: starts when a run of a workflow fails."""

from __future__ import annotations

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import MAIN, Capabilities, NodeContext, NodeResult, NodeType, Port, single
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject

_EXAMPLE: JsonObject = {
    "execution": {
        "id": "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c",
        "url": "https://exprsn.example/executions/0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c/",
        "mode": "webhook",
        "error": {"message": "The server answered 500.", "kind": "http_500", "retryable": True},
        "failed_node": "Send the order",
        "retry_of": None,
    },
    "workflow": {"id": "0192d6a4-5f7c-7a3e-9c1b-000000000000", "name": "Orders"},
}


@register_node
class ErrorTriggerNode(NodeType):
    """Starts with one item that says which run failed, where and why."""

    type = "error_trigger"
    display_name = "Error trigger"
    description = "Starts when a run of a workflow fails that names this one as its error workflow."
    group = "trigger"
    icon = "siren"
    color = "trigger"
    inputs = ()
    outputs = (Port(MAIN, description="One item about the run that failed"),)
    capabilities = Capabilities(supports_retry=False)
    is_trigger = True
    example = {}
    documentation = """
Name this workflow under **Error workflow** in the settings of those that it watches. A workflow with an error trigger
of its own and no such setting starts itself when a run of it fails. It has to be published, but need not be active.

It is told of runs that were started by a webhook, a schedule, a form, an event or another workflow; not of those that
a person started and watches, and not of runs of error workflows. The run is accepted in the same moment in which the
other one ends, so that no failure is passed over.

**Out:** one item: `execution` with `id`, `url`, `mode`, `error` (`message`, `kind`), `failed_node` and `retry_of`, and
`workflow` with `id` and `name`. `lastNodeExecuted` and `retryOf` are there too, for imported workflows.

Started by hand, it hands on an example.
"""

    def run(self, context: NodeContext) -> NodeResult:
        told = any("execution" in item.json for item in context.items)
        return single(context.items if told else ItemBatch.of([_EXAMPLE]))

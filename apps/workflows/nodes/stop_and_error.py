"""Stop and error: ends the run on purpose."""

from __future__ import annotations

from apps.workflows.engine.node_type import (
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Parameter,
)
from apps.workflows.nodes.support.parameters import json_value, options
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node


@register_node
class StopAndErrorNode(NodeType):
    """Fails with the message or object that it is given."""

    type = "stop_and_error"
    display_name = "Stop and error"
    description = "Ends the run with an error of your own."
    group = "flow"
    icon = "octagon-x"
    color = "logic"
    outputs = ()
    capabilities = Capabilities(supports_retry=False)
    summary = "{message}"
    parameters = (
        Parameter(
            "error_type",
            "Error",
            type="select",
            default_value="message",
            options=options(("message", "Message"), ("object", "Object")),
            supports_expressions=False,
        ),
        Parameter(
            "message",
            "Message",
            default_value="The workflow was stopped.",
            display_if={"error_type": ["message"]},
        ),
        Parameter(
            "error",
            "Object",
            type="json",
            default_value={},
            description="Its field message (or error) is the message; all of it is kept as details.",
            display_if={"error_type": ["object"]},
        ),
    )
    example = {"error_type": "message", "message": "=No customer with the number {{ $json.customer_id }}."}
    documentation = """
The run ends as failed, with the message of the first item. The workflow's error workflow is told, and a
caller who waits for the answer gets an error.
"""

    def run(self, context: NodeContext) -> NodeResult:
        if context.param("error_type") == "message":
            raise NodeError(text_of(context.param("message")), kind="stopped", item=0)
        error = json_value(context.param("error"), item=0, parameter="error")
        details = error if isinstance(error, dict) else {"error": error}
        message = details.get("message") or details.get("error") or "The workflow was stopped."
        raise NodeError(text_of(message), kind="stopped", item=0, details=details)

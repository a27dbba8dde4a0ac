"""Wait: rests for a while, or until something comes from outside, without holding a worker."""

from __future__ import annotations

from collections.abc import Mapping

from apps.pages.contracts.field_faults import field_faults
from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeResult,
    NodeType,
    Option,
    Parameter,
)
from apps.workflows.nodes.support.values import text_of
from apps.workflows.nodes.support.wait_parameters import (
    CALL_PARAMETERS,
    FORM_PARAMETERS,
    LIMIT_PARAMETERS,
    amount_parameters,
    moment_in,
    not_too_late,
    time_span,
)
from apps.workflows.nodes.support.waiting import FORM, WEBHOOK, wait_outside
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue


@register_node
class WaitNode(NodeType):
    """Passes its items on later."""

    type = "wait"
    display_name = "Wait"
    description = "Passes the items on after a while, at a certain time, or when a call or a form comes."
    group = "flow"
    icon = "hourglass"
    color = "logic"
    credential_kinds = ("basic", "header")
    capabilities = Capabilities(supports_retry=False, supports_webhook=True)
    summary = "{amount} {unit} · {until} · {title}"
    parameters = (
        Parameter(
            "mode",
            "Wait",
            type="select",
            default_value="duration",
            options=[
                Option("duration", "For a while"),
                Option("until", "Until a time"),
                Option("webhook", "Until it is called", "At {{ $execution.resumeUrl }}"),
                Option("form", "Until a form is sent", "At {{ $execution.resumeFormUrl }}"),
            ],
            supports_expressions=False,
        ),
        *amount_parameters("", "How long", 5, "seconds", {"mode": ["duration"]}),
        Parameter(
            "until",
            "Until",
            type="datetime",
            required=True,
            placeholder="2030-01-31T09:00",
            description="ISO 8601. Without an offset it is read in the workflow's time zone.",
            display_if={"mode": ["until"]},
        ),
        *CALL_PARAMETERS,
        *FORM_PARAMETERS,
        *LIMIT_PARAMETERS,
    )
    example = {"mode": "duration", "amount": 10, "unit": "minutes"}
    documentation = """
The run is put down and goes on later, after a restart too. Waiting runs cost a row in the database and no worker.

**For a while, until a time:** the same items go on. A time that is past does not wait.

**Until it is called:** the address is `$execution.resumeUrl`. It is known from the beginning of the run, so that a mail
or a request that comes earlier in the workflow can hold it. What came goes on as one item
`{method, headers, query, body}`, or is added to each of the items that waited. The first call counts; a second one is
answered with 409, and none is taken when the run has ended.

**Until a form is sent:** the page is at `$execution.resumeFormUrl`. It goes on with the answers by the names of the
fields, `submittedAt` and `formMode`.

**Limit the time:** when it is over, the items that waited go on, each with `timed_out: true`.

The parameters are evaluated once, for the first item. At most five years. A dry run does not wait: it goes on with
an example of what could come.

**Trap:** the address is for the run, not for the node: while one wait is open it answers that one. If a workflow waits
several times, give each wait an end of the address of its own.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        if parameters.get("mode") == WEBHOOK and parameters.get("methods") == []:
            return {"methods": ["Choose at least one method."]}
        fields = parameters.get("fields") if parameters.get("mode") == FORM else None
        return field_faults(fields) if isinstance(fields, list) else {}

    def run(self, context: NodeContext) -> NodeResult:
        mode = text_of(context.param("mode"))
        if mode in (WEBHOOK, FORM):
            return wait_outside(context, mode)
        now = context.ports.clock.now()
        until = moment_in(context, "until") if mode == "until" else now + time_span(context)
        not_too_late(until, now)
        outputs = {MAIN: context.items.select(range(len(context.items)))}
        return NodeResult(outputs, wait_until=until if until > now else None)

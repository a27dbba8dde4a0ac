"""Wait: rests for a while without holding a worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
)
from apps.workflows.nodes.support.parameters import options
from apps.workflows.nodes.support.routing import workflow_zone
from apps.workflows.nodes.support.values import moment_of, number_of, text_of
from apps.workflows.registry import register_node

UNIT_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
MAX_SECONDS = 5 * 366 * 86_400


@register_node
class WaitNode(NodeType):
    """Passes its items on later."""

    type = "wait"
    display_name = "Wait"
    description = "Passes the items on after a while, or at a certain time."
    group = "flow"
    icon = "hourglass"
    color = "logic"
    capabilities = Capabilities(supports_retry=False)
    summary = "{amount} {unit} · {until}"
    parameters = (
        Parameter(
            "mode",
            "Wait",
            type="select",
            default_value="duration",
            options=[Option("duration", "For a while"), Option("until", "Until a time")],
            supports_expressions=False,
        ),
        Parameter(
            "amount",
            "How long",
            type="number",
            default_value=5,
            display_if={"mode": ["duration"]},
            validation={"min": 0},
        ),
        Parameter(
            "unit",
            "Unit",
            type="select",
            default_value="seconds",
            options=options(("seconds", "Seconds"), ("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")),
            display_if={"mode": ["duration"]},
        ),
        Parameter(
            "until",
            "Until",
            type="datetime",
            required=True,
            placeholder="2030-01-31T09:00",
            description="ISO 8601. Without an offset it is read in the workflow's time zone.",
            display_if={"mode": ["until"]},
        ),
    )
    example = {"mode": "duration", "amount": 10, "unit": "minutes"}
    documentation = """
The run is put down and goes on with the same items when the time has come, after a restart too. Waiting
runs cost a row in the database and no worker. A time that is past does not wait.

The parameters are evaluated once, for the first item. At most five years.
"""

    def run(self, context: NodeContext) -> NodeResult:
        now = context.ports.clock.now()
        until = _until(context) if context.param("mode") == "until" else now + _duration(context)
        if until - now > timedelta(seconds=MAX_SECONDS):
            raise NodeError("A wait may last at most five years.", kind="bad_value", item=0)
        outputs = {MAIN: context.items.select(range(len(context.items)))}
        return NodeResult(outputs, wait_until=until if until > now else None)


def _until(context: NodeContext) -> datetime:
    value = context.param("until")
    moment = moment_of(value, workflow_zone(context))
    if moment is None:
        raise NodeError(f"{text_of(value)!r} is not a date and time.", kind="bad_value", item=0, parameter="until")
    return moment.astimezone(UTC)


def _duration(context: NodeContext) -> timedelta:
    amount, unit = number_of(context.param("amount")), text_of(context.param("unit"))
    if amount is None or amount < 0:
        raise NodeError("The duration must be a number of 0 or more.", kind="bad_value", item=0, parameter="amount")
    if unit not in UNIT_SECONDS:
        raise NodeError(f"The unit {unit!r} is not known.", kind="bad_value", item=0, parameter="unit")
    return timedelta(seconds=min(amount * UNIT_SECONDS[unit], MAX_SECONDS * 2))

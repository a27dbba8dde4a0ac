"""Event trigger: something that happens on the platform starts the workflow."""

from __future__ import annotations

from collections.abc import Mapping

from apps.workflows.engine.event_types import EVENT_NAMES, EVENT_TYPES
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
    single,
)
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue


@register_node
class EventNode(NodeType):
    """Starts a run for each event of the chosen types in the organization."""

    type = "event"
    display_name = "Event"
    description = "Starts the workflow when something happens on the platform."
    group = "trigger"
    icon = "radio"
    color = "trigger"
    inputs = ()
    outputs = (
        Port(
            MAIN, description="One item: {id, type, version, occurred_at, organization, actor, correlation_id, payload}"
        ),
    )
    capabilities = Capabilities(supports_retry=False)
    is_trigger = True
    summary = "{events}"
    parameters = (
        Parameter(
            "events",
            "Events",
            type="multiselect",
            required=True,
            default_value=[],
            options=[Option(event.name, event.title, f"payload: {event.payload}") for event in EVENT_TYPES],
            supports_expressions=False,
        ),
        Parameter(
            "filter",
            "Only if",
            default_value="",
            placeholder="={{ $json.payload.status === 'error' }}",
            description="An expression over the event; where it is not true, nothing is started. Empty: always.",
        ),
    )
    example = {"events": ["execution.failed"], "filter": "={{ $json.payload.environment === 'production' }}"}
    documentation = (
        """
Starts an active workflow for each event of the chosen types that happens in its organization, once for each event,
whoever dies in between. A workflow that is activated hears of runs a few seconds later at the latest.

**Out:** one item, the event: `{id, type, version, occurred_at, organization, actor, correlation_id, payload}`.

| Event | `payload` |
|---|---|
"""
        + "\n".join(f"| `{event.name}` | `{{{event.payload}}}` |" for event in EVENT_TYPES)
        + """

`execution.…` tell of runs that triggers or people started; test calls and dry runs tell of nothing.

**Loops:** a workflow that hears of runs also hears of its own. Runs that events of runs have started can follow each
other `EXPRSN_MAX_EVENT_DEPTH` times (5); the next one ends with the error `event_loop` without a step. Better: name in
*Only if* which runs are meant, such as `={{ $json.payload.workflow !== '…' }}`.
"""
    )

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        events = parameters.get("events")
        if not isinstance(events, list) or not events:
            return {"events": ["Choose at least one event."]}
        unknown = [str(name) for name in events if name not in EVENT_NAMES]
        return {"events": [f"There is no event {name}." for name in unknown[:5]]} if unknown else {}

    def run(self, context: NodeContext) -> NodeResult:
        return single(context.items if len(context.items) else ItemBatch.of([{}]))

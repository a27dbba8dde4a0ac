"""Throttle: lets through so much in a time, counted over all runs of the workflow."""

from __future__ import annotations

from datetime import timedelta

from apps.workflows.engine.items import EMPTY
from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
)
from apps.workflows.engine.ports_turns import MAX_LIMIT, Rate
from apps.workflows.nodes.support.parameters import whole_number
from apps.workflows.nodes.support.turns import items_by_key, key_parameter, length_of, unit_parameter
from apps.workflows.registry import register_node

DROPPED = "dropped"


@register_node
class ThrottleNode(NodeType):
    """At most so many runs, or items, in any time of a given length, by key."""

    type = "throttle"
    display_name = "Throttle"
    description = "Lets through only so many runs or items in a time; the others are dropped or wait."
    group = "flow"
    icon = "gauge"
    color = "logic"
    capabilities = Capabilities(supports_retry=False, side_effect=True)
    outputs = (
        Port(MAIN, description="What is within the limit"),
        Port(DROPPED, description="What is over it"),
    )
    summary = "{limit} / {window} {window_unit}"
    parameters = (
        Parameter(
            "limit",
            "At most",
            type="number",
            default_value=10,
            supports_expressions=False,
            validation={"min": 1, "max": MAX_LIMIT},
        ),
        Parameter(
            "counts",
            "What counts",
            type="select",
            default_value="runs",
            options=[
                Option("runs", "Runs", "All items that arrive together count as one."),
                Option("items", "Items", "Each item counts."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "window",
            "In",
            type="number",
            default_value=1,
            supports_expressions=False,
            validation={"min": 0},
        ),
        unit_parameter("window_unit", "Unit", "minutes"),
        key_parameter("An expression: each of its values has a limit of its own. Empty: one for all."),
        Parameter(
            "over_limit",
            "What is over it",
            type="select",
            default_value="drop",
            options=[
                Option("drop", "Drop it", "It leaves by the output dropped."),
                Option("wait", "Let it wait", "The run rests until it is its turn."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "longest",
            "Wait at most",
            type="number",
            default_value=1,
            description="What would have to wait longer is dropped.",
            display_if={"over_limit": ["wait"]},
            supports_expressions=False,
            validation={"min": 0},
        ),
        unit_parameter("longest_unit", "Unit", "days", display_if={"over_limit": ["wait"]}),
    )
    example = {"limit": 5, "window": 1, "window_unit": "minutes", "key": "={{ $json.body.customer }}"}
    documentation = """
In no time of this length pass more than *At most*, whatever runs at once and in whichever process. Within the limit
items go on at once.

**Over it** they leave by `dropped`, or wait for their turn in the order in which they came; a run that waits holds no
worker. Items of one run that have to wait go on together, at the last of their turns. What would wait longer than
*Wait at most* is dropped.

**By key:** `={{ $json.body.customer }}` counts each customer alone. At most 1,000 keys in one run of the node.

**Counted** are runs that triggers started. Runs by hand and dry runs pass, and take no turn from others. A run that
was cut off and taken over takes no second turn. Changing the key or the node's id begins anew; publishing does not.
"""

    def run(self, context: NodeContext) -> NodeResult:
        rate = _rate(context)
        by_item = context.raw("counts") == "items"
        groups: list[tuple[str, str, list[int]]] = []
        for key, positions in items_by_key(context).items():
            shares = [[position] for position in positions] if by_item else [positions]
            groups += [(context.idempotency_key(share[0]), key, share) for share in shares]
        turns = context.ports.turns.admit(context.node.id, {ticket: key for ticket, key, _ in groups}, rate)
        passed = sorted(at for ticket, _, share in groups if turns[ticket] is not None for at in share)
        dropped = sorted(at for ticket, _, share in groups if turns[ticket] is None for at in share)
        last = max((turn for turn in turns.values() if turn is not None), default=None)
        outputs = {MAIN: context.items.select(passed), DROPPED: context.items.select(dropped) if dropped else EMPTY}
        is_later = last is not None and last > context.ports.clock.now()
        return NodeResult(outputs, wait_until=last if is_later else None)


def _rate(context: NodeContext) -> Rate:
    limit = whole_number(context.raw("limit"), least=1, most=MAX_LIMIT, item=0, parameter="limit")
    window = length_of(context, "window", "window_unit")
    if not window:
        raise NodeError("The time is more than 0.", kind="bad_value", item=0, parameter="window")
    waits = context.raw("over_limit") == "wait"
    longest = length_of(context, "longest", "longest_unit") if waits else timedelta(0)
    return Rate(limit, window, waits=waits, longest=longest)

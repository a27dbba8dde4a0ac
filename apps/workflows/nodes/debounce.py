"""Debounce: of runs that follow each other closely only the last goes on."""

from __future__ import annotations

from apps.workflows.engine.items import EMPTY, ItemBatch
from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Parameter,
    Port,
)
from apps.workflows.engine.ports_turns import TURN
from apps.workflows.engine.waiting import WaitFor
from apps.workflows.nodes.support.turns import items_by_key, key_parameter, length_of, unit_parameter
from apps.workflows.registry import register_node

SUPERSEDED = "superseded"


@register_node
class DebounceNode(NodeType):
    """Waits until nothing has come for a while, then passes what came last, by key."""

    type = "debounce"
    display_name = "Debounce"
    description = "Waits until it has been quiet for a while, and passes only what came last."
    group = "flow"
    icon = "timer-reset"
    color = "logic"
    capabilities = Capabilities(supports_retry=False, side_effect=True)
    outputs = (
        Port(MAIN, description="What came last"),
        Port(SUPERSEDED, description="What came before it, as soon as it is known"),
    )
    summary = "{quiet} {quiet_unit}"
    parameters = (
        Parameter(
            "quiet",
            "Quiet for",
            type="number",
            default_value=30,
            description="Each arrival begins this time anew.",
            supports_expressions=False,
            validation={"min": 0},
        ),
        unit_parameter("quiet_unit", "Unit", "seconds"),
        key_parameter("An expression: each of its values is quiet for itself. Empty: one for all."),
    )
    example = {"quiet": 30, "quiet_unit": "seconds", "key": "={{ $json.body.document }}"}
    documentation = """
What arrives rests for the quiet time. If something with the same key arrives in the meantime, in whichever run and
process, it takes its place: the earlier one leaves by `superseded` when its time is over (connect nothing there and
the run simply ends), the later one begins to rest. Exactly one goes on by `main`: the last before the quiet.

**By key:** `={{ $json.body.document }}` is quiet for each document alone. Items with different keys in one run go on
together, when all have had their time. At most 1,000 keys in one run of the node.

**Counted** are runs that triggers started. Runs by hand and dry runs go on at once, and supersede nobody. A run that
rests holds no worker.
"""

    def run(self, context: NodeContext) -> NodeResult:
        quiet = length_of(context, "quiet", "quiet_unit")
        if not quiet:
            raise NodeError("The time is more than 0.", kind="bad_value", item=0, parameter="quiet")
        groups = {
            context.idempotency_key(positions[0]): (key, positions) for key, positions in items_by_key(context).items()
        }
        tickets = {ticket: key for ticket, (key, _) in groups.items()}
        found = context.ports.turns.settle(context.node.id, tickets, quiet)
        until = max((one.until for one in found.values()), default=None)
        # Once woken it has had its time, even if the clock of this process is behind that of the other.
        if context.resumed is None and until is not None and until > context.ports.clock.now():
            return NodeResult(wait_for=WaitFor(TURN, until=until))
        last = [at for ticket, (_, share) in groups.items() if not found[ticket].superseded for at in share]
        earlier = [at for ticket, (_, share) in groups.items() if found[ticket].superseded for at in share]
        if earlier:
            context.log("info", "Something later has taken the place of these items.", count=len(earlier))
        return NodeResult({MAIN: _selected(context, last), SUPERSEDED: _selected(context, earlier)})


def _selected(context: NodeContext, positions: list[int]) -> ItemBatch:
    return context.items.select(sorted(positions)) if positions else EMPTY

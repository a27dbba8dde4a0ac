"""If: two ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeResult, NodeType, Parameter, Port
from apps.workflows.nodes.conditions import EMPTY_CONDITIONS, condition_faults, conditions_hold
from apps.workflows.nodes.support.routing import route_items, workflow_zone
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

TRUE, FALSE = "true", "false"

CONDITION_NOTES = """
**Types.** *Strict* refuses a value of another type than the condition's (the text `"5"` is not a number);
*loose* converts where it can. A missing value is empty, does not exist, and is neither before nor after
anything.

**Patterns** are JavaScript's regular expressions, bare or as `/pattern/i`. They are matched in bounded time;
look-ahead, look-behind and back-references are refused.
"""


@register_node
class IfNode(NodeType):
    """Sends each item to ``true`` or ``false``."""

    type = "if"
    display_name = "If"
    description = "Sends each item one of two ways, by conditions."
    group = "flow"
    icon = "split"
    color = "logic"
    outputs = (
        Port(TRUE, "conditional", "Items for which the conditions hold"),
        Port(FALSE, "conditional", "All other items"),
    )
    summary = "{conditions.conditions.left}"
    parameters = (
        Parameter("conditions", "Conditions", type="conditions", required=True, default_value=EMPTY_CONDITIONS),
    )
    example = {
        "conditions": {
            "combinator": "and",
            "case_sensitive": True,
            "type_validation": "strict",
            "conditions": [
                {
                    "left": "={{ $json.total }}",
                    "operator": {"type": "number", "operation": "gte"},
                    "right": 100,
                }
            ],
        }
    }
    documentation = (
        """
Looks at each item by itself and sends it to **true** or **false**, in the order in which the items came. A
branch that gets no item is not run.

With *and* all conditions must hold, with *or* one is enough. No condition at all: *and* is true, *or* is
false.
"""
        + CONDITION_NOTES
    )

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        return condition_faults(parameters.get("conditions", EMPTY_CONDITIONS), "conditions")

    def run(self, context: NodeContext) -> NodeResult:
        zone = workflow_zone(context)

        def choose(item: Item, position: int) -> Iterable[str]:
            holds = conditions_hold(context.param("conditions", position), zone, item=position)
            return (TRUE if holds else FALSE,)

        return route_items(context, choose, on_continue=FALSE)

"""Filter: keeps the items that fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import MAIN, NodeContext, NodeResult, NodeType, Parameter, Port
from apps.workflows.nodes.conditions import EMPTY_CONDITIONS, condition_faults, conditions_hold
from apps.workflows.nodes.if_node import CONDITION_NOTES
from apps.workflows.nodes.support.routing import route_items, workflow_zone
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue


@register_node
class FilterNode(NodeType):
    """Passes on the items for which the conditions hold."""

    type = "filter"
    display_name = "Filter"
    description = "Keeps the items for which the conditions hold and drops the others."
    group = "flow"
    icon = "filter"
    color = "logic"
    outputs = (Port(MAIN, description="The items that were kept"),)
    summary = "{conditions.conditions.left}"
    parameters = (
        Parameter("conditions", "Keep items if", type="conditions", required=True, default_value=EMPTY_CONDITIONS),
    )
    example = {
        "conditions": {
            "combinator": "and",
            "case_sensitive": False,
            "type_validation": "strict",
            "conditions": [
                {
                    "left": "={{ $json.status }}",
                    "operator": {"type": "string", "operation": "equals"},
                    "right": "open",
                }
            ],
        }
    }
    documentation = (
        """
Keeps an item when the conditions hold for it. If nothing is kept, the branch ends here. An item whose
conditions cannot be evaluated is dropped when the node's error setting is *continue*.
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
            return (MAIN,) if holds else ()

        return route_items(context, choose, on_continue=None)

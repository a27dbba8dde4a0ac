"""Switch: many ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import (
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
)
from apps.workflows.engine.port_rules import Counted, Entries, Fixed, PortRule
from apps.workflows.nodes.conditions import EMPTY_CONDITIONS, condition_faults, conditions_hold
from apps.workflows.nodes.if_node import CONDITION_NOTES
from apps.workflows.nodes.support.parameters import options
from apps.workflows.nodes.support.routing import route_items, workflow_zone
from apps.workflows.nodes.support.values import is_number, text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

FALLBACK = "fallback"
MAX_OUTPUTS = 50


_RULES = Entries(
    parameter="rules", name_field="output_name", prefix="output_", most=MAX_OUTPUTS, when={"mode": ["rules"]}
)
_NUMBERED = Counted(
    parameter="output_count",
    prefix="output_",
    first=0,
    least=1,
    most=MAX_OUTPUTS,
    otherwise=4,
    when={"mode": ["expression"]},
)
_EXTRA = Fixed(name=FALLBACK, when={"mode": ["rules"], "fallback": ["extra"]})


def rule_outputs(rules: Any) -> list[str]:
    """The port name of each rule: its ``output_name``, or ``output_0``, ``output_1``, …"""
    return list(_RULES.names({"rules": rules}))


@register_node
class SwitchNode(NodeType):
    """Sends each item to the output of the first rule, or of every rule, that holds."""

    type = "switch"
    display_name = "Switch"
    description = "Sends each item one of many ways, by rules or by the number of an output."
    group = "flow"
    icon = "route"
    color = "logic"
    outputs = (Port("output_0", "conditional", "One output for each rule"),)
    outputs_rule = PortRule([_RULES, _NUMBERED, _EXTRA], port_type="conditional")
    summary = "{mode} · {rules.output_name} · {output}"
    parameters = (
        Parameter(
            "mode",
            "Mode",
            type="select",
            default_value="rules",
            options=[
                Option("rules", "Rules", "Conditions for each output."),
                Option("expression", "Expression", "An expression gives the output."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "rules",
            "Rules",
            type="list",
            default_value=[],
            display_if={"mode": ["rules"]},
            validation={"max": MAX_OUTPUTS},
            fields=(
                Parameter("conditions", "Conditions", type="conditions", default_value=EMPTY_CONDITIONS),
                Parameter(
                    "output_name",
                    "Name of the output",
                    default_value="",
                    supports_expressions=False,
                    validation={"max_length": 100},
                ),
            ),
        ),
        Parameter(
            "output_count",
            "Number of outputs",
            type="number",
            default_value=4,
            display_if={"mode": ["expression"]},
            supports_expressions=False,
            validation={"min": 1, "max": MAX_OUTPUTS},
        ),
        Parameter(
            "output",
            "Output",
            default_value="={{ 0 }}",
            description="The number of the output, from 0, or its name.",
            display_if={"mode": ["expression"]},
        ),
        Parameter(
            "fallback",
            "Items that fit no rule",
            type="select",
            default_value="none",
            options=options(("none", "Drop them"), ("extra", "To the output fallback"), ("output", "To an output")),
            display_if={"mode": ["rules"]},
            supports_expressions=False,
        ),
        Parameter(
            "fallback_index",
            "Which output",
            type="number",
            default_value=0,
            description="Its number, from 0.",
            display_if={"mode": ["rules"], "fallback": ["output"]},
            supports_expressions=False,
            validation={"min": 0, "max": MAX_OUTPUTS - 1},
        ),
        Parameter(
            "send_to_all",
            "Send to all matching outputs",
            type="boolean",
            default_value=False,
            description="Otherwise only to the first.",
            display_if={"mode": ["rules"]},
            supports_expressions=False,
        ),
    )
    example = {
        "mode": "rules",
        "fallback": "extra",
        "rules": [
            {
                "output_name": "urgent",
                "conditions": {
                    "combinator": "and",
                    "case_sensitive": True,
                    "type_validation": "strict",
                    "conditions": [
                        {
                            "left": "={{ $json.priority }}",
                            "operator": {"type": "number", "operation": "lte"},
                            "right": 2,
                        }
                    ],
                },
            }
        ],
    }
    documentation = (
        """
**Rules.** Each rule has an output. An item goes to the first rule that holds, or to all of them with *Send
to all matching outputs*. Outputs are called `output_0`, `output_1`, … unless a rule names its own. Items
that fit no rule are dropped, sent to the output `fallback`, or to one of the others.

**Expression.** One expression gives the number (from 0) or the name of the output for each item.
"""
        + CONDITION_NOTES
    )

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults: dict[str, list[str]] = {}
        rules = parameters.get("rules", [])
        if parameters.get("mode", "rules") != "rules" or not isinstance(rules, list):
            return faults
        names = rule_outputs(rules)
        for position, rule in enumerate(rules[:MAX_OUTPUTS]):
            found = rule.get("conditions", EMPTY_CONDITIONS) if isinstance(rule, dict) else None
            faults |= condition_faults(found, f"rules[{position}].conditions")
            if names[position] in [*names[:position], FALLBACK, "error"]:
                faults[f"rules[{position}].output_name"] = ["Give each output a name of its own."]
        index = parameters.get("fallback_index", 0)
        if parameters.get("fallback") == "output" and is_number(index) and not index < len(rules):  # type: ignore[operator]
            faults["fallback_index"] = ["There is no output of this number."]
        return faults

    def run(self, context: NodeContext) -> NodeResult:
        if context.raw("mode") == "expression":
            ports = [port.name for port in self.outputs_for(context.node.parameters)]
            return route_items(context, lambda _, position: (_chosen(context, ports, position),), on_continue=ports[0])
        return self._run_rules(context)

    def _run_rules(self, context: NodeContext) -> NodeResult:
        zone = workflow_zone(context)
        names = rule_outputs(context.raw("rules"))
        otherwise = _fallback_port(context, names)
        send_to_all = bool(context.param("send_to_all"))

        def choose(item: Item, position: int) -> Iterable[str]:
            fitting = []
            for number, rule in enumerate(context.param("rules", position)[: len(names)]):
                place = f"rules[{number}].conditions"
                if conditions_hold(rule.get("conditions"), zone, item=position, parameter=place):
                    fitting.append(names[number])
                    if not send_to_all:
                        break
            return fitting or otherwise

        return route_items(context, choose, on_continue=otherwise[0] if otherwise else None)


def _fallback_port(context: NodeContext, names: list[str]) -> list[str]:
    fallback = context.raw("fallback")
    if fallback == "extra":
        return [FALLBACK]
    index = context.raw("fallback_index")
    return [names[int(index)]] if fallback == "output" and 0 <= int(index) < len(names) else []


def _chosen(context: NodeContext, ports: list[str], position: int) -> str:
    output = context.param("output", position)
    if isinstance(output, str) and output in ports:
        return output
    spelled = text_of(output)
    if spelled.isascii() and spelled.isdecimal() and len(spelled) < 5 and int(spelled) < len(ports):
        return ports[int(spelled)]
    raise NodeError(
        f"There is no output {spelled!r}; the outputs are {', '.join(ports)}.",
        kind="unknown_output",
        item=position,
        parameter="output",
    )

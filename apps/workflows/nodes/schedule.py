"""Schedule trigger: the clock starts the workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

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
from apps.workflows.nodes.schedule_rules import MAX_RULES, next_times, rule_faults
from apps.workflows.nodes.support.parameters import options
from apps.workflows.nodes.support.values import zone_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def _for(*units: str) -> Mapping[str, Sequence[JsonValue]]:
    return {"unit": list(units)}


_RULE = (
    Parameter(
        "unit",
        "Every",
        type="select",
        required=True,
        default_value="days",
        options=options(
            ("seconds", "Seconds"),
            ("minutes", "Minutes"),
            ("hours", "Hours"),
            ("days", "Days"),
            ("weeks", "Weeks"),
            ("months", "Months"),
            ("cron", "Cron line"),
        ),
        supports_expressions=False,
    ),
    Parameter(
        "interval",
        "How many",
        type="number",
        default_value=1,
        display_if=_for("seconds", "minutes", "hours", "days", "weeks", "months"),
        supports_expressions=False,
        validation={"min": 1},
    ),
    Parameter(
        "hour",
        "At hour",
        type="number",
        default_value=0,
        display_if=_for("days", "weeks", "months"),
        supports_expressions=False,
        validation={"min": 0, "max": 23},
    ),
    Parameter(
        "minute",
        "At minute",
        type="number",
        default_value=0,
        display_if=_for("hours", "days", "weeks", "months"),
        supports_expressions=False,
        validation={"min": 0, "max": 59},
    ),
    Parameter(
        "weekdays",
        "On weekdays",
        type="multiselect",
        default_value=[],
        description="None chosen: every day.",
        options=[Option(number, name) for number, name in enumerate(WEEKDAYS)],
        display_if=_for("weeks"),
        supports_expressions=False,
    ),
    Parameter(
        "day_of_month",
        "On day",
        type="number",
        default_value=1,
        description="Months without this day are left out.",
        display_if=_for("months"),
        supports_expressions=False,
        validation={"min": 1, "max": 31},
    ),
    Parameter(
        "expression",
        "Cron line",
        type="cron",
        placeholder="0 9 * * 1-5",
        description="Five fields, or six with the seconds first.",
        display_if=_for("cron"),
        supports_expressions=False,
    ),
)


@register_node
class ScheduleNode(NodeType):
    """Starts a run whenever one of its rules is due."""

    type = "schedule"
    display_name = "Schedule"
    description = "Starts the workflow at fixed times or intervals."
    group = "trigger"
    icon = "calendar-clock"
    color = "trigger"
    inputs = ()
    outputs = (Port(MAIN, description="One item: {triggered_at, trigger_type, scheduled_for}"),)
    capabilities = Capabilities(supports_retry=False)
    is_trigger = True
    summary = "{rules.interval} {rules.unit} · {rules.expression}"
    parameters = (
        Parameter(
            "rules",
            "Rules",
            type="list",
            required=True,
            default_value=[{"unit": "days", "interval": 1, "hour": 0, "minute": 0}],
            fields=_RULE,
            supports_expressions=False,
            validation={"min": 1, "max": MAX_RULES},
        ),
        Parameter(
            "missed_runs",
            "Missed times",
            type="select",
            default_value="once",
            options=[
                Option("once", "Make up for them once", "One run stands for all that were missed."),
                Option("skip", "Leave them out"),
                Option("all", "Make up for each", "One run for each, the earliest first."),
            ],
            description="What becomes of times at which nothing was running.",
            supports_expressions=False,
        ),
        Parameter(
            "missed_limit",
            "At most",
            type="number",
            default_value=10,
            description="So many runs, from the first missed time on; later ones are left out.",
            display_if={"missed_runs": ["all"]},
            supports_expressions=False,
            validation={"min": 1, "max": 100},
        ),
        Parameter(
            "grace_seconds",
            "Grace",
            type="number",
            default_value=60,
            description="In seconds: a time that is late by no more was not missed.",
            display_if={"missed_runs": ["skip"]},
            supports_expressions=False,
            validation={"min": 0, "max": 86_400},
        ),
        Parameter(
            "timezone",
            "Time zone",
            default_value="",
            placeholder="Europe/Berlin",
            description="An IANA name. Empty: the workflow's time zone.",
            supports_expressions=False,
        ),
    )
    example = {"rules": [{"unit": "weeks", "interval": 1, "weekdays": [1, 2, 3, 4, 5], "hour": 9, "minute": 0}]}
    documentation = """
Starts an active workflow whenever one of the rules is due. With several rules it starts at each of their
times; two rules that are due at the same moment start it once.

**Out:** one item `{triggered_at, trigger_type: "schedule", scheduled_for}`: when it was started, and the time of the
rule that it was started for.

**Intervals** are counted from fixed points, not from the activation: every 15 minutes is :00, :15, :30 and
:45, in whichever process and after whatever restart. Seconds, minutes and hours follow real time. Days,
weeks and months follow the clock on the wall of the time zone: a time that a clock change skips happens as
many minutes later, a time that happens twice is taken once.

**Missed times**, when the installation was off: one run makes up for all of them, or none, or each has its own, up to
a limit.
"""

    @classmethod
    def next_times(cls, rules: Sequence[Any], timezone: str, after: datetime, count: int = 1) -> list[datetime]:
        """When the rules are due next: UTC, later than ``after``, earliest first."""
        return next_times(rules, timezone, after, count)

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults = rule_faults(parameters.get("rules", cls.parameters[0].default_value), "rules")
        timezone = parameters.get("timezone")
        if timezone and (not isinstance(timezone, str) or zone_of(timezone) is None):
            faults["timezone"] = ["This time zone is not known; an example is Europe/Berlin."]
        return faults

    def run(self, context: NodeContext) -> NodeResult:
        if len(context.items):
            return single(context.items)
        now = context.ports.clock.now().isoformat()
        return single(ItemBatch.of([{"triggered_at": now, "trigger_type": "schedule"}]))

"""Approval: people decide how the run goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apps.pages.contracts.examples import example_value
from apps.pages.contracts.field_faults import field_faults
from apps.pages.contracts.fields import read_fields
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import (
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
)
from apps.workflows.engine.port_rules import Fixed, PortRule
from apps.workflows.engine.waiting import APPROVAL, WaitFor
from apps.workflows.nodes.support.values import text_of
from apps.workflows.nodes.support.wait_parameters import MAX_SECONDS, amount_parameters, fields_parameter, time_span
from apps.workflows.nodes.support.waiting import declared_fields, with_each
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

APPROVED, REJECTED, EXPIRED = "approved", "rejected", "expired"
MAX_TITLE = 300
MAX_DESCRIPTION = 20_000
MAX_ASKED = 100
MAX_SHOWN_ITEMS = 50
MAX_SHOWN_CHARACTERS = 100_000
_LIMITED: dict[str, list[JsonValue]] = {"limit_time": [True]}
_REMINDED: dict[str, list[JsonValue]] = {"remind": [True]}


@register_node
class ApprovalNode(NodeType):
    """Asks people and goes on by the output that they choose."""

    type = "approval"
    display_name = "Approval"
    description = "Asks people to approve or reject, and goes on as they decide."
    group = "flow"
    icon = "user-check"
    color = "logic"
    outputs = (
        Port(APPROVED, description="The items, each with approval {decision, by, at, comment, form}"),
        Port(REJECTED, description="The same, when it was rejected"),
    )
    outputs_rule = PortRule(
        [
            Fixed(name=APPROVED),
            Fixed(name=REJECTED),
            Fixed(name=EXPIRED, when={"limit_time": [True], "on_deadline": ["expire"]}),
        ]
    )
    capabilities = Capabilities(supports_retry=False, side_effect=True)
    summary = "{title} · {assignees}"
    parameters = (
        Parameter(
            "title",
            "What is asked",
            required=True,
            placeholder="Pay the invoice of {{ $json.supplier }}?",
            validation={"max_length": MAX_TITLE},
        ),
        Parameter("description", "Description", type="code", description="Markdown. Stands below the question."),
        Parameter(
            "assignees",
            "Who decides",
            placeholder="ada@example.com, role:admin",
            description="E-mail addresses of members or roles, with commas. Empty: whoever may run workflows.",
        ),
        fields_parameter("What has to be filled in to approve.", {}),
        Parameter(
            "limit_time",
            "Deadline",
            type="boolean",
            default_value=False,
            supports_expressions=False,
        ),
        *amount_parameters("", "How long", 2, "days", _LIMITED),
        Parameter(
            "on_deadline",
            "After that",
            type="select",
            default_value="error",
            options=[
                Option("approve", "Go on as approved"),
                Option("reject", "Go on as rejected"),
                Option("expire", "Go on by the output “expired”"),
                Option("error", "Fail"),
                Option("escalate", "Ask others", "They have as much time again; after that the node fails."),
            ],
            display_if=_LIMITED,
            supports_expressions=False,
        ),
        Parameter(
            "escalate_to",
            "Whom to ask then",
            required=True,
            placeholder="role:owner",
            display_if={"limit_time": [True], "on_deadline": ["escalate"]},
        ),
        Parameter(
            "remind",
            "Remind",
            type="boolean",
            default_value=False,
            description="Write to those who are to decide again and again.",
            supports_expressions=False,
        ),
        *amount_parameters("remind_", "Every", 1, "days", _REMINDED),
    )
    example = {
        "title": "=Pay {{ $json.amount }} to {{ $json.supplier }}?",
        "assignees": "role:admin",
        "limit_time": True,
        "amount": 2,
        "unit": "days",
        "on_deadline": "reject",
    }
    documentation = """
The run is put down until somebody has decided: in the inbox (**Approvals**), by the link in the mail, or over the API.
Waiting costs a row in the database and no worker.

**Who decides.** Members by e-mail address, or everybody with a role (`role:admin`). They are written to. Left empty,
everybody who may run workflows of the organization decides, and nobody is written to.

**Out:** the items that came in, each with `approval {decision, by, at, comment, form}`, by the output **approved** or
**rejected**. The first decision counts. `form` holds the answers to the fields; they are asked for an approval only.

**Deadline.** What happens then is chosen; with *Ask others* the question goes to them, once, and they have as much
time again. If nobody has decided after all, the node fails (`approval_expired`), so that **On error** decides.

A dry run asks nobody and goes on as approved. The question is asked once for all items; the first 50 are shown with
it. Its parameters are evaluated for the first item.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        fields = parameters.get("fields")
        return field_faults(fields) if isinstance(fields, list) else {}

    def run(self, context: NodeContext) -> NodeResult:
        resumed = context.resumed
        if resumed is None:
            return NodeResult(wait_for=WaitFor(APPROVAL, _question(context)))
        approval = dict(resumed.data)
        decision = text_of(approval.get("decision"))
        if decision == EXPIRED and (context.param("on_deadline") != "expire" or not context.param("limit_time")):
            raise NodeError("Nobody decided in time.", kind="approval_expired")
        return NodeResult({decision: with_each(context, {"approval": approval})})

    def rehearsed_output(self, context: NodeContext) -> ItemBatch:
        approval = {
            "decision": APPROVED,
            "by": "ada@example.com",
            "at": context.ports.clock.now().isoformat(),
            "comment": "",
            "form": {field.name: example_value(field) for field in read_fields(declared_fields(context))},
        }
        return with_each(context, {"approval": approval})


def _question(context: NodeContext) -> JsonObject:
    title = text_of(context.param("title")).strip()
    if not title:
        raise NodeError("Say what is asked.", kind="bad_value", item=0, parameter="title")
    limited, on_deadline = bool(context.param("limit_time")), text_of(context.param("on_deadline"))
    escalates = limited and on_deadline == "escalate"
    others = _people(context, "escalate_to") if escalates else []
    if escalates and not others:
        raise NodeError("Say whom to ask then.", kind="bad_value", item=0, parameter="escalate_to")
    return {
        "title": title[:MAX_TITLE],
        "description": text_of(context.param("description"))[:MAX_DESCRIPTION],
        "assignees": [*_people(context, "assignees")],
        "fields": [*declared_fields(context)],
        "limit_seconds": _seconds(context, "") if limited else None,
        "on_deadline": on_deadline,
        "escalate_to": [*others],
        "remind_seconds": max(60, _seconds(context, "remind_")) if context.param("remind") else None,
        "items": [*_shown(context)],
    }


def _seconds(context: NodeContext, prefix: str) -> int:
    return int(min(time_span(context, prefix).total_seconds(), MAX_SECONDS))


def _people(context: NodeContext, name: str) -> list[JsonObject]:
    """Whom a parameter means: a text with commas, or a list."""
    value = context.param(name)
    listed = value if isinstance(value, list) else text_of(value).replace(";", ",").split(",")
    references = [text for entry in listed if (text := text_of(entry).strip())]
    if len(references) > MAX_ASKED:
        raise NodeError(f"At most {MAX_ASKED} people and roles.", kind="bad_value", item=0, parameter=name)
    return [one.to_data() for one in context.ports.people.find(references)]


def _shown(context: NodeContext) -> list[Any]:
    """The first items, as many as make a table that can still be looked at."""
    shown: list[Any] = []
    room = MAX_SHOWN_CHARACTERS
    for item in context.items[:MAX_SHOWN_ITEMS]:
        room -= len(json.dumps(item.json, default=str))
        if room < 0:
            break
        shown.append(item.json)
    return shown

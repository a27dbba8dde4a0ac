"""Declarations of parameters with which nodes wait for something from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from apps.pages.contracts.fields import MAX_FIELDS
from apps.workflows.engine.node_type import NodeContext, NodeError, Option, Parameter
from apps.workflows.nodes.form import FIELD_PARAMETERS
from apps.workflows.nodes.support.parameters import options
from apps.workflows.nodes.support.routing import workflow_zone
from apps.workflows.nodes.support.values import moment_of, number_of, text_of
from apps.workflows.nodes.webhook import METHODS
from exprsn.kernel.jsonvalue import JsonValue

UNIT_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
UNITS = options(("seconds", "Seconds"), ("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days"))
MAX_SECONDS = 5 * 366 * 86_400
When = Mapping[str, Sequence[JsonValue]]

_CALL: When = {"mode": ["webhook"]}
_FORM: When = {"mode": ["form"]}
_EITHER: list[JsonValue] = ["webhook", "form"]


def fields_parameter(description: str, display_if: When) -> Parameter:
    """The fields of a form, declared as those of the form trigger."""
    return Parameter(
        "fields",
        "Fields",
        type="list",
        default_value=[],
        description=description,
        display_if=display_if,
        validation={"max": MAX_FIELDS},
        fields=FIELD_PARAMETERS,
    )


def amount_parameters(prefix: str, label: str, amount: int, unit: str, display_if: When) -> tuple[Parameter, ...]:
    """A number and its unit of time: ``{prefix}amount`` and ``{prefix}unit``."""
    return (
        Parameter(
            f"{prefix}amount",
            label,
            type="number",
            default_value=amount,
            display_if=display_if,
            validation={"min": 0},
        ),
        Parameter(f"{prefix}unit", "Unit", type="select", default_value=unit, options=UNITS, display_if=display_if),
    )


CALL_PARAMETERS = (
    Parameter(
        "methods",
        "Methods",
        type="multiselect",
        default_value=["POST"],
        options=[Option(method, method) for method in METHODS],
        description="With GET, programs that only look at a mail can resume the run.",
        display_if=_CALL,
        supports_expressions=False,
    ),
    Parameter(
        "auth",
        "Who may call",
        type="select",
        default_value="none",
        options=[
            Option("none", "Whoever has the address"),
            Option("basic", "User name and password", "Checked against the node's basic credential."),
            Option("header", "Secret header", "Checked against the node's header credential."),
        ],
        display_if=_CALL,
        supports_expressions=False,
    ),
    Parameter(
        "suffix",
        "End of the address",
        placeholder="paid",
        description="Calls must add it: {{ $execution.resumeUrl }}/paid.",
        display_if=_CALL,
        validation={"max_length": 100, "pattern": "[A-Za-z0-9_-]*"},
    ),
    Parameter(
        "response_code",
        "Status code",
        type="number",
        default_value=200,
        display_if=_CALL,
        validation={"min": 200, "max": 599},
    ),
    Parameter(
        "response_data",
        "Body of the answer",
        description="Text or JSON. Empty: {execution_id, status}.",
        display_if=_CALL,
    ),
)

FORM_PARAMETERS = (
    Parameter("title", "Title", description="Empty: the node's name.", display_if=_FORM),
    Parameter("description", "Description", display_if=_FORM),
    fields_parameter("What the page asks for.", _FORM),
    Parameter("submit_label", "Words on the button", placeholder="Send", display_if=_FORM),
    Parameter("thanks", "Thanks", description="What the page says afterwards.", display_if=_FORM),
    Parameter(
        "redirect_url",
        "Go to",
        placeholder="https://example.com/thanks",
        description="An address that is opened afterwards instead of the thanks.",
        display_if=_FORM,
    ),
)

LIMIT_PARAMETERS = (
    Parameter(
        "output",
        "Put out",
        type="select",
        default_value="alone",
        options=[
            Option("alone", "What came, as one item"),
            Option("merge", "The items that waited, each with what came"),
        ],
        display_if={"mode": _EITHER},
        supports_expressions=False,
    ),
    Parameter(
        "limit_wait_time",
        "Limit the time",
        type="boolean",
        default_value=False,
        description="When it is over the items go on, each with timed_out: true.",
        display_if={"mode": _EITHER},
        supports_expressions=False,
    ),
    Parameter(
        "limit_type",
        "Until",
        type="select",
        default_value="after",
        options=options(("after", "Some time has passed"), ("at", "A certain time")),
        display_if={"mode": _EITHER, "limit_wait_time": [True]},
        supports_expressions=False,
    ),
    *amount_parameters(
        "limit_", "How long", 1, "hours", {"mode": _EITHER, "limit_wait_time": [True], "limit_type": ["after"]}
    ),
    Parameter(
        "limit_until",
        "Time",
        type="datetime",
        placeholder="2030-01-31T09:00",
        display_if={"mode": _EITHER, "limit_wait_time": [True], "limit_type": ["at"]},
    ),
)


def time_span(context: NodeContext, prefix: str = "") -> timedelta:
    """The evaluated ``amount_parameters``. Raises ``NodeError``."""
    amount, unit = number_of(context.param(f"{prefix}amount")), text_of(context.param(f"{prefix}unit"))
    if amount is None or amount < 0:
        message = "The duration must be a number of 0 or more."
        raise NodeError(message, kind="bad_value", item=0, parameter=f"{prefix}amount")
    if unit not in UNIT_SECONDS:
        message = f"The unit {unit!r} is not known."
        raise NodeError(message, kind="bad_value", item=0, parameter=f"{prefix}unit")
    return timedelta(seconds=min(amount * UNIT_SECONDS[unit], MAX_SECONDS * 2))


def moment_in(context: NodeContext, name: str) -> datetime:
    """The evaluated moment of a parameter, in UTC. Raises ``NodeError``."""
    value = context.param(name)
    moment = moment_of(value, workflow_zone(context))
    if moment is None:
        raise NodeError(f"{text_of(value)!r} is not a date and time.", kind="bad_value", item=0, parameter=name)
    return moment.astimezone(UTC)


def not_too_late(moment: datetime, now: datetime) -> datetime:
    """The moment itself. Raises ``NodeError`` for one that is too far away."""
    if moment - now > timedelta(seconds=MAX_SECONDS):
        raise NodeError("A wait may last at most five years.", kind="bad_value", item=0)
    return moment

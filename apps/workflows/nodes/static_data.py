"""Static data: what a workflow remembers from one run to the next."""

from __future__ import annotations

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import (
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
)
from apps.workflows.engine.ports_static import MAX_NAME, OPERATIONS, StaticChange
from apps.workflows.nodes.support.parameters import json_value, options, when_operation
from apps.workflows.nodes.support.values import number_of, text_of
from apps.workflows.registry import register_node
from exprsn.kernel.errors import DomainError
from exprsn.kernel.jsonvalue import JsonObject, JsonValue


@register_node
class StaticDataNode(NodeType):
    """One entry read or changed for each item; each change by itself, whole, and once."""

    type = "static_data"
    ordered = True
    display_name = "Static data"
    description = "Remembers values from one run to the next."
    group = "data"
    icon = "archive"
    color = "data"
    capabilities = Capabilities(supports_retry=True, side_effect=True)
    summary = "{operation} · {name}"
    parameters = (
        Parameter(
            "operation",
            "Operation",
            type="select",
            default_value="get",
            options=options(("get", "Read"), ("set", "Write"), ("increment", "Add to a number"), ("delete", "Delete")),
            supports_expressions=False,
        ),
        Parameter(
            "scope",
            "Belongs to",
            type="select",
            default_value="workflow",
            options=[
                Option("workflow", "The workflow", "All its nodes see it."),
                Option("node", "This node", "Other nodes have entries of their own."),
            ],
            supports_expressions=False,
        ),
        Parameter("name", "Name", required=True, placeholder="last_order", validation={"max_length": MAX_NAME}),
        Parameter("value", "Value", type="json", default_value=None, display_if=when_operation("set")),
        Parameter("amount", "Amount", type="number", default_value=1, display_if=when_operation("increment")),
        Parameter(
            "default",
            "If there is none",
            type="json",
            default_value=None,
            display_if=when_operation("get"),
        ),
        Parameter("output_field", "Put the value under", default_value="value"),
    )
    example = {"operation": "increment", "name": "orders", "output_field": "number"}
    documentation = """
Reads or changes an entry for each item and puts its value into the item: after *write* and *add to a number* the new
one, after *delete* the one that was there.

**Kept** are the changes of runs in production: those that a webhook, a schedule, another workflow or an error started.
A run by hand sees what is kept; its own changes are forgotten when it ends or waits. A dry run changes nothing.

**Many runs at once.** A change is made at once and as a whole: two runs that add to a number never lose a count. A run
that was cut off and taken over does not make a change twice.

**Limits.** All entries of the workflow together, and those of each node, hold 256 KB. For more, or to search in it, use
a database. `static_data_not_a_number`: what is to be counted is no number. `static_data_too_large`: delete entries
first.
"""

    def run(self, context: NodeContext) -> NodeResult:
        def change(item: Item, position: int) -> Item:
            try:
                outcome = context.ports.static_data.apply(_change(context, position), context.idempotency_key(position))
            except NodeError:
                raise
            except DomainError as error:
                raise NodeError(error.message, kind=error.code) from error
            field = text_of(context.param("output_field", position)) or "value"
            json: JsonObject = {**item.json, field: outcome.value}
            return Item(json, item.binary)

        return context.each(change)


def _change(context: NodeContext, item: int) -> StaticChange:
    operation = str(context.raw("operation"))
    if operation not in OPERATIONS:
        raise NodeError(f"There is no operation {operation!r}.", kind="bad_value", parameter="operation")
    name = text_of(context.param("name", item))
    if not 0 < len(name) <= MAX_NAME:
        raise NodeError(f"A name has 1 to {MAX_NAME} characters.", kind="bad_value", item=item, parameter="name")
    scope = context.node.id if context.raw("scope") == "node" else ""
    return StaticChange(operation, scope, name, _value(context, operation, item))


def _value(context: NodeContext, operation: str, item: int) -> JsonValue:
    if operation == "increment":
        amount = number_of(context.param("amount", item))
        if amount is None:
            raise NodeError("The amount is a number.", kind="bad_value", item=item, parameter="amount")
        return amount
    if operation == "delete":
        return None
    name = "value" if operation == "set" else "default"
    value = context.param(name, item)
    # A text that an expression gave is a text; one that was typed may be JSON, and is a text where it is none.
    return _typed(value, item, name) if value == context.raw(name) else value


def _typed(value: JsonValue, item: int, name: str) -> JsonValue:
    try:
        return json_value(value, item=item, parameter=name)  # type: ignore[no-any-return]
    except NodeError:
        return value

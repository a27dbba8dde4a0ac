"""Decision table: asks the rules of a table about each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter
from apps.workflows.engine.ports_decisions import DecisionFault, DecisionQuestion
from apps.workflows.nodes.support.parameters import options
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.errors import NotFound
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

_FIELDS = {"inputs_from": ["fields"]}
_WHOLE = {"result": ["field", "only"]}


@register_node
class DecisionTableNode(NodeType):
    """All items are asked in one call; each item's error is its own."""

    type = "decision_table"
    display_name = "Decision table"
    description = "Asks the rules of a decision table about each item."
    group = "flow"
    icon = "table"
    color = "logic"
    summary = "{table}"
    parameters = (
        Parameter(
            "table",
            "Decision table",
            type="decision_table",
            required=True,
            placeholder="product-pricing",
            supports_expressions=False,
        ),
        Parameter(
            "version",
            "Version",
            default_value="published",
            description="published, draft, or the number of a version.",
            supports_expressions=False,
        ),
        Parameter(
            "inputs_from",
            "Inputs",
            type="select",
            default_value="item",
            options=[
                Option("item", "The whole item", "Fields are taken by the names of the table's inputs."),
                Option("fields", "Given here", "A value for each input, often an expression."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "inputs",
            "Values",
            type="list",
            default_value=[],
            display_if=_FIELDS,
            validation={"max": 100},
            fields=(
                Parameter("name", "Input", required=True, placeholder="quantity"),
                Parameter("value", "Value", type="json"),
            ),
        ),
        Parameter(
            "result",
            "Put the answer",
            type="select",
            default_value="merge",
            options=[
                Option("merge", "Into the item", "Each output becomes a field of the item."),
                Option("field", "Into one field", "The whole answer, with the rules that matched."),
                Option("only", "In place of the item", "The whole answer is the new item."),
            ],
            supports_expressions=False,
        ),
        Parameter("field", "Field", default_value="decision", display_if={"result": ["field"]}),
        Parameter(
            "no_match",
            "When no rule matches",
            type="select",
            default_value="defaults",
            options=options(("defaults", "Take the table's default outputs"), ("error", "It is an error")),
            supports_expressions=False,
        ),
        Parameter(
            "explain",
            "Explain",
            type="boolean",
            default_value=False,
            description="Adds which conditions of which rules held.",
            display_if=_WHOLE,
            supports_expressions=False,
        ),
    )
    example = {
        "table": "product-pricing",
        "inputs_from": "fields",
        "inputs": [
            {"name": "quantity", "value": "={{ $json.order.quantity }}"},
            {"name": "customer_tier", "value": "={{ $json.customer.tier }}"},
        ],
    }
    example_output = {"order": {"quantity": 150}, "price": 8.5, "discount": 15}
    documentation = """
**In:** items. **Out:** the same items with what the table answers, in their order.

All items are asked at once, so that thousands take no longer than a moment. An input that is missing is null; one of
the wrong type is an error of its item (`invalid_input`), and **On error** decides what becomes of it. Fields that the
table does not ask for do no harm.

*Into the item* adds each output as a field; a field of the same name is replaced. *Into one field* and *In place of the
item* give the whole answer: `{matched, outputs, rule_ids, version, table}`, for tables that collect several matches
`all_matches` too, and with **Explain** a `trace`.

**Version.** The published version is asked unless you name a number or the draft. A table that was never published is
the error `not_published`. Tables of the workflow's own organization can be asked, whoever started the run.

**When no rule matches** the table's default outputs are the answer, with `matched: false`; or it is an error
(`no_rule_matched`).

**Errors:** `table_not_found`, `version_not_found`, `not_published`, `invalid_input`, `multiple_rules_matched`,
`conflicting_outputs`, `expression_failed`, `too_many_steps`, `no_rule_matched`.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults: dict[str, list[str]] = {}
        version = str(parameters.get("version") or "published").strip()
        if version not in ("published", "draft") and not (version.isascii() and version.isdigit()):
            faults["version"] = ["Write published, draft or the number of a version."]
        if parameters.get("inputs_from") == "fields" and not parameters.get("inputs"):
            faults["inputs"] = ["Give at least one input, or take the whole item."]
        return faults

    def run(self, context: NodeContext) -> NodeResult:
        rows = [_row(context, item, position) for position, item in enumerate(context.items)]
        asked = [row for row in rows if not isinstance(row, NodeError)]
        answers = iter(_decided(context, asked))
        told = [row if isinstance(row, NodeError) else next(answers) for row in rows]
        return context.each(lambda item, position: _answered(context, item, told[position], position))


def _row(context: NodeContext, item: Item, position: int) -> JsonObject | NodeError:
    """What the table is asked about an item; the error where that cannot be told."""
    if context.param("inputs_from") != "fields":
        return item.json
    try:
        given = context.param("inputs", position)
    except NodeError as error:
        return error
    return {str(entry.get("name") or "").strip(): entry.get("value") for entry in given}


def _decided(context: NodeContext, rows: Sequence[JsonObject]) -> list[JsonObject | DecisionFault]:
    if not rows:
        return []
    question = DecisionQuestion(
        table=str(context.raw("table") or "").strip(),
        version=str(context.raw("version") or "published").strip(),
        explain=bool(context.raw("explain")) and context.raw("result") != "merge",
    )
    try:
        return context.ports.decisions.decide(question, rows)
    except NotFound as error:
        raise NodeError(error.message, kind=error.code, parameter="table") from error


def _answered(context: NodeContext, item: Item, told: Any, position: int) -> Item:
    if isinstance(told, NodeError):
        raise told
    if isinstance(told, DecisionFault):
        raise NodeError(told.message, kind=told.code, item=position, details=dict(told.details))
    if not told["matched"] and context.raw("no_match") == "error":
        raise NodeError("No rule of the table matches this item.", kind="no_rule_matched", item=position)
    result = context.raw("result")
    if result == "only":
        return Item(told)
    if result == "field":
        name = text_of(context.param("field", position)).strip() or "decision"
        return Item({**item.json, name: told}, item.binary)
    return Item({**item.json, **_outputs(told["outputs"])}, item.binary)


def _outputs(outputs: Any) -> JsonObject:
    return outputs if isinstance(outputs, dict) else {"outputs": outputs}

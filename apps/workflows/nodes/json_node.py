"""JSON: text to data and data to text."""

from __future__ import annotations

import json
from typing import Any

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter, single
from apps.workflows.nodes.support.parameters import json_value
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject

MAX_TEXT = 20_000_000
_PARSE, _WRITE = {"operation": ["parse"]}, {"operation": ["write", "write_all"]}


@register_node
class JsonNode(NodeType):
    """Reads JSON texts and writes them."""

    type = "json"
    display_name = "JSON"
    description = "Reads a JSON text into data, or writes data as a JSON text."
    group = "data"
    icon = "braces"
    color = "data"
    summary = "{operation}"
    parameters = (
        Parameter(
            "operation",
            "Do",
            type="select",
            default_value="parse",
            options=[
                Option("parse", "Read JSON"),
                Option("write", "Write each item"),
                Option("write_all", "Write all items", "One text with a list."),
            ],
            supports_expressions=False,
        ),
        Parameter("text", "JSON", type="code", required=True, display_if=_PARSE),
        Parameter(
            "value", "Value", type="json", description="Empty: the whole item.", display_if={"operation": ["write"]}
        ),
        Parameter(
            "indent", "Indent", type="boolean", default_value=False, display_if=_WRITE, supports_expressions=False
        ),
        Parameter(
            "output_field",
            "Put the answer under",
            description="Empty: an object becomes the item and a list of objects items; a text is put under `data`.",
        ),
    )
    example = {"operation": "parse", "text": "={{ $json.body }}"}
    documentation = """
**Read JSON** runs for each item. Without a field for the answer an object becomes the item and each object of a list an
item of its own; anything else in it is put under `data`. JSON that is not valid is an error that says where.

**Write** makes the text of each item, or one text with a list of all. At most 20,000,000 characters.
"""

    def run(self, context: NodeContext) -> NodeResult:
        operation = context.param("operation")
        if operation == "write_all":
            values = [item.json for item in context.items]
            text = _written(context, values, 0)
            return single(ItemBatch([Item(_put(context, {}, text, 0), None, tuple(map(Pair, range(len(values)))))]))
        if operation == "write":
            return context.each(lambda item, position: _write(context, item, position))
        return context.each(lambda item, position: _read(context, item, position))


def _read(context: NodeContext, item: Item, position: int) -> list[Item]:
    text = text_of(context.param("text", position))
    if len(text) > MAX_TEXT:
        raise _too_large(position, "text")
    value = json_value(text, item=position, parameter="text")
    if text_of(context.param("output_field", position)):
        return [Item(_put(context, item.json, value, position), item.binary)]
    entries = value if isinstance(value, list) else [value]
    return [Item(entry if isinstance(entry, dict) else {"data": entry}, item.binary) for entry in entries]


def _write(context: NodeContext, item: Item, position: int) -> Item:
    value = context.param("value", position)
    text = _written(context, item.json if value in (None, "") else value, position)
    return Item(_put(context, item.json, text, position), item.binary)


def _written(context: NodeContext, value: Any, position: int) -> str:
    compact = None if context.param("indent") else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=None if compact else 2, separators=compact)
    if len(text) > MAX_TEXT:
        raise _too_large(position, "value")
    return text


def _put(context: NodeContext, json: JsonObject, value: Any, position: int) -> JsonObject:
    try:
        return with_path(json, text_of(context.param("output_field", position)) or "data", value)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter="output_field") from None


def _too_large(position: int, parameter: str) -> NodeError:
    return NodeError(
        f"The JSON text has more than {MAX_TEXT} characters.", kind="too_large", item=position, parameter=parameter
    )

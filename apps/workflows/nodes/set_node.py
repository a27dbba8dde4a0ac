"""Set: adds, changes and drops fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter
from apps.workflows.nodes.support.parameters import (
    dot_notation_parameter,
    include_fields_parameter,
    json_value,
    options,
)
from apps.workflows.nodes.support.paths import MISSING, BadPath, get_path, names_of, with_path, without_path
from apps.workflows.nodes.support.values import boolean_of, number_of, parsed_json, text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject

TYPES = ("string", "number", "boolean", "array", "object", "any")


def _parsed_as(wanted: type) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = parsed_json(value)
            except ValueError:
                return None
        return value if isinstance(value, wanted) else None

    return convert


_CONVERT: dict[str, Callable[[Any], Any]] = {
    "string": text_of,
    "number": number_of,
    "boolean": boolean_of,
    "array": _parsed_as(list),
    "object": _parsed_as(dict),
    "any": lambda value: value,
}


@register_node
class SetNode(NodeType):
    """Gives each item fields of your own and chooses which others stay."""

    type = "set"
    display_name = "Set fields"
    description = "Adds and changes fields of each item, and drops those that are not needed."
    group = "data"
    icon = "pencil"
    color = "data"
    summary = "{mode} · {assignments.name}"
    parameters = (
        Parameter(
            "mode",
            "Mode",
            type="select",
            default_value="manual",
            options=[
                Option("manual", "Fields", "One by one."),
                Option("raw_json", "JSON", "One object for all fields."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "assignments",
            "Fields",
            type="assignments",
            default_value=[],
            description="A list of {name, type, value}.",
            display_if={"mode": ["manual"]},
            validation={"max": 500},
            fields=(
                Parameter("name", "Name", required=True),
                Parameter(
                    "type",
                    "Type",
                    type="select",
                    default_value="string",
                    options=options(*((name, name.capitalize()) for name in TYPES)),
                ),
                Parameter("value", "Value", type="json"),
            ),
        ),
        Parameter("json", "JSON", type="json", default_value={}, display_if={"mode": ["raw_json"]}),
        Parameter(
            "include",
            "Fields of the input",
            type="select",
            default_value="all",
            options=options(
                ("all", "Keep all"), ("none", "Keep none"), ("selected", "Keep some"), ("except", "Drop some")
            ),
            supports_expressions=False,
        ),
        include_fields_parameter({"include": ["selected", "except"]}),
        dot_notation_parameter("Write a.b as the field b inside of a."),
        Parameter(
            "ignore_conversion_errors",
            "Ignore conversion errors",
            type="boolean",
            default_value=False,
            description="Keep a value as it is when it cannot be read as the field's type.",
            supports_expressions=False,
        ),
        Parameter(
            "include_binary",
            "Keep files",
            type="boolean",
            default_value=True,
            supports_expressions=False,
        ),
    )
    example = {
        "mode": "manual",
        "include": "none",
        "assignments": [
            {"name": "full_name", "type": "string", "value": "={{ $json.first }} {{ $json.last }}"},
            {"name": "address.city", "type": "string", "value": "={{ $json.city }}"},
        ],
    }
    documentation = """
Runs for each item. *Fields of the input* says what is kept of the incoming item; the new fields are laid
over it.

**Types.** A value is converted to the type of its field: `"5"` to a number, an object to JSON text, a JSON
text to an object or list. What cannot be converted is an error unless you ignore it. Missing values become
null.

**Dot notation.** `address.city` sets the field `city` inside of `address`; the other fields of `address`
stay.

**JSON.** One object, as JSON text with expressions in it, or as an expression that gives an object.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, position: _changed(context, item, position))


def _changed(context: NodeContext, item: Item, position: int) -> Item:
    dotted = bool(context.param("dot_notation", position))
    json = _kept(context, item, position, dotted)
    if context.param("mode", position) == "raw_json":
        json = {**json, **_given_object(context, position)}
    else:
        for number, entry in enumerate(context.param("assignments", position)):
            json = _assigned(context, json, entry, dotted, position, f"assignments[{number}]")
    return Item(json, item.binary if context.param("include_binary", position) else None)


def _kept(context: NodeContext, item: Item, position: int, dotted: bool) -> JsonObject:
    include = context.param("include", position)
    if include == "all":
        return item.json
    if include == "none":
        return {}
    names = names_of(context.param("include_fields", position))
    json: JsonObject = item.json if include == "except" else {}
    for name in names:
        if include == "except":
            json = without_path(json, name, dotted)
        elif (value := get_path(item.json, name, dotted)) is not MISSING:
            literal = name in item.json
            json = with_path(json, name, value, dotted and not literal)
    return json


def _given_object(context: NodeContext, position: int) -> JsonObject:
    value = json_value(context.param("json", position), item=position, parameter="json")
    if not isinstance(value, dict):
        raise NodeError("The JSON must be an object.", kind="bad_json", item=position, parameter="json")
    return value


def _assigned(
    context: NodeContext, json: JsonObject, entry: Any, dotted: bool, position: int, place: str
) -> JsonObject:
    kind, value = text_of(entry.get("type")) or "string", entry.get("value")
    if kind not in TYPES:
        raise NodeError(f"The type {kind!r} is not known.", kind="bad_value", item=position, parameter=place)
    converted = None if value is None else _CONVERT[kind](value)
    if converted is None and value is not None:
        if not context.param("ignore_conversion_errors", position):
            raise NodeError(
                f"The value of {text_of(entry.get('name'))!r} cannot be read as {kind}.",
                kind="conversion_failed",
                item=position,
                parameter=place,
            )
        converted = value
    try:
        return with_path(json, text_of(entry.get("name")), converted, dotted)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter=place) from None

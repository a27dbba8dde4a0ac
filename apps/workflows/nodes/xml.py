"""XML: to JSON and from JSON."""

from __future__ import annotations

from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter
from apps.workflows.nodes.support.parameters import json_value
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.nodes.support.xml_reading import BadXml, Shape, read_xml
from apps.workflows.nodes.support.xml_writing import DECLARATION, NotXml, XmlWriter
from apps.workflows.registry import register_node

_TO_JSON, _FROM_JSON = {"operation": ["to_json"]}, {"operation": ["from_json"]}


def _switch(name: str, label: str, description: str, default: bool, operation: dict[str, list[Any]]) -> Parameter:
    return Parameter(
        name,
        label,
        type="boolean",
        default_value=default,
        description=description,
        display_if=operation,
        supports_expressions=False,
    )


@register_node
class XmlNode(NodeType):
    """Turns XML into JSON and JSON into XML."""

    type = "xml"
    display_name = "XML"
    description = "Turns XML into JSON, or JSON into XML."
    group = "data"
    icon = "file-code-2"
    color = "data"
    summary = "{operation}"
    parameters = (
        Parameter(
            "operation",
            "Do",
            type="select",
            default_value="to_json",
            options=[Option("to_json", "XML to JSON"), Option("from_json", "JSON to XML")],
            supports_expressions=False,
        ),
        Parameter("xml", "XML", type="code", required=True, display_if=_TO_JSON),
        Parameter(
            "json",
            "JSON",
            type="json",
            description="An object. Empty: the whole item.",
            display_if=_FROM_JSON,
        ),
        Parameter(
            "attributes",
            "Attributes",
            type="select",
            default_value="merge",
            options=[
                Option("merge", "As fields", "Beside the child elements."),
                Option("group", "Under one field"),
                Option("drop", "Leave out"),
            ],
            display_if=_TO_JSON,
            supports_expressions=False,
        ),
        Parameter("attribute_key", "Field of attributes", default_value="$", supports_expressions=False),
        Parameter("text_key", "Field of text", default_value="_", supports_expressions=False),
        _switch("keep_root", "Keep the root", "Otherwise its content only.", True, _TO_JSON),
        _switch("always_lists", "Always lists", "For elements that stand alone too.", False, _TO_JSON),
        _switch("lower_names", "Lower-case names", "", False, _TO_JSON),
        _switch("trim", "Trim texts", "", False, _TO_JSON),
        _switch("clean_up", "Clean up texts", "Make one space of line breaks and runs of spaces.", False, _TO_JSON),
        Parameter(
            "root",
            "Root element",
            default_value="root",
            description="Not used when it is `root` and the object has a single field: that is the root then.",
            display_if=_FROM_JSON,
        ),
        _switch("cdata", "CDATA", "Instead of escaping signs in texts.", False, _FROM_JSON),
        _switch("declaration", "Declaration", "Begin with `<?xml …?>`.", True, _FROM_JSON),
        Parameter(
            "output_field",
            "Put the answer under",
            description="Empty: the object becomes the item; XML is put under `data`.",
        ),
    )
    example = {"operation": "to_json", "xml": "={{ $json.body }}", "attributes": "group", "output_field": "feed"}
    documentation = """
Runs for each item.

**To JSON.** An element with nothing but text becomes a text, any other an object; elements of one name become a list.
Text beside children or attributes is put under `_`, attributes beside the children or under `$`. Prefixes stay part
of the names.

**To JSON is safe with XML of strangers:** documents that declare entities are refused, nothing outside of the document
is read. At most 10,000,000 characters and 90 levels.

**From JSON** is the inverse: `{"a": {"$": {"id": 1}, "_": "x", "b": [1, 2]}}` becomes
`<a id="1">x<b>1</b><b>2</b></a>`. A name that XML cannot have is an error.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, position: _answered(context, item, position))


def _answered(context: NodeContext, item: Item, position: int) -> Item:
    name = text_of(context.param("output_field", position))
    if context.param("operation", position) == "to_json":
        answer = _json(context, position)
        if not name:
            return Item(answer if isinstance(answer, dict) else {"data": answer}, item.binary)
    else:
        answer = _xml(context, item, position)
        if not name:
            return Item({"data": answer}, item.binary)
    try:
        return Item(with_path(item.json, name, answer), item.binary)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter="output_field") from None


def _json(context: NodeContext, position: int) -> Any:
    shape = Shape(
        attribute_key=text_of(context.param("attribute_key")),
        text_key=text_of(context.param("text_key")),
        attributes=text_of(context.param("attributes")),
        always_lists=bool(context.param("always_lists")),
        lower_names=bool(context.param("lower_names")),
        trim=bool(context.param("trim")),
        clean_up=bool(context.param("clean_up")),
    )
    try:
        text = text_of(context.param("xml", position))
        return read_xml(text, shape, keep_root=bool(context.param("keep_root")))
    except BadXml as problem:
        raise NodeError(str(problem), kind="bad_xml", item=position, parameter="xml") from None


def _xml(context: NodeContext, item: Item, position: int) -> str:
    value = json_value(context.param("json", position) or item.json, item=position, parameter="json")
    root = text_of(context.param("root", position)) or "root"
    if root == "root" and isinstance(value, dict) and len(value) == 1:
        name, held = next(iter(value.items()))
        if not isinstance(held, list):
            root, value = name, held
    writer = XmlWriter(
        text_of(context.param("attribute_key")), text_of(context.param("text_key")), bool(context.param("cdata"))
    )
    try:
        written = writer.write(root, {"item": value} if isinstance(value, list) else value)
    except NotXml as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter="json") from None
    return f"{DECLARATION}\n{written}" if context.param("declaration") else written

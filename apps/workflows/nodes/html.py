"""HTML: values out of it by selectors, pages from a template, tables of items."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter, single
from apps.workflows.nodes.support.css import BadSelector, Document, SelectionTooCostly, compile_selector
from apps.workflows.nodes.support.html_text import visible_text
from apps.workflows.nodes.support.html_tree import BadHtml, Element, inner_html, parse_html
from apps.workflows.nodes.support.parameters import options
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_CELLS = 500_000
MAX_FOUND = 50_000
_EXTRACT, _GENERATE, _TABLE = {"operation": ["extract"]}, {"operation": ["generate"]}, {"operation": ["table"]}
_RETURNS = {
    "text": "Text",
    "html": "Inner HTML",
    "attribute": "Attribute",
    "value": "Value of a form field",
}
_SPACES = re.compile(r"\s+")


@register_node
class HtmlNode(NodeType):
    """Takes values out of HTML, and makes HTML."""

    type = "html"
    display_name = "HTML"
    description = "Extracts values from HTML with CSS selectors, or makes pages and tables."
    group = "data"
    icon = "code-xml"
    color = "data"
    summary = "{operation}"
    parameters = (
        Parameter(
            "operation",
            "Do",
            type="select",
            default_value="extract",
            options=[
                Option("extract", "Extract", "Values by CSS selectors."),
                Option("generate", "Generate", "HTML from a template."),
                Option("table", "Table", "A table of all items."),
            ],
            supports_expressions=False,
        ),
        Parameter("html", "HTML", required=True, description="A text, or a list of texts.", display_if=_EXTRACT),
        Parameter(
            "values",
            "Values",
            type="list",
            required=True,
            default_value=[],
            display_if=_EXTRACT,
            validation={"min": 1, "max": 100},
            fields=(
                Parameter("key", "Name", required=True),
                Parameter("selector", "CSS selector", required=True, placeholder="article h2 > a"),
                Parameter("return", "Take", type="select", default_value="text", options=options(*_RETURNS.items())),
                Parameter("attribute", "Attribute", placeholder="href"),
                Parameter("skip", "Without", description="A CSS selector of parts that are left out of the text."),
                Parameter("all", "All that match", type="boolean", default_value=False, description="As a list."),
            ),
        ),
        Parameter("trim", "Trim values", type="boolean", default_value=True, display_if=_EXTRACT),
        Parameter(
            "clean_up",
            "Clean up text",
            type="boolean",
            default_value=True,
            description="Make one space of line breaks and runs of spaces.",
            display_if=_EXTRACT,
        ),
        Parameter(
            "include_input",
            "Keep the other fields",
            type="boolean",
            default_value=False,
            display_if=_EXTRACT,
            supports_expressions=False,
        ),
        Parameter("template", "Template", type="code", required=True, display_if=_GENERATE),
        Parameter("capitalize", "Capitalize headings", type="boolean", default_value=False, display_if=_TABLE),
        Parameter("caption", "Caption", display_if=_TABLE),
        Parameter(
            "output_field",
            "Put the HTML under",
            default_value="html",
            display_if={"operation": ["generate", "table"]},
        ),
    )
    example = {
        "operation": "extract",
        "html": "={{ $json.body }}",
        "values": [
            {"key": "title", "selector": "h1"},
            {"key": "links", "selector": "a[href]", "return": "attribute", "attribute": "href", "all": True},
        ],
    }
    documentation = """
**Extract** runs for each item and answers an object with your names; a list of HTML texts gives an item for each. Where
nothing matches the value is null, or an empty list. The text is what a reader sees: without scripts and styles.

Selectors: `tag`, `.class`, `#id`, `[attribute=value]`, ` `, `>`, `+`, `~`, commas, `:not()`, `:is()`, `:where()`,
`:has()`, `:contains()`, `:nth-child()` and its kin, `:first-child`, `:empty`, `:root`, `:checked`, `:disabled`,
`:selected`.

**Generate** runs for each item. Values that expressions put into the template stand there **as they are**: nothing is
escaped or removed. What comes from strangers can contain scripts; do not show it in a page without cleaning it.

**Table** makes one table of all items; a column for each field. Here values are escaped.

Limits: 5,000,000 characters, about 250 levels, 1,000 attributes in a tag, and a bound on the work of a selector.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults: dict[str, list[str]] = {}
        values = parameters.get("values")
        if parameters.get("operation", "extract") != "extract" or not isinstance(values, list):
            return faults
        for number, entry in enumerate(values):
            for name in ("selector", "skip"):
                selector = entry.get(name) if isinstance(entry, dict) else None
                if isinstance(selector, str) and selector and not selector.startswith("="):
                    try:
                        compile_selector(selector)
                    except BadSelector as problem:
                        faults[f"values[{number}].{name}"] = [str(problem)]
        return faults

    def run(self, context: NodeContext) -> NodeResult:
        operation = context.param("operation")
        if operation == "table":
            return single(_table(context))
        work = _generated if operation == "generate" else _extracted
        return context.each(lambda item, position: work(context, item, position))


def _put(context: NodeContext, html: str, position: int) -> JsonObject:
    try:
        return with_path({}, text_of(context.param("output_field", position)) or "html", html)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter="output_field") from None


def _generated(context: NodeContext, item: Item, position: int) -> list[Item]:
    return [Item(_put(context, text_of(context.param("template", position)), position), item.binary)]


def _extracted(context: NodeContext, item: Item, position: int) -> list[Item]:
    given = context.param("html", position)
    texts = given if isinstance(given, list) else [given]
    if not all(isinstance(text, str) for text in texts):
        raise NodeError("HTML is expected as text.", kind="bad_value", item=position, parameter="html")
    values = context.param("values", position)
    json = item.json if context.param("include_input", position) else {}
    made = []
    for text in texts:
        try:
            document = Document(parse_html(text))
        except BadHtml as problem:
            raise NodeError(str(problem), kind="bad_html", item=position, parameter="html") from None
        found = {}
        for number, entry in enumerate(values):
            found[text_of(entry.get("key"))] = _value(context, document, entry, position, f"values[{number}]")
        made.append(Item({**json, **found}, item.binary))
    return made


def _value(context: NodeContext, document: Document, entry: Mapping[str, Any], position: int, place: str) -> Any:
    kind = text_of(entry.get("return", "text"))
    if kind not in _RETURNS or (kind == "attribute" and not text_of(entry.get("attribute"))):
        problem = "Name the attribute to take." if kind == "attribute" else f"{kind[:30]!r} cannot be taken."
        raise NodeError(problem, kind="bad_value", item=position, parameter=place)
    try:
        skip = text_of(entry.get("skip"))
        skipped = frozenset(document.select(skip)) if skip and kind == "text" else frozenset()
        elements = document.select(text_of(entry.get("selector")))
        chosen = elements if entry.get("all") else elements[:1]
        if len(chosen) > MAX_FOUND:
            raise SelectionTooCostly(f"More than {MAX_FOUND} elements match.")
        values = []
        for element in chosen:
            document.spend(document.size(element))
            values.append(_taken(element, kind, text_of(entry.get("attribute")), skipped))
            document.spend(len(values[-1] or "") // 4)
    except (BadSelector, SelectionTooCostly) as problem:
        raise NodeError(str(problem), kind="bad_selector", item=position, parameter=f"{place}.selector") from None
    tidied = [_tidied(context, value, kind, position) for value in values]
    return tidied if entry.get("all") else next(iter(tidied), None)


def _taken(element: Element, kind: str, attribute: str, skipped: frozenset[Element]) -> str | None:
    if kind == "text":
        return visible_text(element, skipped)
    if kind == "html":
        return inner_html(element)
    if kind == "attribute":
        return element.get(attribute.lower())
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        chosen = [option for option in element.iter("option") if option.get("selected") is not None]
        chosen = chosen or list(element.iter("option"))[:1]
        return (chosen[0].get("value") or visible_text(chosen[0])) if chosen else None
    return element.get("value")


def _tidied(context: NodeContext, value: str | None, kind: str, position: int) -> str | None:
    if value is None:
        return None
    if kind == "text" and context.param("clean_up", position):
        value = _SPACES.sub(" ", value)
    return value.strip() if context.param("trim", position) else value


def _table(context: NodeContext) -> ItemBatch:
    rows = [item.json for item in context.items]
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) * len(rows) > MAX_CELLS:
        raise NodeError(f"The table would have more than {MAX_CELLS} cells.", kind="too_large")
    caption = text_of(context.param("caption"))
    lines = ["<table>"]
    if caption:
        lines.append(f"<caption>{escape(caption)}</caption>")
    shown = [name[:1].upper() + name[1:] if context.param("capitalize") else name for name in names]
    lines += ["<thead>", _row(shown, "th"), "</thead>", "<tbody>"]
    lines += [_row([text_of(row.get(name)) for name in names], "td") for row in rows]
    html = "\n".join([*lines, "</tbody>", "</table>"])
    return ItemBatch([Item(_put(context, html, 0), None, tuple(Pair(at) for at in range(len(rows))))])


def _row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

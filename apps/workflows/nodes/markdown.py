"""Markdown: to HTML and from HTML."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter
from apps.workflows.nodes.support.html_markdown import markdown_of
from apps.workflows.nodes.support.html_tree import BadHtml, parse_html
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node

MAX_MARKDOWN = 300_000
MAX_NESTING = 20  # each "[" that never closes is looked at once for every level: 100 levels cost five times as much
_TO_HTML, _FROM_HTML = {"operation": ["to_html"]}, {"operation": ["from_html"]}


@register_node
class MarkdownNode(NodeType):
    """Turns Markdown into HTML and HTML into Markdown."""

    type = "markdown"
    display_name = "Markdown"
    description = "Turns Markdown into HTML, or HTML into Markdown."
    group = "data"
    icon = "file-type"
    color = "data"
    summary = "{operation}"
    parameters = (
        Parameter(
            "operation",
            "Do",
            type="select",
            default_value="to_html",
            options=[Option("to_html", "Markdown to HTML"), Option("from_html", "HTML to Markdown")],
            supports_expressions=False,
        ),
        Parameter("markdown", "Markdown", type="code", required=True, display_if=_TO_HTML),
        Parameter("html", "HTML", type="code", required=True, display_if=_FROM_HTML),
        Parameter(
            "line_breaks",
            "Keep line breaks",
            type="boolean",
            default_value=False,
            description="A line break inside of a paragraph is one in the HTML too.",
            display_if=_TO_HTML,
            supports_expressions=False,
        ),
        Parameter(
            "allow_html",
            "Let HTML through",
            type="boolean",
            default_value=True,
            description="Otherwise tags in the Markdown are shown as text.",
            display_if=_TO_HTML,
            supports_expressions=False,
        ),
        Parameter("output_field", "Put the answer under", default_value="data"),
    )
    example = {"operation": "to_html", "markdown": "={{ $json.text }}", "output_field": "html"}
    documentation = """
Runs for each item and keeps its other fields.

**To HTML** follows CommonMark, with tables and ~~struck-out~~ text. Tags in the Markdown are let through **as they
are**, scripts too, unless you switch that off; do not show what comes from strangers in a page without cleaning it.
At most 300,000 characters, nested at most 20 levels deep.

**To Markdown** keeps headings, paragraphs, emphasis, links, images, lists, quotes, code and tables; of all else the
text stays. Scripts and styles are left out, and signs that mean something in Markdown are escaped.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, position: _answered(context, item, position))


def _answered(context: NodeContext, item: Item, position: int) -> Item:
    to_html = context.param("operation", position) == "to_html"
    answer = _html(context, position) if to_html else _markdown(context, position)
    try:
        name = text_of(context.param("output_field", position)) or "data"
        return Item(with_path(item.json, name, answer), item.binary)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter="output_field") from None


def _html(context: NodeContext, position: int) -> str:
    text = text_of(context.param("markdown", position))
    if len(text) > MAX_MARKDOWN:
        raise NodeError(
            f"The Markdown is longer than {MAX_MARKDOWN} characters.",
            kind="too_large",
            item=position,
            parameter="markdown",
        )
    writer = _writer(bool(context.param("allow_html", position)), bool(context.param("line_breaks", position)))
    return str(writer.render(text)).strip()


def _markdown(context: NodeContext, position: int) -> str:
    try:
        return markdown_of(parse_html(text_of(context.param("html", position))))
    except BadHtml as problem:
        raise NodeError(str(problem), kind="bad_html", item=position, parameter="html") from None


@cache
def _writer(allow_html: bool, line_breaks: bool) -> MarkdownIt:
    settings = {"html": allow_html, "breaks": line_breaks, "maxNesting": MAX_NESTING}
    return MarkdownIt("commonmark", settings).enable(["table", "strikethrough"])

"""CSV: text to items and items to text."""

from __future__ import annotations

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter, single
from apps.workflows.nodes.support.csv_text import MAX_ROWS, BadCsv, csv_of, guessed_delimiter, rows_of
from apps.workflows.nodes.support.parameters import whole_number
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node

_TO_ITEMS, _TO_TEXT = {"operation": ["to_items"]}, {"operation": ["to_text"]}


@register_node
class CsvNode(NodeType):
    """Turns CSV into items and items into CSV."""

    type = "csv"
    display_name = "CSV"
    description = "Makes an item of each row of a CSV text, or a CSV text of all items."
    group = "data"
    icon = "table"
    color = "data"
    summary = "{operation}"
    parameters = (
        Parameter(
            "operation",
            "Do",
            type="select",
            default_value="to_items",
            options=[Option("to_items", "CSV to items"), Option("to_text", "Items to CSV")],
            supports_expressions=False,
        ),
        Parameter("text", "CSV", type="code", required=True, display_if=_TO_ITEMS),
        Parameter(
            "delimiter",
            "Delimiter",
            description=r"One character; \t is the tabulator. Empty: found out, or a comma.",
            placeholder=";",
        ),
        Parameter("header", "First row has the names", type="boolean", default_value=True, supports_expressions=False),
        Parameter(
            "max_rows",
            "At most rows",
            type="number",
            default_value=MAX_ROWS,
            validation={"min": 1, "max": MAX_ROWS},
            display_if=_TO_ITEMS,
        ),
        Parameter(
            "guard_formulas",
            "Guard against formulas",
            type="boolean",
            default_value=False,
            description="Put an apostrophe before texts that a spreadsheet would run: that begin with = + - or @.",
            display_if=_TO_TEXT,
            supports_expressions=False,
        ),
        Parameter("output_field", "Put the CSV under", default_value="data", display_if=_TO_TEXT),
    )
    example = {"operation": "to_items", "text": "={{ $json.body }}", "delimiter": ";"}
    documentation = """
**CSV to items** makes an item of each row, with texts as values; quoted fields may hold line breaks. Empty rows are
left out. Columns without a name are called `column_1` and so on; a name that comes again gets a number. Each item is
paired with the item that its CSV came from. At most 20,000,000 characters, 5,000 columns and 100,000 rows in an item.

**Items to CSV** makes one item with a text of all items: a column for each field of any of them, lines ended by CR LF.
Objects and lists are written as JSON. Values are written **as they are** unless you switch the guard on: a
spreadsheet would run a text such as `=HYPERLINK(…)` as a formula.
"""

    def run(self, context: NodeContext) -> NodeResult:
        if context.param("operation") == "to_text":
            return single(_text(context))
        return context.each(lambda item, position: _items(context, position))


def _delimiter(context: NodeContext, position: int, found: str) -> str:
    wanted = text_of(context.param("delimiter", position)).replace("\\t", "\t") or found
    if len(wanted) != 1 or wanted in '\r\n"':
        raise NodeError("A delimiter is one character.", kind="bad_value", item=position, parameter="delimiter")
    return wanted


def _items(context: NodeContext, position: int) -> list[Item]:
    text = text_of(context.param("text", position))
    most = whole_number(
        context.param("max_rows", position), least=1, most=MAX_ROWS, item=position, parameter="max_rows"
    )
    delimiter = _delimiter(context, position, guessed_delimiter(text))
    try:
        return [Item(row) for row in rows_of(text, delimiter, header=bool(context.param("header")), most=most)]
    except BadCsv as problem:
        raise NodeError(str(problem), kind="bad_csv", item=position, parameter="text") from None


def _text(context: NodeContext) -> ItemBatch:
    rows = [item.json for item in context.items]
    name = text_of(context.param("output_field")) or "data"
    try:
        text = csv_of(
            rows,
            _delimiter(context, 0, ","),
            header=bool(context.param("header")),
            guard=bool(context.param("guard_formulas")),
        )
        return ItemBatch([Item(with_path({}, name, text), None, tuple(Pair(at) for at in range(len(rows))))])
    except BadCsv as problem:
        raise NodeError(str(problem), kind="too_large") from None
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", parameter="output_field") from None

"""The parameters that all nodes of databases have, and what their pages say."""

from __future__ import annotations

from apps.workflows.engine.node_type import Option, Parameter
from apps.workflows.nodes.support.parameters import name_value_list, options, time_limit_parameter, when_operation
from apps.workflows.nodes.support.sql_rows import COMPARISONS, WITHOUT_VALUE

MAX_ROWS = 100_000
MAX_SECONDS = 300
_WRITING = ("insert", "update", "upsert")
_ROWS = ("select", "delete")
_COMPARISONS = [Option(name, name) for name in COMPARISONS] + [
    Option(name, words.lower()) for name, words in WITHOUT_VALUE.items()
]

QUERY = Parameter(
    "query",
    "SQL",
    type="code",
    required=True,
    placeholder="SELECT * FROM orders WHERE id = {{ $json.id }}",
    description="Each {{ … }} is one bound value, never a part of the text.",
    display_if=when_operation("execute"),
    validation={"max_length": 200_000},
)
OPERATION = Parameter(
    "operation",
    "Operation",
    type="select",
    default_value="execute",
    options=options(
        ("execute", "Carry out SQL"),
        ("select", "Read rows"),
        ("insert", "Add rows"),
        ("update", "Change rows"),
        ("upsert", "Add or change rows"),
        ("delete", "Delete rows"),
    ),
    supports_expressions=False,
)
TABLE = Parameter("table", "Table", required=True, display_if=when_operation(*_WRITING, *_ROWS))
SCHEMA = Parameter(
    "schema", "Schema", default_value="", display_if=when_operation(*_WRITING, *_ROWS), placeholder="public"
)
COMMON = (
    Parameter(
        "values",
        "Values",
        type="json",
        default_value=[],
        description="A list for $1, $2, … (or ?), an object for :name.",
        display_if=when_operation("execute"),
    ),
    Parameter(
        "row",
        "Row",
        type="select",
        default_value="item",
        options=options(("item", "The item's fields"), ("fields", "Columns named here")),
        display_if=when_operation(*_WRITING),
        supports_expressions=False,
    ),
    name_value_list("columns", "Columns", display_if={"operation": [*_WRITING], "row": ["fields"]}),
    Parameter(
        "match",
        "Match by",
        type="json",
        default_value=[],
        description="Columns by which rows are found: a list, or one text with commas.",
        display_if=when_operation("update", "upsert"),
    ),
    Parameter(
        "skip_conflicts",
        "Skip rows that are there already",
        type="boolean",
        default_value=False,
        display_if=when_operation("insert"),
        supports_expressions=False,
    ),
    Parameter(
        "conditions",
        "Conditions",
        type="list",
        default_value=[],
        display_if=when_operation(*_ROWS),
        fields=(
            Parameter("column", "Column", required=True),
            Parameter("operator", "Comparison", type="select", default_value="=", options=_COMPARISONS),
            Parameter("value", "Value", default_value=None),
        ),
    ),
    Parameter(
        "combine",
        "Conditions hold",
        type="select",
        default_value="all",
        options=options(("all", "All of them"), ("any", "Any of them")),
        display_if=when_operation(*_ROWS),
        supports_expressions=False,
    ),
    Parameter(
        "output_columns",
        "Columns",
        type="json",
        default_value=[],
        description="A list, or one text with commas; none are all.",
        display_if=when_operation("select"),
    ),
    Parameter(
        "order",
        "Order",
        type="list",
        default_value=[],
        display_if=when_operation("select"),
        fields=(
            Parameter("column", "Column", required=True),
            Parameter(
                "direction",
                "Direction",
                type="select",
                default_value="asc",
                options=options(("asc", "Ascending"), ("desc", "Descending")),
            ),
        ),
    ),
    Parameter(
        "limit",
        "At most",
        type="number",
        default_value=None,
        description="Rows; nothing reads all.",
        display_if=when_operation("select"),
        validation={"min": 0, "max": MAX_ROWS},
    ),
    Parameter(
        "transaction",
        "Transaction",
        type="select",
        default_value="all",
        options=[
            Option("all", "One for all items", "An error undoes what was done for the items before."),
            Option("each", "One for each item", "What was done for other items stays."),
        ],
        supports_expressions=False,
    ),
    Parameter(
        "read_only",
        "Read only",
        type="boolean",
        default_value=False,
        description="The database refuses every change.",
        supports_expressions=False,
    ),
    Parameter(
        "max_rows",
        "Rows allowed",
        type="number",
        default_value=10_000,
        description="For each statement; more are an error.",
        validation={"min": 1, "max": MAX_ROWS},
        supports_expressions=False,
    ),
    time_limit_parameter(30, MAX_SECONDS, per="for each statement"),
    Parameter(
        "decimals",
        "Exact decimals as",
        type="select",
        default_value="text",
        options=[Option("text", "Text", "Nothing is lost."), Option("number", "Number")],
        supports_expressions=False,
    ),
)

DOCUMENTATION = """
**SQL.** The statements are carried out for each item; with the node setting *Execute once*, for the first one alone.
Several are separated by semicolons. Values are bound, and can never become a part of the statement:

- `$1`, `$2` take them from the list *Values*{question}; `:name` from an object there.
- Where the SQL begins with `=`, each `{{{{ … }}}}` is one value. Within quotes the whole quoted text becomes one:
  `name LIKE '%{{{{ $json.part }}}}%'` is safe and does what it says.
- The name of a table or a column, and the statement as a whole, cannot be an expression; publishing says so.
- {lists}

`BEGIN`, `COMMIT` and their like are refused: all items share one transaction, or each has its own, as *Transaction*
says. Under *One for all items* an error undoes everything that this run of the node did, and the node fails as a whole.

**Rows without SQL.** *Add*, *change* and *add or change* take the fields of the item or the columns named; *read* and
*delete* take conditions. Names are quoted. {returned}

**Out.** One item for each row. A statement without rows gives `{{affected_rows}}`{insert_id}. Moments are text in ISO
8601, bytes Base64, exact decimals text (or numbers, as you choose), and whole numbers beyond 2⁵³ text. The second
column `id` of a row is `id_2`. More rows than *Rows allowed* are an error, not a part of the truth.

**Errors.** {errors} Time limits, lost connections and deadlocks can be tried again: switch on the node's retry. With
*One for each item* the items before the failing one are then done again.
"""

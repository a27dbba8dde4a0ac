"""The parameters and the documentation of the merge node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.workflows.engine.node_type import Option, Parameter
from apps.workflows.nodes.support.parameters import dot_notation_parameter, options
from exprsn.kernel.jsonvalue import JsonValue

MAX_INPUTS = 10

_COMBINE: Mapping[str, Sequence[JsonValue]] = {"mode": ["combine"]}
_FIELDS: Mapping[str, Sequence[JsonValue]] = {"mode": ["combine"], "combine_by": ["fields"]}

MERGE_PARAMETERS = (
    Parameter(
        "mode",
        "Mode",
        type="select",
        default_value="append",
        options=[
            Option("append", "Append", "All items, input after input."),
            Option("combine", "Combine", "Items of several inputs become one."),
            Option("choose_branch", "Choose a branch", "Wait for all inputs, pass one of them on."),
            Option("sql", "SQL", "A query over the inputs as tables."),
        ],
        supports_expressions=False,
    ),
    Parameter(
        "number_inputs",
        "Number of inputs",
        type="number",
        default_value=2,
        supports_expressions=False,
        validation={"min": 2, "max": MAX_INPUTS},
    ),
    Parameter(
        "join",
        "Wait for",
        type="select",
        default_value="all",
        options=[
            Option("all", "All inputs", "Every input that gets items."),
            Option("any", "The first input", "What the others get is dropped."),
            Option("at_least", "Some inputs", "So many of them, and never fewer."),
        ],
        supports_expressions=False,
    ),
    Parameter(
        "at_least",
        "How many inputs",
        type="number",
        default_value=2,
        supports_expressions=False,
        validation={"min": 1, "max": MAX_INPUTS},
        display_if={"join": ["at_least"]},
    ),
    Parameter(
        "query",
        "SQL",
        type="code",
        required=True,
        default_value="SELECT * FROM input1 LEFT JOIN input2 ON input1.id = input2.id",
        description="The inputs are the tables input1, input2 and so on. Each {{ … }} is one bound value.",
        display_if={"mode": ["sql"]},
        validation={"max_length": 200_000},
    ),
    Parameter(
        "combine_by",
        "Combine by",
        type="select",
        default_value="position",
        options=[
            Option("position", "Position", "First with first, second with second."),
            Option("fields", "Matching fields", "Items of two inputs whose fields are equal."),
            Option("all", "All combinations", "Each item with each."),
        ],
        display_if=_COMBINE,
        supports_expressions=False,
    ),
    Parameter(
        "include_unpaired",
        "Include items without a partner",
        type="boolean",
        default_value=False,
        display_if={"mode": ["combine"], "combine_by": ["position"]},
        supports_expressions=False,
    ),
    Parameter(
        "match_fields",
        "Fields to match",
        type="list",
        default_value=[],
        display_if=_FIELDS,
        fields=(
            Parameter("left", "Field of input 1", required=True),
            Parameter("right", "Field of input 2", description="Empty: the same name."),
        ),
        validation={"max": 20},
    ),
    Parameter(
        "join_mode",
        "Which items",
        type="select",
        default_value="keep_matches",
        options=[
            Option("keep_matches", "Matches", "Inner join."),
            Option("keep_non_matches", "Items without a match"),
            Option("keep_everything", "Everything", "Outer join: matches, then what is left of each input."),
            Option("enrich_input_1", "Enrich input 1", "Left join."),
            Option("enrich_input_2", "Enrich input 2", "Right join."),
        ],
        display_if=_FIELDS,
        supports_expressions=False,
    ),
    Parameter(
        "output_data_from",
        "Data from",
        type="select",
        default_value="both",
        options=options(("both", "Both inputs"), ("input_1", "Input 1"), ("input_2", "Input 2")),
        display_if={**_FIELDS, "join_mode": ["keep_matches", "keep_non_matches"]},
        supports_expressions=False,
    ),
    Parameter(
        "multiple_matches",
        "Several matches",
        type="select",
        default_value="all",
        options=options(("all", "One item for each match"), ("first", "Only the first match")),
        display_if=_FIELDS,
        supports_expressions=False,
    ),
    Parameter(
        "loose_compare",
        "Loose comparison",
        type="boolean",
        default_value=False,
        description='The number 1 matches the text "1", and nothing matches an empty value.',
        display_if=_FIELDS,
        supports_expressions=False,
    ),
    dot_notation_parameter(display_if=_FIELDS),
    Parameter(
        "clash",
        "Fields with the same name",
        type="select",
        default_value="auto",
        options=[
            Option("auto", "Automatic", "The last input wins; when input 2 is enriched, input 1."),
            Option("prefer_last", "The last input wins"),
            *[Option(f"prefer_input_{number}", f"Input {number} wins") for number in range(1, MAX_INPUTS + 1)],
            Option("add_suffix", "Keep all", "Every name gets the number of its input: id_1, id_2."),
        ],
        display_if=_COMBINE,
        supports_expressions=False,
    ),
    Parameter(
        "merge_nested",
        "Combine nested objects",
        type="boolean",
        default_value=True,
        description="Otherwise the winner's object replaces the other.",
        display_if=_COMBINE,
        supports_expressions=False,
    ),
    Parameter(
        "ignore_empty",
        "Empty never wins",
        type="boolean",
        default_value=False,
        description="Null and empty text do not replace a value.",
        display_if=_COMBINE,
        supports_expressions=False,
    ),
    Parameter(
        "branch_output",
        "Pass on",
        type="select",
        default_value="input",
        options=options(("input", "The items of an input"), ("empty", "One empty item")),
        display_if={"mode": ["choose_branch"]},
        supports_expressions=False,
    ),
    Parameter(
        "use_input",
        "Input",
        type="number",
        default_value=1,
        display_if={"mode": ["choose_branch"], "branch_output": ["input"]},
        supports_expressions=False,
        validation={"min": 1, "max": MAX_INPUTS},
    ),
)

MERGE_DOCUMENTATION = """
Waits until every input that can still get items has got some, then runs once. An input whose branch ended
empty counts as an empty list.

**Wait for** says otherwise: *the first input* runs as soon as one input has items, *some inputs* as soon as so many
have. What the other inputs get in the same round is dropped; when an input gets items a second time, the next round
begins. *First* is meant in the order of the branches, from top to bottom, in every execution mode: the result never
depends on who was faster. With fewer inputs than *some inputs* asks for it does not run.

**Append** gives all items, input after input. **Choose a branch** waits for all and passes one on.

**Combine** makes one item of several:

- *Position*: the first items of all inputs become the first item, and so on. Items without a partner are
  left out unless you include them.
- *Matching fields*: two inputs, joined where the fields are equal. An item that lacks a field matches
  nothing. Matches come first, then the items without one: those of input 1, then those of input 2. *Items
  without a match* of both inputs get the field `_source` (`input1` or `input2`).
- *All combinations*: each item of an input with each of the others, at most 100,000.

**SQL** is one `SELECT` over the tables `input1`, `input2` and so on (`input_1` means the same), in the dialect of
SQLite; a row becomes an item. An input without items is an empty table.
Columns are the fields on the first level; lists and objects are JSON text (`json_extract(address, '$.city')` reads
them), true and false are 1 and 0. Each `{{ … }}` block is one bound value, filled for the first item. Nothing but
reading is possible; a query has 10 seconds and at most 100,000 rows. Which items a row was made of cannot be told, so
`$("…").item` cannot follow it.

**Same names.** The last input wins unless you choose otherwise. Nested objects are combined field by field,
lists place by place; turn that off to let the winner's value replace the other.
"""

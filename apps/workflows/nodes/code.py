"""Code: JavaScript or Python of your own, in the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import (
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    single,
)
from apps.workflows.nodes.support.code_names import named_nodes
from apps.workflows.nodes.support.code_static import asks_for_static_data, keep_static_data, static_data_for
from apps.workflows.nodes.support.parameters import options, time_limit_parameter, whole_number
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

MAX_SECONDS = 300
LANGUAGES = ("javascript", "python")


@register_node
class CodeNode(NodeType):
    """Runs code over the items; one call of the sandbox for all of them."""

    type = "code"
    display_name = "Code"
    description = "Runs your own JavaScript or Python over the items."
    group = "data"
    icon = "braces"
    color = "data"
    summary = "{language}"
    parameters = (
        Parameter(
            "language",
            "Language",
            type="select",
            default_value="javascript",
            options=options(("javascript", "JavaScript"), ("python", "Python")),
            supports_expressions=False,
        ),
        Parameter(
            "mode",
            "Run",
            type="select",
            default_value="all_items",
            options=[
                Option("all_items", "Once for all items", "$input.all() or items gives them; return a list."),
                Option(
                    "each_item",
                    "Once for each item",
                    "$json or item.json is its data; return one item, or null or None.",
                ),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "code",
            "Code",
            type="code",
            required=True,
            default_value="return $input.all();",
            supports_expressions=False,
            validation={"max_length": 200_000},
        ),
        time_limit_parameter(30, MAX_SECONDS),
    )
    example = {
        "mode": "all_items",
        "code": "const total = $input.all().reduce((sum, item) => sum + item.json.price, 0);\n"
        "return [{json: {total}}];",
    }
    documentation = """
The code runs in a process of its own without network, files or access to the product. It is the body of a
function: it ends with `return`. A run of the node is one call for all items.

**Once for all items:** return a list of `{json: {…}}`; plain objects are taken as the JSON of an item.
**Once for each item:** return one such object, or `null` (`None`) to drop the item.

Give `pairedItem: n` with an item that you made from input item number *n*, so that later expressions can
find the way back. Memory and time are limited; a code that exceeds them is stopped. An error
has the line of the code, and the item where there is one.

The time is the node's *Time limit*, but never more than the installation allows: 10 seconds, unless the setting
`EXPRSN_CODE_SECONDS` says otherwise.

**JavaScript** sees the items and, as in expressions, `$json`, `$input`, `$("Node")`, `$items()`, `$now`,
`DateTime`, `$workflow`, `$execution` and `$vars`. `$getWorkflowStaticData("global")` (or `"node"`) is an object
whose entries are kept from run to run, as in the node [Static data](static_data.md); what the code changes in it is
applied entry by entry when it has ended, in production. What `console.log` writes is in the log of the run. There is
no just-in-time compiler: a million steps of a loop take about 0.1 seconds.

**Python** is CPython. `items` (or `_items`) are all items, `item` (or `_item`) the present one; a value is
`item["json"]["name"]` or, where no method of `dict` has that name, `item.json.name`. The other names are those of
expressions with `_` for `$`: `_input.all()`, `_json`, `_("Node").first()`, `_node["Node"]`, `_now` and
`_today` (Python's `datetime`, in UTC), `_vars`, `_env`, `_workflow`, `_execution`. What `print` writes is in the log
of the run; what goes to `sys.stderr`, as a warning. What differs from Python elsewhere:

- Of the standard library there is what needs no files, network, threads or other processes: `json`, `re`,
  `datetime`, `zoneinfo`, `math`, `statistics`, `decimal`, `fractions`, `random`, `collections`, `itertools`,
  `functools`, `dataclasses`, `hashlib`, `hmac`, `secrets`, `uuid`, `base64`, `zlib`, `gzip`, `csv`, `io`, `html`,
  `urllib.parse`, `email`, `xml.etree.ElementTree`, `difflib`, `textwrap`, `string`, `unicodedata`, `ipaddress` and
  the like. There are no other packages. Opening anything answers "Operation not permitted".
- Only JSON leaves: text, numbers, booleans, `None`, lists and dicts. A `datetime` or a `Decimal` is refused, not
  guessed: write `.isoformat()` or `float(…)`. So are `NaN` and infinity.
- `from … import *` and `await` are not possible, since the code is the body of a function.

Only the items of nodes that the code names travel with it. A name that is computed makes all of them travel.
"""

    @classmethod
    def names_read(cls, parameters: Mapping[str, JsonValue]) -> frozenset[str] | None:
        return named_nodes(str(parameters.get("code", "")), str(parameters.get("language", "javascript")))

    @classmethod
    def is_ordered(cls, parameters: Mapping[str, JsonValue]) -> bool:
        return asks_for_static_data(str(parameters.get("code", "")))

    def run(self, context: NodeContext) -> NodeResult:
        language, source = context.raw("language"), str(context.raw("code"))
        if language not in LANGUAGES:
            raise NodeError(f"The language {language!r} is not available.", kind="bad_value", parameter="language")
        seconds = whole_number(
            context.raw("timeout_seconds"), least=1, most=MAX_SECONDS, item=0, parameter="timeout_seconds"
        )
        code = context.ports.code
        statics = static_data_for(context, source) if language == "javascript" else {}
        answer = (code.run_python if language == "python" else code.run_javascript)(
            source,
            mode=str(context.raw("mode")),
            items=context.items.to_data(),
            context={**context.code_context(named_nodes(source, language)), **({"static": statics} if statics else {})},
            seconds=float(seconds),
        )
        for level, line in answer.logs:
            context.log(level, line)
        keep_static_data(context, statics, answer.statics)
        count = len(context.items)
        return single(ItemBatch([_item(entry, number, count) for number, entry in enumerate(answer.items)]))


def _item(entry: Any, number: int, count: int) -> Item:
    """An item of what the code returned, which is not to be trusted in any way."""
    json = entry.get("json") if isinstance(entry, dict) else None
    if not isinstance(json, dict):
        raise NodeError(
            f"The code must return items such as {{json: {{...}}}}; entry {number} is none.",
            kind="code_result",
        )
    binary = entry.get("binary")
    paired = entry.get("paired_item", entry.get("pairedItem"))
    return Item(json, binary if isinstance(binary, dict) else None, _pairs(paired, count))


def _pairs(paired: Any, count: int) -> tuple[Pair, ...] | None:
    if paired is None:
        return None
    entries = paired if isinstance(paired, list) else [paired]
    positions = [entry.get("item") if isinstance(entry, dict) else entry for entry in entries]
    return tuple(
        Pair(position)
        for position in positions
        if isinstance(position, int) and not isinstance(position, bool) and 0 <= position < count
    )

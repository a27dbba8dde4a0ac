"""Compare datasets: what two inputs have in common and what not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apps.workflows.engine.items import EMPTY, Item, ItemBatch
from apps.workflows.engine.node_type import (
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
)
from apps.workflows.nodes.support.combining import Clash, Source, single_item, sources_of
from apps.workflows.nodes.support.equality import canonical, loosely_canonical
from apps.workflows.nodes.support.joining import FieldPair, Matches, TooManyMatches, find_matches
from apps.workflows.nodes.support.parameters import dot_notation_parameter, options
from apps.workflows.nodes.support.paths import MISSING, get_path, names_of, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_PAIRS = 100_000
A_ONLY, SAME, DIFFERENT, B_ONLY = "a_only", "same", "different", "b_only"
_MIX = {"when_different": ["mix"]}


@register_node
class CompareDatasetsNode(NodeType):
    """Sends items to four outputs: only in A, the same in both, different, only in B."""

    type = "compare_datasets"
    display_name = "Compare datasets"
    description = "Compares the items of two inputs and tells which are new, gone, changed or the same."
    group = "flow"
    icon = "git-compare"
    color = "logic"
    inputs = (Port("input_a"), Port("input_b"))
    outputs = (
        Port(A_ONLY, "conditional", "Items of A without a partner in B"),
        Port(SAME, "conditional", "Items of A whose partner in B is the same"),
        Port(DIFFERENT, "conditional", "Partners that differ"),
        Port(B_ONLY, "conditional", "Items of B without a partner in A"),
    )
    waits_for_all_inputs = True
    summary = "{match_fields.left}"
    parameters = (
        Parameter(
            "match_fields",
            "Fields to match",
            type="list",
            required=True,
            default_value=[],
            description="Items are partners when all of these are equal.",
            validation={"min": 1, "max": 20},
            fields=(
                Parameter("left", "Field of A", required=True),
                Parameter("right", "Field of B", description="Empty: the same name."),
            ),
        ),
        Parameter(
            "when_different",
            "When they differ",
            type="select",
            default_value="both",
            options=[
                Option("both", "Answer both versions", "Field by field."),
                Option("input_a", "Answer A's version"),
                Option("input_b", "Answer B's version"),
                Option("mix", "Mix", "One version, with some fields of the other."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "prefer",
            "Take from",
            type="select",
            default_value="input_a",
            options=options(("input_a", "A"), ("input_b", "B")),
            display_if=_MIX,
            supports_expressions=False,
        ),
        Parameter(
            "except_fields",
            "Except for these fields",
            type="json",
            default_value=[],
            description="Taken from the other input. A list of field names, or one text with commas.",
            display_if=_MIX,
        ),
        Parameter(
            "skip_fields",
            "Fields not to compare",
            type="json",
            default_value=[],
            description="A list of field names, or one text with commas.",
        ),
        Parameter(
            "loose_compare",
            "Compare loosely",
            type="boolean",
            default_value=False,
            description='1 equals "1", and null equals an empty text, list or object.',
            supports_expressions=False,
        ),
        Parameter(
            "multiple_matches",
            "Several partners",
            type="select",
            default_value="first",
            options=options(("first", "Use the first"), ("all", "Use all")),
            supports_expressions=False,
        ),
        dot_notation_parameter("Read a.b as the field b inside of a."),
    )
    example = {"match_fields": [{"left": "id", "right": "customer_id"}], "skip_fields": ["updated_at"]}
    documentation = """
**In:** the items of A and of B. **Out:** four outputs: `a_only`, `same`, `different`, `b_only`.

Partners are found by the *fields to match*; an item that lacks one of them has no partner. Then all their
other fields are compared, except those not to compare. A field that only one of them has is a difference.

With *both versions* an item of `different` is
`{keys: {…}, same: {…}, different: {field: {inputA, inputB}}, skipped: {…}}`. Items keep the way back to the items
of both inputs. At most 100,000 pairs are made.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        if not parameters.get("match_fields"):
            return {"match_fields": ["Name at least one pair of fields to match."]}
        return {}

    def run(self, context: NodeContext) -> NodeResult:
        left, right = (sources_of(context.inputs.get(port.name, EMPTY), at) for at, port in enumerate(self.inputs))
        pairs = _field_pairs(context)
        compare = _Comparison(context, pairs)
        found = _matches(context, left, right, pairs)
        same: dict[int, Item] = {}
        different = []
        for a, b in found.pairs:
            parts = compare.parts(a, b)
            if parts["different"]:
                different.append(compare.answer(a, b, parts))
            else:
                same.setdefault(a.position, Item(a.item.json, a.item.binary, (a.pair, b.pair)))
        return NodeResult(
            {
                A_ONLY: ItemBatch([single_item(source, Clash()) for source in found.left_alone]),
                SAME: ItemBatch(list(same.values())),
                DIFFERENT: ItemBatch(different),
                B_ONLY: ItemBatch([single_item(source, Clash()) for source in found.right_alone]),
            }
        )


def _field_pairs(context: NodeContext) -> list[FieldPair]:
    entries = context.param("match_fields")
    pairs = [(text_of(entry.get("left")), text_of(entry.get("right"))) for entry in entries]
    pairs = [(left or right, right or left) for left, right in pairs if left or right]
    if not pairs:
        raise NodeError("Name at least one pair of fields to match.", kind="bad_value", parameter="match_fields")
    return pairs


def _matches(context: NodeContext, left: list[Source], right: list[Source], pairs: list[FieldPair]) -> Matches:
    try:
        return find_matches(
            left,
            right,
            pairs,
            dotted=bool(context.param("dot_notation")),
            loose=bool(context.param("loose_compare")),
            first_only=context.param("multiple_matches") == "first",
            most=MAX_PAIRS,
        )
    except TooManyMatches:
        raise NodeError(f"There are more than {MAX_PAIRS} pairs of partners.", kind="too_many_items") from None


class _Comparison:
    """Compares two partners field by field."""

    def __init__(self, context: NodeContext, pairs: list[FieldPair]) -> None:
        self._pairs = pairs
        self._dotted = bool(context.param("dot_notation"))
        loose = bool(context.param("loose_compare"))
        self._spell: Callable[[object], str] = loosely_canonical if loose else canonical
        self._skipped = set(names_of(context.param("skip_fields")))
        self._way = str(context.param("when_different"))
        if self._way == "mix":
            self._way = str(context.param("prefer"))
            self._except = names_of(context.param("except_fields"))
        else:
            self._except = []

    def parts(self, a: Source, b: Source) -> dict[str, JsonObject]:
        """The fields by what they are: ``keys``, ``same``, ``different``, ``skipped``."""
        parts: dict[str, JsonObject] = {"keys": {}, "same": {}, "different": {}, "skipped": {}}
        for left, _ in self._pairs:
            parts["keys"][left] = get_path(a.item.json, left, self._dotted)
        matched = {name for pair in self._pairs for name in pair}
        for name in dict.fromkeys([*a.item.json, *b.item.json]):
            if name in matched:
                continue
            here, there = a.item.json.get(name, MISSING), b.item.json.get(name, MISSING)
            sides: list[tuple[str, Any]] = [("inputA", here), ("inputB", there)]
            both: JsonObject = {side: value for side, value in sides if value is not MISSING}
            if name in self._skipped:
                parts["skipped"][name] = both
            elif self._equal(here, there):
                parts["same"][name] = next(iter(both.values()))
            else:
                parts["different"][name] = both
        return parts

    def _equal(self, here: object, there: object) -> bool:
        if here is MISSING or there is MISSING:
            return self._spell is loosely_canonical and loosely_canonical(here) == loosely_canonical(there)
        return self._spell(here) == self._spell(there)

    def answer(self, a: Source, b: Source, parts: dict[str, JsonObject]) -> Item:
        """What is put out for partners that differ."""
        pairs = (a.pair, b.pair)
        if self._way == "both":
            json: JsonObject = {name: part for name, part in parts.items() if part or name != "skipped"}
            return Item(json, None, pairs)
        taken, other = (a, b) if self._way == "input_a" else (b, a)
        json = taken.item.json
        for name in self._except:
            if (value := get_path(other.item.json, name, self._dotted)) is not MISSING:
                json = with_path(json, name, value, self._dotted and name not in other.item.json)
        return Item(json, taken.item.binary, pairs)

"""Merge: brings branches together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod

from apps.workflows.engine.items import EMPTY, Item, ItemBatch
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Port, single
from apps.workflows.engine.port_rules import Counted, PortRule
from apps.workflows.nodes.support.combining import (
    Clash,
    Source,
    combined_item,
    single_item,
    sources_of,
)
from apps.workflows.nodes.support.joining import FieldPair, Matches, TooManyMatches, find_matches
from apps.workflows.nodes.support.merge_parameters import MAX_INPUTS, MERGE_DOCUMENTATION, MERGE_PARAMETERS
from apps.workflows.nodes.support.parameters import whole_number
from apps.workflows.nodes.support.sql_lexing import SqlProblem
from apps.workflows.nodes.support.sql_node import statements_of
from apps.workflows.nodes.support.sql_tables import select_from
from apps.workflows.nodes.support.values import is_number, text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

MAX_COMBINATIONS = 100_000


@register_node
class MergeNode(NodeType):
    """Waits for its inputs and answers one list of items."""

    type = "merge"
    display_name = "Merge"
    description = "Brings the items of several branches together: one after the other, side by side, or matched."
    group = "flow"
    icon = "merge"
    color = "logic"
    inputs = (Port("input_1"), Port("input_2"))
    inputs_rule = PortRule(
        [Counted(parameter="number_inputs", prefix="input_", first=1, least=2, most=MAX_INPUTS, otherwise=2)]
    )
    summary = "{mode} · {combine_by} · {join_mode}"
    waits_for_all_inputs = True
    parameters = MERGE_PARAMETERS
    example = {
        "mode": "combine",
        "combine_by": "fields",
        "match_fields": [{"left": "customer_id", "right": "id"}],
        "join_mode": "enrich_input_1",
    }
    documentation = MERGE_DOCUMENTATION

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults: dict[str, list[str]] = {}
        by_fields = parameters.get("mode") == "combine" and parameters.get("combine_by") == "fields"
        if by_fields and not parameters.get("match_fields"):
            faults["match_fields"] = ["Name at least one pair of fields to match."]
        if by_fields and parameters.get("number_inputs", 2) != 2:
            faults["number_inputs"] = ["Matching by fields works on exactly two inputs."]
        least, ports = parameters.get("at_least", 2), len(cls.inputs_for(parameters))
        if parameters.get("join") == "at_least" and is_number(least) and not 1 <= least <= ports:  # type: ignore[operator]
            faults["at_least"] = [f"Choose a number from 1 to {ports}."]
        if parameters.get("mode") == "choose_branch":
            chosen, inputs = parameters.get("use_input", 1), len(cls.inputs_for(parameters))
            if is_number(chosen) and not 1 <= chosen <= inputs:  # type: ignore[operator]
                faults["use_input"] = [f"Choose an input from 1 to {inputs}."]
        return faults

    @classmethod
    def inputs_needed(cls, parameters: Mapping[str, JsonValue]) -> int:
        if parameters.get("join") == "any":
            return 1
        wanted = parameters.get("at_least", 2) if parameters.get("join") == "at_least" else 0
        return int(wanted) if is_number(wanted) else 0  # type: ignore[arg-type]

    def run(self, context: NodeContext) -> NodeResult:
        ports = self.inputs_for(context.node.parameters)
        inputs = [sources_of(context.inputs.get(port.name, EMPTY), at) for at, port in enumerate(ports)]
        mode = context.param("mode")
        if mode == "append":
            items = [single_item(source, Clash()) for sources in inputs for source in sources]
        elif mode == "choose_branch":
            items = _chosen(context, inputs)
        elif mode == "combine":
            items = _combined(context, inputs)
        elif mode == "sql":
            items = _selected(context, inputs)
        else:
            raise NodeError(f"The mode {text_of(mode)!r} is not available.", kind="bad_value", parameter="mode")
        return single(ItemBatch(items))


def _chosen(context: NodeContext, inputs: list[list[Source]]) -> list[Item]:
    if context.param("branch_output") == "empty":
        return [Item({}, paired=())]
    number = whole_number(context.param("use_input"), least=1, most=len(inputs), item=0, parameter="use_input")
    return [single_item(source, Clash()) for source in inputs[number - 1]]


def _selected(context: NodeContext, inputs: list[list[Source]]) -> list[Item]:
    """The rows of a query over the inputs. Of which items a row was made, SQL does not tell."""
    try:
        statements = statements_of(context.pieces("query"), "sqlite", [])
    except SqlProblem as problem:
        raise NodeError(str(problem), kind="bad_sql", parameter="query") from None
    if len(statements) != 1:
        raise NodeError("Write exactly one SELECT.", kind="bad_sql", parameter="query")
    tables = {f"input{number}": [source.item.json for source in one] for number, one in enumerate(inputs, start=1)}
    return [Item(row, None, ()) for row in select_from(tables, statements[0], most=MAX_COMBINATIONS)]


def _combined(context: NodeContext, inputs: list[list[Source]]) -> list[Item]:
    way = context.param("combine_by")
    if way == "position":
        return _by_position(inputs, _clash(context), bool(context.param("include_unpaired")))
    if way == "all":
        return _all_combinations(inputs, _clash(context))
    return _by_fields(context, inputs[0], inputs[1])


def _clash(context: NodeContext, prefer_by_default: int = -1) -> Clash:
    wanted = str(context.param("clash"))
    prefer = prefer_by_default
    if wanted.startswith("prefer_input_"):
        prefer = int(wanted.removeprefix("prefer_input_")) - 1
    elif wanted == "prefer_last":
        prefer = -1
    return Clash(
        prefer=prefer,
        suffix=wanted == "add_suffix",
        deep=bool(context.param("merge_nested")),
        skip_empty=bool(context.param("ignore_empty")),
    )


def _by_position(inputs: list[list[Source]], clash: Clash, include_unpaired: bool) -> list[Item]:
    lengths = [len(sources) for sources in inputs]
    rows = range(max(lengths) if include_unpaired else min(lengths))
    return [combined_item([sources[row] for sources in inputs if row < len(sources)], clash) for row in rows]


def _all_combinations(inputs: list[list[Source]], clash: Clash) -> list[Item]:
    total = prod(len(sources) for sources in inputs)
    if total > MAX_COMBINATIONS:
        raise _too_many(total)
    return [combined_item(sources, clash) for sources in product(*inputs)]


def _by_fields(context: NodeContext, left: list[Source], right: list[Source]) -> list[Item]:
    mode = context.param("join_mode")
    clash = _clash(context, prefer_by_default=0 if mode == "enrich_input_2" else -1)
    try:
        found = find_matches(
            left,
            right,
            _field_pairs(context),
            dotted=bool(context.param("dot_notation")),
            loose=bool(context.param("loose_compare")),
            first_only=context.param("multiple_matches") == "first",
            most=MAX_COMBINATIONS,
        )
    except TooManyMatches:
        raise _too_many(MAX_COMBINATIONS + 1) from None
    if mode == "keep_non_matches":
        return _non_matches(found, context.param("output_data_from"))
    if mode == "keep_matches" and context.param("output_data_from") != "both":
        return _one_side(found, context.param("output_data_from"))
    items = [combined_item(pair, clash) for pair in found.pairs]
    if mode in ("keep_everything", "enrich_input_1"):
        items += [single_item(source, clash) for source in found.left_alone]
    if mode in ("keep_everything", "enrich_input_2"):
        items += [single_item(source, clash) for source in found.right_alone]
    return items


def _field_pairs(context: NodeContext) -> list[FieldPair]:
    entries = context.param("match_fields")
    pairs = [(text_of(entry.get("left")), text_of(entry.get("right"))) for entry in entries]
    pairs = [(left or right, right or left) for left, right in pairs if left or right]
    if not pairs:
        raise NodeError("Name at least one pair of fields to match.", kind="bad_value", parameter="match_fields")
    return pairs


def _one_side(found: Matches, side: str) -> list[Item]:
    sources = [pair[0 if side == "input_1" else 1] for pair in found.pairs]
    unique = {source.position: source for source in sources}
    return [single_item(unique[position], Clash()) for position in sorted(unique)]


def _non_matches(found: Matches, side: str) -> list[Item]:
    if side == "input_1":
        return [single_item(source, Clash()) for source in found.left_alone]
    if side == "input_2":
        return [single_item(source, Clash()) for source in found.right_alone]
    return [
        Item({**source.item.json, "_source": f"input{source.input + 1}"}, source.item.binary, (source.pair,))
        for source in [*found.left_alone, *found.right_alone]
    ]


def _too_many(total: int) -> NodeError:
    return NodeError(
        f"This would make {total} items or more; at most {MAX_COMBINATIONS} are allowed.",
        kind="too_many_items",
    )

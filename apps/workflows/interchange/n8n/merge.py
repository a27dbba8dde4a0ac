"""Merge 1–3."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from apps.workflows.interchange.n8n.sql_values import refuse_dynamic_sql
from exprsn.kernel.jsonvalue import JsonObject

MAX_INPUTS = 10
_HIDDEN = (
    "combineBy", "combinationMode", "mergeByFields", "fieldsToMatchString", "joinMode", "outputDataFrom",
    "advanced", "chooseBranchMode", "output", "useDataOfInput", "options", "query", "numberInputs",
)  # fmt: skip
_JOINS = {
    "keepMatches": "keep_matches",
    "keepNonMatches": "keep_non_matches",
    "keepEverything": "keep_everything",
    "enrichInput1": "enrich_input_1",
    "enrichInput2": "enrich_input_2",
}
_SIDES = {"both": "both", "input1": "input_1", "input2": "input_2"}
_WAYS = {
    "combineByFields": "fields", "mergeByFields": "fields", "combineByPosition": "position",
    "mergeByPosition": "position", "combineAll": "all", "multiplex": "all",
}  # fmt: skip


@converts("merge")
def convert_merge(source: Source) -> Converted:
    """Merge: one output, two inputs or more."""
    made = _old(source) if source.version < 2 else _new(source)
    count = int(made.get("number_inputs", 2))  # type: ignore[arg-type]
    return Converted("merge", made, inputs=[f"input_{number}" for number in range(1, count + 1)])


def _new(source: Source) -> JsonObject:
    parameters = source.parameters
    mode = parameters.fixed("mode", "append", "append", "combine", "chooseBranch", "combineBySql")
    made: JsonObject = {"mode": "append", "number_inputs": _inputs(source, mode)}
    if mode == "append":
        parameters.ignore(*_HIDDEN)
    elif mode == "combineBySql":
        made |= _query(parameters)
    elif mode == "chooseBranch":
        made |= _branch(parameters, source.version)
    else:
        name = "combineBy" if source.version >= 3 else "combinationMode"
        default = "combineByFields" if source.version >= 3 else "mergeByFields"
        way = _WAYS[parameters.fixed(name, default, *_WAYS)]
        options = parameters.inner("options")
        made |= {"mode": "combine", "combine_by": way, **_clash(options)}
        if way == "fields":
            made |= _fields(parameters, options)
        elif way == "position":
            made["include_unpaired"] = options.flag("includeUnpaired")
        options.ignore("fuzzyCompare", "disableDotNotation", "multipleMatches", "includeUnpaired")
        parameters.ignore(*_HIDDEN)
    return made


def _query(parameters: Reader) -> JsonObject:
    query = parameters.text("query", "SELECT * FROM input1 LEFT JOIN input2 ON input1.name = input2.id")
    refuse_dynamic_sql(query)
    parameters.ignore(*_HIDDEN)
    return {"mode": "sql", "query": query}


def _inputs(source: Source, mode: str) -> int:
    if source.version < 3:
        return 2
    combine_by = source.parameters.text("combineBy", "combineByFields")
    if mode == "combine" and combine_by not in ("combineByPosition", "combineAll"):
        source.parameters.ignore("numberInputs")
        return 2
    count = int(source.parameters.number("numberInputs", 2))
    if not 2 <= count <= MAX_INPUTS:
        raise Unmapped(f"Between 2 and {MAX_INPUTS} inputs are supported.")
    return count


def _branch(parameters: Reader, version: float) -> JsonObject:
    parameters.fixed("chooseBranchMode", "waitForAll", "waitForAll", "waitForBoth")
    output = parameters.fixed(
        "output",
        "specifiedInput" if version >= 3 else "input1",
        "specifiedInput",
        "input1",
        "input2",
        "empty",
    )
    use = parameters.text("useDataOfInput", "1") if output == "specifiedInput" else output
    parameters.ignore(*_HIDDEN)
    if output == "empty":
        return {"mode": "choose_branch", "branch_output": "empty"}
    number = use.removeprefix("input")
    if not number.isdecimal() or not 1 <= int(number[:3]) <= MAX_INPUTS:
        raise Unmapped("Which input to pass on is not a fixed number.")
    return {"mode": "choose_branch", "branch_output": "input", "use_input": int(number)}


def _clash(options: Reader) -> JsonObject:
    values = options.inner("clashHandling").inner("values")
    resolve = values.fixed("resolveClash", "auto")
    made: JsonObject = {
        "merge_nested": values.fixed("mergeMode", "deepMerge", "deepMerge", "shallowMerge") == "deepMerge",
        "ignore_empty": values.flag("overrideEmpty"),
    }
    if resolve == "addSuffix":
        return {**made, "clash": "add_suffix"}
    if resolve == "preferLast":
        return {**made, "clash": "prefer_last"}
    number = resolve.removeprefix("preferInput")
    if number.isdecimal() and 1 <= int(number[:3]) <= MAX_INPUTS:
        return {**made, "clash": f"prefer_input_{int(number)}"}
    if resolve != "auto":
        raise Unmapped(f"The clash handling {resolve[:40]} is not supported.")
    return {**made, "clash": "auto"}


def _fields(parameters: Reader, options: Reader) -> JsonObject:
    names = parameters.text("fieldsToMatchString")
    pairs: list[Any] = [{"left": name, "right": name} for part in names.split(",") if (name := part.strip())]
    if parameters.flag("advanced") or not pairs:
        entries = parameters.entries("mergeByFields", "values")
        pairs = [
            {"left": entry.get("field1"), "right": entry.get("field2")}
            for entry in entries
            if entry.get("field1") and entry.get("field2")
        ]
    if not pairs:
        raise Unmapped("The node does not say which fields to match.")
    return {
        "match_fields": pairs,
        "join_mode": _JOINS[parameters.fixed("joinMode", "keepMatches", *_JOINS)],
        "output_data_from": _SIDES[parameters.fixed("outputDataFrom", "both", *_SIDES)],
        "multiple_matches": options.fixed("multipleMatches", "all", "all", "first"),
        "loose_compare": options.flag("fuzzyCompare"),
        "dot_notation": not options.flag("disableDotNotation"),
    }


def _old(source: Source) -> JsonObject:
    """Merge 1. What it did in an order of its own, or by overwriting in part, has no counterpart."""
    parameters = source.parameters
    parameters.ignore("join", "propertyName1", "propertyName2", "output", "overwrite")
    mode = parameters.text("mode", "append")
    if mode == "append":
        return {"mode": "append"}
    if mode == "passThrough":
        number = 2 if parameters.text("output", "input1") == "input2" else 1
        return {"mode": "choose_branch", "use_input": number}
    if mode == "wait":
        return {"mode": "choose_branch", "branch_output": "empty"}
    if mode == "multiplex":
        return {"mode": "combine", "combine_by": "all", "merge_nested": False}
    if mode == "mergeByIndex" and (join := parameters.text("join", "left")) in ("inner", "outer"):
        return {
            "mode": "combine",
            "combine_by": "position",
            "include_unpaired": join == "outer",
            "merge_nested": False,
        }
    if mode in ("keepKeyMatches", "removeKeyMatches"):
        return _old_match(parameters, mode)
    raise Unmapped(f"The old merge mode {mode[:40]} is not supported.")


def _old_match(parameters: Reader, mode: str) -> JsonObject:
    left, right = parameters.text("propertyName1"), parameters.text("propertyName2")
    if not left or not right:
        raise Unmapped("The node does not say which fields to match.")
    return {
        "mode": "combine",
        "combine_by": "fields",
        "match_fields": [{"left": left, "right": right}],
        "join_mode": "keep_matches" if mode == "keepKeyMatches" else "keep_non_matches",
        "output_data_from": "input_1",
    }

"""Remove duplicates 1–2, summarize, compare datasets 1–2.3."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.lists import field_names
from apps.workflows.interchange.n8n.reading import Unmapped
from exprsn.kernel.jsonvalue import JsonObject

_COMPARED = {"allFields": "all", "selectedFields": "selected", "allFieldsExcept": "except"}


@converts("removeDuplicates")
def convert_remove_duplicates(source: Source) -> Converted:
    """Duplicates among the items of one run; n8n's memory of earlier executions has no counterpart yet."""
    parameters = source.parameters
    kinds = ("removeDuplicateInputItems", "removeItemsSeenInPreviousExecutions", "clearDeduplicationHistory")
    if parameters.fixed("operation", kinds[0], *kinds) != kinds[0]:
        raise Unmapped("Comparing with items of earlier executions is not supported yet.")
    parameters.ignore("logic", "dedupeValue", "incrementalDedupeValue", "dateDedupeValue")
    compare = _COMPARED[parameters.fixed("compare", "allFields", *_COMPARED)]
    options = parameters.inner("options")
    options.ignore("scope", "historySize")
    made: JsonObject = {"compare": compare}
    if compare != "all":
        name = "fieldsToCompare" if compare == "selected" else "fieldsToExclude"
        made["include_fields"] = field_names(parameters, name)
        made["dot_notation"] = not options.flag("disableDotNotation")
        made["remove_other_fields"] = options.flag("removeOtherFields")
        if not made["include_fields"]:
            raise Unmapped("The node does not say which fields to compare.")
    parameters.ignore("fieldsToCompare", "fieldsToExclude")
    options.ignore("disableDotNotation", "removeOtherFields")
    return Converted("remove_duplicates", made)


_AGGREGATIONS = {
    "append": "append", "average": "average", "concatenate": "concatenate", "count": "count",
    "countUnique": "count_unique", "max": "max", "min": "min", "sum": "sum",
}  # fmt: skip


@converts("summarize")
def convert_summarize(source: Source) -> Converted:
    """Summarize."""
    parameters = source.parameters
    options = parameters.inner("options")
    fields: list[Any] = [
        _summarized(entry) for entry in parameters.entries("fieldsToSummarize", "values") if entry.get("field")
    ]
    if not fields:
        raise Unmapped("The node does not say which fields to summarize.")
    output = options.fixed("outputFormat", "separateItems", "separateItems", "singleItem")
    made: JsonObject = {
        "fields": fields,
        "group_by": parameters.text("fieldsToSplitBy"),
        "skip_empty_groups": options.flag("skipEmptySplitFields"),
        "output": "items" if output == "separateItems" else "single_item",
        "ignore_missing": options.flag("continueIfFieldNotFound"),
        "dot_notation": not options.flag("disableDotNotation"),
    }
    return Converted("summarize", made)


def _summarized(entry: dict[str, Any]) -> JsonObject:
    kind = str(entry.get("aggregation") or "count")
    if kind not in _AGGREGATIONS:
        raise Unmapped(f"The aggregation {kind[:40]} is not supported.")
    made: JsonObject = {"aggregation": _AGGREGATIONS[kind], "field": str(entry["field"])}
    if entry.get("includeEmpty") is True:
        made["include_empty"] = True
    if kind == "concatenate":
        separator = entry.get("separateBy")
        separator = entry.get("customSeparator") or "" if separator == "other" else separator
        made["separator"] = "," if separator is None else str(separator)
    return made


_WAYS = {"includeBoth": "both", "preferInput1": "input_a", "preferInput2": "input_b", "mix": "mix"}


@converts("compareDatasets")
def convert_compare_datasets(source: Source) -> Converted:
    """Compare datasets."""
    parameters = source.parameters
    options = parameters.inner("options")
    pairs: list[Any] = [
        {"left": str(entry["field1"]), "right": str(entry["field2"])}
        for entry in parameters.entries("mergeByFields", "values")
        if entry.get("field1") and entry.get("field2")
    ]
    if not pairs:
        raise Unmapped("The node does not say which fields to match.")
    way = _WAYS[parameters.fixed("resolve", "includeBoth" if source.version >= 2 else "preferInput2", *_WAYS)]
    made: JsonObject = {
        "match_fields": pairs,
        "when_different": way,
        "skip_fields": options.text("skipFields"),
        "loose_compare": parameters.flag("fuzzyCompare") or options.flag("fuzzyCompare"),
        "multiple_matches": options.fixed("multipleMatches", "first", "first", "all"),
        "dot_notation": not options.flag("disableDotNotation"),
    }
    prefer = parameters.fixed("preferWhenMix", "input1", "input1", "input2") if way == "mix" else "input1"
    if way == "mix":
        made |= {"prefer": f"input_{'a' if prefer == 'input1' else 'b'}"}
        made["except_fields"] = parameters.text("exceptWhenMix")
    parameters.ignore("preferWhenMix", "exceptWhenMix", "infoBox")
    return Converted(
        "compare_datasets",
        made,
        inputs=("input_a", "input_b"),
        outputs=("a_only", "same", "different", "b_only"),
    )

"""Split out, aggregate, limit, sort, and the old Item lists node that was all of them."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Convert, Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from exprsn.kernel.jsonvalue import JsonObject


@converts("splitOut")
def convert_split_out(source: Source) -> Converted:
    """Split out."""
    parameters = source.parameters
    options = parameters.inner("options")
    names = [name.strip().removeprefix("$json.") for name in parameters.text("fieldToSplitOut").split(",")]
    names = [name for name in names if name]
    if not names or "$binary" in names:
        raise Unmapped("Splitting files, or no field at all, is not supported.")
    destinations = [name.strip() for name in options.text("destinationFieldName").split(",") if name.strip()]
    if destinations and len(destinations) != len(names):
        raise Unmapped("There are not as many destination fields as fields.")
    include = parameters.fixed("include", "noOtherFields", "noOtherFields", "allOtherFields", "selectedOtherFields")
    made: JsonObject = {
        "fields": [
            {"field": name, "destination": destinations[at] if destinations else ""} for at, name in enumerate(names)
        ],
        "include": {"noOtherFields": "none", "allOtherFields": "all"}.get(include, "selected"),
        "dot_notation": not options.flag("disableDotNotation"),
        "include_binary": options.flag("includeBinary"),
    }
    if include == "selectedOtherFields":
        made["include_fields"] = field_names(parameters, "fieldsToInclude")
    parameters.ignore("fieldsToInclude")
    return Converted("split_out", made)


def field_names(parameters: Reader, name: str) -> str:
    """Field names: one text with commas, or the older list of them."""
    entries = parameters.entries(name, "fields")
    if entries:
        return ", ".join(str(entry.get("fieldName", "")) for entry in entries)
    return parameters.text(name)


@converts("aggregate")
def convert_aggregate(source: Source) -> Converted:
    """Aggregate."""
    parameters = source.parameters
    kinds = ("aggregateIndividualFields", "aggregateAllItemData")
    whole = parameters.fixed("aggregate", kinds[0], *kinds) == kinds[1]
    options = parameters.inner("options")
    if options.text("groupByFields"):
        raise Unmapped("Grouping is not supported.")
    made: JsonObject = {
        "include_binary": options.flag("includeBinaries"),
        **(_whole_items(parameters) if whole else _single_fields(parameters, options)),
    }
    options.ignore("keepOnlyUnique", "disableDotNotation", "mergeLists", "keepMissing")
    parameters.ignore("fieldsToAggregate", "destinationFieldName", "include", "fieldsToInclude", "fieldsToExclude")
    return Converted("aggregate", made)


def _whole_items(parameters: Reader) -> JsonObject:
    include = parameters.fixed("include", "allFields", "allFields", "specifiedFields", "allFieldsExcept")
    made: JsonObject = {
        "mode": "all_items",
        "destination": parameters.text("destinationFieldName", "data"),
        "include": {"allFields": "all", "specifiedFields": "selected"}.get(include, "except"),
    }
    if include != "allFields":
        name = "fieldsToInclude" if include == "specifiedFields" else "fieldsToExclude"
        made["include_fields"] = field_names(parameters, name)
    return made


def _single_fields(parameters: Reader, options: Reader) -> JsonObject:
    entries = parameters.entries("fieldsToAggregate", "fieldToAggregate")
    fields: list[Any] = [
        {
            "field": str(entry.get("fieldToAggregate") or ""),
            "output_name": str(entry.get("outputFieldName") or "") if entry.get("renameField") else "",
        }
        for entry in entries
    ]
    if not any(field["field"] for field in fields):
        raise Unmapped("The node does not say which fields to aggregate.")
    return {
        "mode": "fields",
        "fields": fields,
        "merge_lists": options.flag("mergeLists"),
        "keep_missing": options.flag("keepMissing"),
        "dot_notation": not options.flag("disableDotNotation"),
    }


@converts("limit")
def convert_limit(source: Source) -> Converted:
    """Limit."""
    keep = source.parameters.fixed("keep", "firstItems", "firstItems", "lastItems")
    maximum = source.parameters.value("maxItems", 1)
    return Converted("limit", {"max_items": maximum, "keep": keep.removesuffix("Items")})


@converts("sort")
def convert_sort(source: Source) -> Converted:
    """Sort by fields or at random; sorting by code has no counterpart."""
    parameters = source.parameters
    options = parameters.inner("options")
    parameters.ignore("code")
    kind = parameters.fixed("type", "simple", "simple", "random")
    if kind == "random":
        parameters.ignore("sortFieldsUi")
        options.ignore("disableDotNotation")
        return Converted("sort", {"mode": "random"})
    fields: list[Any] = [
        {
            "field": str(entry.get("fieldName") or ""),
            "order": "descending" if entry.get("order") == "descending" else "ascending",
        }
        for entry in parameters.entries("sortFieldsUi", "sortField")
    ]
    if not any(field["field"] for field in fields):
        raise Unmapped("The node does not say which fields to sort by.")
    dotted = not options.flag("disableDotNotation")
    return Converted("sort", {"mode": "simple", "fields": fields, "dot_notation": dotted})


_OPERATIONS: dict[str, Convert] = {
    "splitOutItems": convert_split_out,
    "aggregateItems": convert_aggregate,
    "concatenateItems": convert_aggregate,
    "limit": convert_limit,
    "sort": convert_sort,
}


@converts("itemLists")
def convert_item_lists(source: Source) -> Converted:
    """The old node for lists: its operation says which of the others it is."""
    source.parameters.ignore("resource")
    operation = source.parameters.fixed("operation", "splitOutItems", *_OPERATIONS)
    return _OPERATIONS[operation](source)

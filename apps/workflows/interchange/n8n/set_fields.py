"""Set 1–3."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.json_text import json_template
from apps.workflows.interchange.n8n.reading import Reader, Unmapped, plain
from exprsn.kernel.jsonvalue import JsonObject

TYPES = ("string", "number", "boolean", "array", "object")
_DEFAULTS: dict[str, Any] = {"string": "", "number": 0, "boolean": True, "array": [], "object": {}}


@converts("set")
def convert_set(source: Source) -> Converted:
    """Set: fields one by one or as JSON, laid over what is kept of the item."""
    parameters = source.parameters
    warnings = []
    if parameters.flag("duplicateItem"):
        warnings.append("Duplicating items in manual runs is left out.")
    parameters.ignore("duplicateCount")
    options = parameters.inner("options")
    made: JsonObject = {
        "mode": "manual",
        "dot_notation": options.flag("dotNotation", True),
        "ignore_conversion_errors": options.flag("ignoreConversionErrors"),
        "include_binary": options.flag("includeBinary", True) and not options.flag("stripBinary"),
    }
    if source.version < 3:
        made |= {"include": "none" if parameters.flag("keepOnlySet") else "all"}
        made["assignments"] = _oldest(parameters)
    else:
        made |= _included(parameters, source.version)
        made |= _given(parameters, source.version)
    return Converted("set", made, warnings=warnings)


def _included(parameters: Reader, version: float) -> JsonObject:
    choices = ("all", "none", "selected", "except")
    include = parameters.fixed("include", "all", *choices)
    if version >= 3.3 and not parameters.flag("includeOtherFields"):
        include = "none" if "include" not in parameters or "includeOtherFields" in parameters else include
    parameters.ignore("includeOtherFields", "includeFields", "excludeFields")
    made: JsonObject = {"include": include}
    if include in ("selected", "except"):
        made["include_fields"] = parameters.text("includeFields" if include == "selected" else "excludeFields")
    return made


def _given(parameters: Reader, version: float) -> JsonObject:
    if parameters.fixed("mode", "manual", "manual", "raw") == "raw":
        parameters.ignore("fields", "assignments")
        return {"mode": "raw_json", "json": json_template(parameters.value("jsonOutput", "{}"))}
    parameters.ignore("jsonOutput")
    if "assignments" in parameters or version >= 3.3:
        parameters.ignore("fields")
        entries = parameters.entries("assignments", "assignments")
        return {"assignments": [_assignment(entry, entry.get("type"), entry.get("value")) for entry in entries]}
    parameters.ignore("assignments")
    made = []
    for entry in parameters.entries("fields", "values"):
        kind = str(entry.get("type") or "stringValue").removesuffix("Value")
        value = entry.get(f"{kind}Value", entry.get(kind, _DEFAULTS.get(kind)))
        made.append(_assignment(entry, kind, value))
    return {"assignments": [*made]}


def _assignment(entry: dict[str, Any], kind: Any, value: Any) -> JsonObject:
    kind = str(kind or "string")
    if kind not in TYPES:
        raise Unmapped(f"Fields of the type {kind[:30]} are not supported.")
    value = json_template(value) if kind in ("array", "object") else plain(value)
    name = entry.get("name")
    return {"name": "" if name is None else str(name), "type": kind, "value": value}


def _oldest(parameters: Reader) -> list[Any]:
    """Set 1 and 2: ``{values: {string: [...], number: [...], boolean: [...]}}``."""
    values = parameters.inner("values")
    made = []
    for kind, default in (("string", ""), ("number", 0), ("boolean", False)):
        found = values.value(kind, [])
        for entry in found if isinstance(found, list) else [found]:
            if isinstance(entry, dict):
                value = plain(entry.get("value"))
                named = {"name": entry.get("name", "propertyName")}
                made.append(_assignment(named, kind, default if value is None else value))
    return made

"""If 1–2 and Filter 1–2."""

from __future__ import annotations

from apps.workflows.interchange.n8n.condition_reading import new_conditions, old_conditions
from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from exprsn.kernel.jsonvalue import JsonObject


@converts("if")
def convert_if(source: Source) -> Converted:
    """If: two outputs."""
    return Converted("if", {"conditions": _conditions(source)}, outputs=("true", "false"))


@converts("filter")
def convert_filter(source: Source) -> Converted:
    """Filter: one output."""
    return Converted("filter", {"conditions": _conditions(source)})


def _conditions(source: Source) -> JsonObject:
    parameters = source.parameters
    if source.version < 2:
        combine = parameters.text("combineOperation") or parameters.text("combineConditions")
        return old_conditions(parameters, any_of_them=combine.lower() in ("any", "or"))
    options = parameters.inner("options")
    loose = parameters.flag("looseTypeValidation") or options.flag("looseTypeValidation")
    ignore_case = options.flag("ignoreCase") if "ignoreCase" in options else None
    return new_conditions(parameters.inner("conditions"), loose=loose, ignore_case=ignore_case)

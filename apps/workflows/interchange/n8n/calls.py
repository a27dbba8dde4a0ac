"""Workflows that call others, that are called, and that are told of errors."""

from __future__ import annotations

import json
from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression
from exprsn.kernel.jsonvalue import JsonValue

MAX_FIELDS = 200


@converts("errorTrigger")
def convert_error_trigger(source: Source) -> Converted:
    """Starts when another workflow fails."""
    return Converted("error_trigger", inputs=())


@converts("executeWorkflowTrigger")
def convert_called(source: Source) -> Converted:
    """Starts when another workflow calls. From version 1.1 it may say which fields it takes."""
    parameters = source.parameters
    # Texts that only remind people of how to use it.
    parameters.ignore("events", "notice", "outdatedVersionWarning")
    default = "workflowInputs" if source.version >= 1.1 else "passthrough"
    kind = parameters.fixed("inputSource", default, "workflowInputs", "jsonExample", "passthrough")
    parameters.ignore("jsonExample", "workflowInputs", "json_notice")
    names = _declared(parameters, kind)
    if not names:
        return Converted("execute_workflow_trigger", {"input_mode": "all"}, inputs=())
    fields: list[JsonValue] = [{"name": name} for name in names]
    return Converted("execute_workflow_trigger", {"input_mode": "fields", "fields": fields}, inputs=())


def _declared(parameters: Reader, kind: str) -> list[str]:
    if kind == "jsonExample":
        try:
            example = json.loads(str(parameters.value("jsonExample", "{}")))
        except ValueError:
            example = None
        return [str(name) for name in example][:MAX_FIELDS] if isinstance(example, dict) else []
    if kind == "workflowInputs":
        values = parameters.value("workflowInputs", {})
        entries = values.get("values") if isinstance(values, dict) else None
        found = [entry.get("name") for entry in entries or [] if isinstance(entry, dict)]
        return list(dict.fromkeys(str(name) for name in found if name))[:MAX_FIELDS]
    return []


@converts("executeWorkflow")
def convert_call(source: Source) -> Converted:
    """Calls another workflow. Its id was given by another installation, so it has to be chosen again."""
    parameters = source.parameters
    kind = parameters.fixed("source", "database", "database", "parameter", "localFile", "url")
    if kind != "database":
        raise Unmapped("The called workflow is not one of the installation's; import it by itself and choose it.")
    called = parameters.value("workflowId", "")
    parameters.ignore("operation", "workflowJson", "workflowPath", "workflowUrl", "outdatedVersionWarning")
    options = parameters.inner("options")
    made: dict[str, Any] = {
        "workflow": called if isinstance(called, str | int) else "",
        "mode": parameters.fixed("mode", "once", "once", "each"),
        "wait": options.value("waitForSubWorkflow", True),
    }
    handed = _handed_over(parameters.value("workflowInputs", {}))
    if handed:
        made["inputs"] = handed
    made["workflow"] = str(made["workflow"])
    warnings = [] if is_expression(called) else ["It calls another workflow; choose that one again."]
    return Converted("execute_workflow", made, warnings=warnings)


def _handed_over(mapper: Any) -> dict[str, Any]:
    """The fields of a resource mapper; none when it hands over what comes in."""
    if not isinstance(mapper, dict) or mapper.get("mappingMode") == "autoMapInputData":
        return {}
    values = mapper.get("value")
    return {str(name): value for name, value in values.items()} if isinstance(values, dict) else {}

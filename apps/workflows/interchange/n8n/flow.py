"""Small nodes of the flow: manual trigger, no-op, stop and error, loop over items."""

from __future__ import annotations

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.json_text import json_template


@converts("manualTrigger", "start")
def convert_manual(source: Source) -> Converted:
    """The manual trigger and its forerunner."""
    return Converted("manual", inputs=())


@converts("noOp")
def convert_no_op(source: Source) -> Converted:
    """Passes items on."""
    return Converted("no_op")


@converts("stopAndError")
def convert_stop_and_error(source: Source) -> Converted:
    """Stops with a message or an object."""
    parameters = source.parameters
    kind = parameters.fixed("errorType", "errorMessage", "errorMessage", "errorObject")
    parameters.ignore("errorMessage", "errorObject")
    if kind == "errorObject":
        error = json_template(parameters.value("errorObject", {}))
        return Converted("stop_and_error", {"error_type": "object", "error": error}, outputs=())
    made = {"error_type": "message", "message": parameters.value("errorMessage", "")}
    return Converted("stop_and_error", made, outputs=())


@converts("splitInBatches")
def convert_loop(source: Source) -> Converted:
    """The loop. Before version 3 it had one output, and none when it was done."""
    parameters = source.parameters
    made = {
        "batch_size": parameters.value("batchSize", 1 if source.version >= 3 else 10),
        "reset": parameters.inner("options").value("reset", False),
    }
    return Converted("loop_over_items", made, outputs=("done", "loop") if source.version >= 3 else ("loop",))

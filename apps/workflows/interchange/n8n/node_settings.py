"""Settings that every node has, pinned data, and the settings of the workflow."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from apps.workflows.interchange.outcome import ImportReport
from exprsn.kernel.jsonvalue import JsonObject

MAX_RETRIES = 20
MAX_DELAY_MS = 86_400_000
MAX_NOTES = 10_000
MAX_PINNED = 1_000
_ON_ERROR = {"continueRegularOutput": "continue", "continueErrorOutput": "error_output"}


def common_settings(raw: Any) -> JsonObject:
    """``disabled``, ``retry``, ``on_error`` and their like, as our nodes have them."""
    made: JsonObject = {"disabled": raw.get("disabled") is True}
    notes = raw.get("notes")
    if isinstance(notes, str) and notes:
        made["notes"] = notes[:MAX_NOTES]
    on_error = raw.get("onError")
    if isinstance(on_error, str) and on_error in _ON_ERROR:
        made["on_error"] = _ON_ERROR[on_error]
    elif raw.get("continueOnFail") is True:
        made["on_error"] = "continue"
    if raw.get("retryOnFail") is True:
        tries = _bounded(raw.get("maxTries"), 3, 1, MAX_RETRIES + 1)
        made["retry"] = {
            "enabled": True,
            "max_retries": tries - 1,
            "delay_ms": _bounded(raw.get("waitBetweenTries"), 1000, 0, MAX_DELAY_MS),
        }
    for theirs, ours in (("alwaysOutputData", "always_output_data"), ("executeOnce", "execute_once")):
        if raw.get(theirs) is True:
            made[ours] = True
    return made


def _bounded(value: Any, default: int, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        value = default
    return int(min(max(value, least), most))


def pinned_data(data: Any) -> dict[str, list[Any]]:
    """Pinned items by the name of their node; what is no item is left out."""
    found: dict[str, list[Any]] = {}
    for name, entries in data.items() if isinstance(data, dict) else ():
        if isinstance(entries, list):
            items = [_pinned_item(entry) for entry in entries[:MAX_PINNED] if isinstance(entry, dict)]
            found[name] = [item for item in items if item is not None]
    return found


def _pinned_item(entry: dict[str, Any]) -> JsonObject | None:
    json = entry.get("json", entry)
    return {"json": json} if isinstance(json, dict) else None


def our_settings(settings: Any, report: ImportReport) -> JsonObject:
    """The workflow's settings; what has no counterpart and matters is reported."""
    given = settings if isinstance(settings, dict) else {}
    made: JsonObject = {}
    timezone = given.get("timezone")
    if isinstance(timezone, str) and timezone not in ("", "DEFAULT"):
        if _is_zone(timezone):
            made["timezone"] = timezone
        else:
            report.warn(f"The time zone “{timezone[:60]}” is not known and was left out.")
    seconds = given.get("executionTimeout")
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds > 0:
        made["timeout_seconds"] = seconds
    for theirs, ours in (
        ("saveDataSuccessExecution", "save_success"),
        ("saveDataErrorExecution", "save_error"),
    ):
        if given.get(theirs) in ("all", "none"):
            made[ours] = given[theirs] == "all"
    if isinstance(given.get("saveManualExecutions"), bool):
        made["save_manual"] = given["saveManualExecutions"]
    if given.get("saveExecutionProgress") is True:
        made["save_progress"] = "every_node"
    if given.get("errorWorkflow"):
        report.warn("The workflow named another one for its errors; choose it again in the settings.")
    if given.get("executionOrder") == "v0":
        report.warn("Branches run one after the other from top to bottom, not in n8n's old order (v0).")
    return made


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True

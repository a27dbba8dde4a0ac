"""How each status word looks: its colour, its sign, its name. Colour is never the only sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    """``css`` is one of ok, warn, err, run or nothing; the name says the same as the colour."""

    css: str
    icon: str
    label: Any = ""


_UNKNOWN = Look("", icon="info")
_LOOKS: dict[str, Look] = {
    "active": Look("ok", icon="circle-check", label=_("Active")),
    "success": Look("ok", icon="circle-check", label=_("Success")),
    "partial_success": Look("warn", icon="circle-alert", label=_("Partial success")),
    "error": Look("err", icon="circle-x", label=_("Error")),
    "running": Look("run running", icon="loader", label=_("Running")),
    "queued": Look("run", icon="clock", label=_("Queued")),
    "waiting": Look("warn", icon="clock", label=_("Waiting")),
    "paused": Look("warn", icon="pause", label=_("Paused")),
    "canceled": Look("", icon="ban", label=_("Canceled")),
    "skipped": Look("", icon="skip-forward", label=_("Skipped")),
    "draft": Look("", icon="pencil", label=_("Draft")),
    "archived": Look("", icon="archive", label=_("Archived")),
    "warning": Look("warn", icon="circle-alert", label=_("Warning")),
    "critical": Look("err", icon="circle-x", label=_("Critical")),
    "info": Look("", icon="info", label=_("Info")),
    "debug": Look("", icon="info", label=_("Debug")),
    "testing": Look("warn", icon="flask-conical", label=_("Testing")),
    "launched": Look("run", icon="rocket", label=_("Launched")),
    "pending": Look("", icon="clock", label=_("Pending")),
    "staging": Look("run", icon="layers", label=_("Staging")),
    "production": Look("ok", icon="rocket", label=_("Production")),
    "approved": Look("ok", icon="circle-check", label=_("Approved")),
    "rejected": Look("err", icon="circle-x", label=_("Rejected")),
    "expired": Look("warn", icon="clock", label=_("Expired")),
    "revoked": Look("", icon="ban", label=_("Revoked")),
}


def look_of(status: str) -> Look:
    """The look of a status; a plain one with the word itself for a status that nobody described."""
    return _LOOKS.get(status) or Look(_UNKNOWN.css, _UNKNOWN.icon, status.replace("_", " ").capitalize())

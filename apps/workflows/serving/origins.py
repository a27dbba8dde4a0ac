"""Calls from pages of other web origins (CORS): who gets permission, and what browsers ask before they call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.workflows.engine.allow_lists import ANY_ORIGIN, entries_of, origin_allowed
from apps.workflows.serving.webhook_types import WebhookAnswer, WebhookCall
from exprsn.kernel.errors import NotAllowed

PREFLIGHT = "OPTIONS"
_SEEN = "X-Execution-ID, X-Correlation-ID"
_MAX_AGE = "600"
_MAX_ASKED = 2_000


def permission(parameters: Mapping[str, Any], call: WebhookCall) -> dict[str, str]:
    """The headers by which a page may read the answer. Raises ``origin_not_allowed`` where only other origins may call.

    Without a list nothing is refused, and no page of another origin may read what is answered.
    """
    allowed, origin = str(parameters.get("allowed_origins") or ""), call.headers.get("origin", "")
    if not allowed or not origin:
        return {}
    if not origin_allowed(allowed, origin):
        raise NotAllowed("Pages of this origin may not call this webhook.", code="origin_not_allowed")
    if ANY_ORIGIN in entries_of(allowed):
        return {"Access-Control-Allow-Origin": ANY_ORIGIN, "Access-Control-Expose-Headers": _SEEN}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": _SEEN,
        "Vary": "Origin",
    }


def answer_preflight(parameters: Mapping[str, Any], methods: Sequence[str], call: WebhookCall) -> WebhookAnswer:
    """What a browser asks before it calls; nothing is started. Without permission the browser does not call."""
    headers = {"Allow": ", ".join([*methods, PREFLIGHT])}
    granted = permission(parameters, call)
    if granted:
        headers |= {
            **granted,
            "Access-Control-Allow-Methods": ", ".join(methods),
            "Access-Control-Max-Age": _MAX_AGE,
        }
        if asked := _header_names(call.headers.get("access-control-request-headers", "")):
            headers["Access-Control-Allow-Headers"] = asked
    return WebhookAnswer(204, b"", headers=headers)


def _header_names(text: str) -> str:
    """The names that the page wants to send; who may call is checked by what is in them, not by their names."""
    names = [name.strip().lower() for name in text[:_MAX_ASKED].split(",")]
    return ", ".join(name for name in names if name and all(c.isascii() and (c.isalnum() or c in "-_") for c in name))

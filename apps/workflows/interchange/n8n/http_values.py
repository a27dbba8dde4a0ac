"""What the converters of all versions of the HTTP request share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression

MAX_SECONDS = 300
KINDS = {
    "httpHeaderAuth": "header",
    "httpBasicAuth": "basic",
    "httpBearerAuth": "bearer",
    "httpQueryAuth": "query",
}


def pairs(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries with a name, as name and value."""
    return [{"name": entry["name"], "value": entry.get("value", "")} for entry in entries if entry.get("name")]


def credential_kind(parameters: Reader) -> tuple[str, Mapping[str, str]]:
    """Our kind of authentication, and the credential type that the node used for it."""
    way = parameters.fixed("authentication", "none", "none", "genericCredentialType", "predefinedCredentialType")
    if way == "none":
        return "none", {}
    if way == "predefinedCredentialType":
        chosen = parameters.text("nodeCredentialType")
        raise Unmapped(f"Credentials of the type {chosen[:60] or 'none'} are not supported yet.")
    return kind_of(parameters.fixed("genericAuthType", ""))


def kind_of(credential_type: str) -> tuple[str, Mapping[str, str]]:
    """Our kind for one of n8n's generic credential types."""
    kind = KINDS.get(credential_type)
    if kind is None:
        raise Unmapped(f"Credentials of the type {credential_type[:60] or 'none'} are not supported yet.")
    return kind, {kind: credential_type}


def seconds(options: Reader) -> Any:
    """``timeout`` in milliseconds as seconds."""
    value = options.value("timeout")
    if is_expression(value):
        raise Unmapped("A time limit that is an expression is not supported.")
    return max(0.1, min(options.number("timeout", 60_000) / 1000, MAX_SECONDS))

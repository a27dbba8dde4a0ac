"""Traps around errors, retries and secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from apps.workflows.engine.node_type import ERROR
from apps.workflows.engine.validation.drawing import Drawing
from apps.workflows.engine.validation.faults import Fault

_REPEATED = frozenset({"POST", "PATCH"})
_SECRET_HEADERS = frozenset({"authorization", "x-api-key", "api-key", "apikey", "x-auth-token"})
_SHORTEST_SECRET = 12
# What examples have where a secret goes.
_PLACEHOLDER = re.compile(r"your|here|[<\[{]|x{4}|\*{3}", re.IGNORECASE)


def error_output_open(drawing: Drawing) -> Iterator[Fault]:
    """Failing items go to an output from which nothing leads on: they are lost without a word."""
    for node in drawing.enabled():
        if node.on_error == "error_output" and not _has_error_way(drawing, node.id):
            message = f"Items that fail in “{node.name}” go to its error output, from which nothing leads on."
            yield drawing.warning(node, "error_output_open", message, "on_error")


def error_output_off(drawing: Drawing) -> Iterator[Fault]:
    """Something follows the error output of a node that does not use it."""
    for node in drawing.enabled():
        declared = {port.name for port in drawing.type_of(node).outputs_for(node.parameters)}
        if node.on_error != "error_output" and ERROR not in declared and _has_error_way(drawing, node.id):
            message = f"What follows the error output of “{node.name}” never runs: on an error it does something else."
            yield drawing.warning(node, "error_output_off", message, "on_error")


def _has_error_way(drawing: Drawing, node_id: str) -> bool:
    return any(each.source_output == ERROR for each in drawing.outgoing.get(node_id, ()))


def retry_without_key(drawing: Drawing) -> Iterator[Fault]:
    """A request that changes something is sent again without a key by which the server could tell."""
    for node in drawing.enabled("http_request"):
        method = str(node.parameters.get("method", "GET")).upper()
        sends_key = node.parameters.get("idempotency_header", True) is not False
        if node.retry.enabled and method in _REPEATED and not sends_key:
            message = (
                f"“{node.name}” may be sent twice when it is tried again. Let it send an Idempotency-Key, or switch "
                "retries off."
            )
            yield drawing.warning(node, "retry_without_key", message, "retry")


def secret_in_parameters(drawing: Drawing) -> Iterator[Fault]:
    """A key typed into a header is shown to everybody who sees the workflow, and is part of every export."""
    for node in drawing.enabled("http_request"):
        headers = node.parameters.get("headers")
        for entry in headers if isinstance(headers, list) else ():
            if _is_typed_secret(entry):
                message = f"“{node.name}” has a secret among its headers. Keep it as a credential."
                yield drawing.warning(node, "secret_in_parameters", message, "parameters.headers")
                break


def _is_typed_secret(entry: Any) -> bool:
    if not isinstance(entry, dict) or str(entry.get("name", "")).strip().lower() not in _SECRET_HEADERS:
        return False
    value = entry.get("value")
    if not isinstance(value, str) or len(value.strip()) < _SHORTEST_SECRET:
        return False
    return not value.startswith("=") and _PLACEHOLDER.search(value) is None


ERROR_RULES = (error_output_open, error_output_off, retry_without_key, secret_in_parameters)

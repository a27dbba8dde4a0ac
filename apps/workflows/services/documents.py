"""Checking definitions: what may be saved, what may be run, what may be published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from apps.connections.public import credential_ids
from apps.core.public import dumps
from apps.workflows.engine.definition import Definition, parse_definition
from apps.workflows.engine.validation.document import validate
from apps.workflows.engine.validation.faults import Fault
from apps.workflows.engine.validation.shape import shape_faults
from apps.workflows.registry import find_node_type
from apps.workflows.services.script_syntax import script_syntax
from exprsn.kernel.errors import InvalidInput, TooLarge

MAX_REPORTED = 200

__all__ = [
    "check_document",
    "parse_definition",
    "require_publishable",
    "require_runnable",
    "validate_document",
]


def check_document(document: dict[str, Any]) -> dict[str, Any]:
    """The document if it may be saved: the right shape and size. Faults inside nodes may be saved."""
    most = settings.EXPRSN_DEFINITION_MAX_BYTES
    if len(dumps(document)) > most:
        raise TooLarge(f"A definition may have at most {most} bytes.", code="definition_too_large")
    faults = shape_faults(document)
    if faults:
        raise _refusal("The definition does not have the right shape; see errors.", faults)
    return {"schema_version": 1, **document}


def validate_document(organization_id: UUID, document: dict[str, Any]) -> list[Fault]:
    """Every fault of a document with its path, errors and warnings."""
    return validate(document, find_node_type, credential_ids(organization_id), script_syntax.check)


def require_publishable(organization_id: UUID, document: dict[str, Any]) -> Definition:
    """The definition, or the refusal that names every error (``definition_invalid``)."""
    errors = [fault for fault in validate_document(organization_id, document) if fault.severity == "error"]
    if errors:
        raise _refusal("The workflow has faults that must be mended before it can be published.", errors)
    return parse_definition(document)


def require_runnable(organization_id: UUID, document: dict[str, Any]) -> Definition:
    """The definition if it can be run by hand: the structure is sound; a fault in a node shows when it runs."""
    faults = validate_document(organization_id, document)
    errors = [fault for fault in faults if fault.severity == "error" and fault.is_structural]
    if errors:
        raise _refusal("The workflow cannot be run as it is; see errors.", errors)
    return parse_definition(document)


def _refusal(message: str, faults: list[Fault]) -> InvalidInput:
    errors: dict[str, list[str]] = {}
    for fault in faults[:MAX_REPORTED]:
        errors.setdefault(fault.path, []).append(fault.message)
    details = [fault.to_data() for fault in faults[:MAX_REPORTED]]
    return InvalidInput(message, code="definition_invalid", errors=errors, params={"faults": details})

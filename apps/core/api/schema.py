"""The OpenAPI document: what every operation has in common is added here, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema

from apps.core.api.pagination import KeysetPagination
from apps.core.api.pagination_schema import PAGE_INFOS

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PROBLEM = "Problem"
_WITH_BODY: dict[str, str] = {
    "400": "The request cannot be read: broken JSON, wrong encoding, NUL, a cursor or key that is none.",
    "413": "The body is larger than this endpoint takes.",
    "415": "The body is not JSON.",
    "422": "A value is wrong; `errors` names the places.",
}
_WITH_QUERY = {status: _WITH_BODY[status] for status in ("400", "422")}
_ALWAYS: dict[str, str] = {
    "401": "Nobody, or nobody believable, is asking.",
    "403": "You may not do this.",
    "406": "`Accept` asks for what is not offered.",
    "429": "Too many calls; `Retry-After` says when to come back.",
    "503": "A part that is needed is away; `Retry-After` says when to come back.",
}
_NOT_FOUND = {"404": "It does not exist, or not in your organization."}
_PRECONDITION = {
    "412": "Someone saved a newer version; `ETag` is its tag.",
    "428": "`If-Match` is missing.",
}
_CONFLICT = {
    "409": "The present state refuses this, someone wrote at the same moment, or the first request with this "
    "`Idempotency-Key` is still at work."
}

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A refusal (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do."},
        "code": {"type": "string", "description": "A stable machine word; see docs/errors.md."},
        "errors": {
            "type": "object",
            "description": "Messages by place, such as `definition.nodes[3].parameters.url`.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "request_id": {"type": "string"},
    },
    "additionalProperties": True,
    "examples": [
        {
            "type": "about:blank",
            "title": "Not found",
            "status": 404,
            "detail": "There is no such workflow.",
            "code": "workflow_not_found",
            "errors": {},
            "request_id": "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c",
        }
    ],
}


def _header(name: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "schema": {"type": "string", "maxLength": 255},
        "description": description,
    }


class ApiSchema(AutoSchema):
    """Describes a view; marks operations that are idempotent or need ``If-Match`` (``needs_if_match``)."""

    def _get_paginator(self) -> Any:
        # Every list of this API is a page, also where the view asks the paginator by hand.
        return super()._get_paginator() or KeysetPagination()  # type: ignore[no-untyped-call]

    def get_operation(self, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        """The operation, with marks for ``add_common_parts``."""
        operation: dict[str, Any] | None = super().get_operation(*arguments, **options)
        if operation is not None:
            handler = getattr(self.view, self.method.lower(), None)
            operation["x-idempotent"] = bool(getattr(handler, "is_idempotent", False))
            operation["x-needs-if-match"] = self.method == "PUT" and getattr(self.view, "needs_if_match", True)
        return operation


def add_common_parts(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: the problem schema, the common refusals and headers of every operation."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update({_PROBLEM: PROBLEM_SCHEMA, **PAGE_INFOS})
    components["responses"] = {**components.get("responses", {}), **_shared_responses()}
    components["headers"] = {
        "CorrelationId": {
            "description": "The request's id: the one that was sent if it is sane, else a new one.",
            "schema": {"type": "string", "maxLength": 128},
        }
    }
    for path, method, operation in _operations(result):
        _complete(path, method, operation)
    _let_anything_be_null(components["schemas"])
    return result


def _let_anything_be_null(schema: Any) -> None:
    """Anything or null is said as anything: of ``oneOf`` only one may fit, and null is anything, too."""
    for member in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _let_anything_be_null(member)
    if isinstance(schema, dict) and schema.get("oneOf") == [{}, {"type": "null"}]:
        del schema["oneOf"]


def _operations(result: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in result.get("paths", {}).items():
        for method, operation in item.items():
            if method in _METHODS:
                yield path, method, operation


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    idempotent = operation.pop("x-idempotent", False)
    needs_if_match = operation.pop("x-needs-if-match", False)
    responses = operation.setdefault("responses", {})
    for status in _refusals(path, method, operation, idempotent, needs_if_match):
        responses.setdefault(status, {"$ref": f"#/components/responses/Problem{status}"})
    for response in responses.values():
        if "$ref" not in response:
            headers = response.setdefault("headers", {})
            headers.setdefault("X-Correlation-ID", {"$ref": "#/components/headers/CorrelationId"})
    parameters = operation.setdefault("parameters", [])
    parameters.append(_header("X-Correlation-ID", "An id of yours for this request: up to 128 visible ASCII."))
    if operation.get("security"):
        parameters.append(_header("X-Organization", "Slug or id of the organization to act in, if not your own."))
    if idempotent:
        parameters.append(_header("Idempotency-Key", "Sent twice within 24 hours, carried out once."))
    if needs_if_match:
        parameters.append(_header("If-Match", "The `ETag` that your change is based on.", required=True))


def _refusals(
    path: str, method: str, operation: dict[str, Any], idempotent: bool, needs_if_match: bool
) -> dict[str, str]:
    refusals = dict(_ALWAYS)
    if "requestBody" in operation or idempotent:
        refusals |= _WITH_BODY
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        refusals |= _WITH_QUERY
    # Whoever may act in several organizations names one, and that may be none of theirs.
    if "{" in path or operation.get("security"):
        refusals |= _NOT_FOUND
    if method not in ("get", "head", "options"):
        refusals |= _CONFLICT
    if needs_if_match:
        refusals |= _PRECONDITION
    return refusals


def _shared_responses() -> dict[str, Any]:
    every = {**_ALWAYS, **_WITH_BODY, **_NOT_FOUND, **_PRECONDITION, **_CONFLICT}
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{_PROBLEM}"}}}
    correlation = {"X-Correlation-ID": {"$ref": "#/components/headers/CorrelationId"}}
    return {
        f"Problem{status}": {"description": description, "content": content, "headers": correlation}
        for status, description in sorted(every.items())
    }

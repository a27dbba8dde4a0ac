"""Refusals of webhook calls as problem documents."""

from __future__ import annotations

from apps.core.public import dumps, problem_document
from apps.workflows.serving.webhook_types import WebhookAnswer
from exprsn.kernel.errors import DomainError

_BEARER = "webhook_token_"


def refusal(error: DomainError, correlation_id: str) -> WebhookAnswer:
    """What a caller is told whose call was refused."""
    headers = {}
    if "retry_after" in error.params:
        headers["Retry-After"] = str(error.params["retry_after"])
    if error.http_status == 401:
        scheme = "Bearer" if error.code.startswith(_BEARER) else "Basic"
        headers["WWW-Authenticate"] = f'{scheme} realm="webhook"'
    body = dumps(problem_document(error, request_id=correlation_id))
    return WebhookAnswer(error.http_status, body, "application/problem+json", headers)

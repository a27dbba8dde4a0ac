"""Who may call a webhook: nobody asked, basic or header credentials."""

from __future__ import annotations

import base64
import binascii
from hmac import compare_digest

from apps.connections.public import CredentialSecret, credential_for_use
from apps.workflows.serving.routes import Route
from apps.workflows.serving.webhook_types import WebhookCall
from exprsn.kernel.errors import NotAuthenticated, Unavailable


def check_caller(route: Route, call: WebhookCall) -> None:
    """Refuse a call without the credentials that the trigger names (``webhook_unauthorized``)."""
    auth = route.parameters.get("auth", "none")
    if auth == "none":
        return
    credential_id = next(iter(route.credentials.values()), None)
    if credential_id is None:
        raise Unavailable("This webhook asks for a credential that is not set.", code="webhook_misconfigured")
    secret = credential_for_use(route.organization_id, credential_id)
    fits = _basic_fits(secret, call) if auth == "basic" else _header_fits(secret, call)
    if not fits:
        raise NotAuthenticated("This webhook asks for other credentials.", code="webhook_unauthorized")


def _header_fits(secret: CredentialSecret, call: WebhookCall) -> bool:
    given = call.headers.get(secret.fields.get("name", "").lower(), "")
    return compare_digest(given.encode(), secret.fields.get("value", "").encode())


def _basic_fits(secret: CredentialSecret, call: WebhookCall) -> bool:
    scheme, _, encoded = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        given = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return False
    wanted = f"{secret.fields.get('username', '')}:{secret.fields.get('password', '')}"
    return compare_digest(given, wanted.encode())

"""Who may call a webhook: from which address, and with which proof."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from hmac import compare_digest
from typing import Any

from apps.connections.public import credential_for_use
from apps.workflows.engine.allow_lists import address_allowed
from apps.workflows.serving.routes import Route
from apps.workflows.serving.signatures import check_signature
from apps.workflows.serving.tokens import check_token
from apps.workflows.serving.webhook_types import WebhookCall
from exprsn.kernel.errors import NotAllowed, NotAuthenticated, Unavailable

Facts = dict[str, Any]


def check_caller(route: Route, call: WebhookCall) -> Facts:
    """Refuse a call from elsewhere (``address_not_allowed``) or without the proof that the trigger asks for
    (``webhook_unauthorized``, ``webhook_signature_…``, ``webhook_token_…``). Answers what the proof adds to the item.
    """
    addresses = route.parameters.get("allowed_addresses") or ""
    if addresses and not address_allowed(str(addresses), call.remote_address):
        raise NotAllowed("Calls from your address are not taken here.", code="address_not_allowed")
    auth = route.parameters.get("auth", "none")
    if auth == "none":
        return {}
    check = _CHECKS.get(str(auth))
    credential_id = route.credentials.get(str(auth))
    if check is None or credential_id is None:
        raise _misconfigured()
    secret = credential_for_use(route.organization_id, credential_id)
    if secret.kind != auth:
        raise _misconfigured()
    return check(secret.fields, call)


def _header(fields: Mapping[str, str], call: WebhookCall) -> Facts:
    given = call.headers.get(fields.get("name", "").lower(), "")
    return _unless(compare_digest(given.encode(), fields.get("value", "").encode()))


def _basic(fields: Mapping[str, str], call: WebhookCall) -> Facts:
    scheme, _, encoded = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return _unless(False)
    try:
        given = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return _unless(False)
    wanted = f"{fields.get('username', '')}:{fields.get('password', '')}"
    return _unless(compare_digest(given, wanted.encode()))


def _unless(fits: bool) -> Facts:
    if not fits:
        raise NotAuthenticated("This webhook asks for other credentials.", code="webhook_unauthorized")
    return {}


def _signed(fields: Mapping[str, str], call: WebhookCall) -> Facts:
    check_signature(fields, call)
    return {}


def _token(fields: Mapping[str, str], call: WebhookCall) -> Facts:
    return {"jwt": check_token(fields, call)}


_CHECKS: Mapping[str, Callable[[Mapping[str, str], WebhookCall], Facts]] = {
    "basic": _basic,
    "header": _header,
    "hmac": _signed,
    "jwt": _token,
}


def _misconfigured() -> Unavailable:
    return Unavailable("This webhook asks for a credential that is not set.", code="webhook_misconfigured")

"""Calls that carry a signed token (JWT)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from apps.workflows.serving.webhook_types import WebhookCall
from exprsn.kernel.errors import NotAuthenticated, Unavailable

MAX_TOKEN = 16_000
# The first that fits counts: some are special cases of others.
_WORDS: tuple[tuple[type[Exception], str, str], ...] = (
    (jwt.ExpiredSignatureError, "expired", "This token is over. Get a new one."),
    (jwt.ImmatureSignatureError, "not_yet_valid", "This token is not valid yet."),
    (jwt.InvalidIssuerError, "wrong_issuer", "This token was issued by somebody else."),
    (jwt.InvalidAudienceError, "wrong_audience", "This token is for somebody else."),
    (jwt.MissingRequiredClaimError, "claim_missing", "This token lacks a claim that the webhook asks for."),
    (jwt.InvalidAlgorithmError, "wrong_algorithm", "This token is signed in another way than the webhook asks for."),
)


def check_token(fields: Mapping[str, str], call: WebhookCall) -> dict[str, Any]:
    """The claims of the call's token. Refuses with ``webhook_token_…``: ``missing``, ``invalid``, and those above.

    The algorithm is the credential's. What the token says of its own algorithm or key decides nothing.
    """
    token = _token_of(fields["header"], call)
    key = fields["key"].replace("\\n", "\n").strip() if "-----BEGIN" in fields["key"] else fields["key"]
    issuer, audience = fields["issuer"] or None, fields["audience"] or None
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[fields["algorithm"]],
            issuer=issuer,
            audience=audience,
            leeway=_seconds(fields["leeway"]),
            options={
                "verify_aud": audience is not None,
                "verify_iss": issuer is not None,
                "require": [name for name, wanted in (("iss", issuer), ("aud", audience)) if wanted],
            },
        )
    except jwt.InvalidKeyError as error:
        raise _unusable() from error
    except jwt.PyJWTError as error:
        raise _refused(error) from error
    except (ValueError, TypeError) as error:
        # A key in PEM that cannot be read.
        raise _unusable() from error
    return claims


def _token_of(header: str, call: WebhookCall) -> str:
    given = call.headers.get(header.lower(), "").strip()
    if header.lower() == "authorization":
        scheme, _, given = given.partition(" ")
        given = given.strip() if scheme.lower() == "bearer" else ""
    if not given:
        raise NotAuthenticated("This webhook asks for a token.", code="webhook_token_missing")
    if len(given) > MAX_TOKEN:
        raise NotAuthenticated("This token is too long.", code="webhook_token_invalid")
    return given


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 60


def _refused(error: Exception) -> NotAuthenticated:
    for kind, word, message in _WORDS:
        if isinstance(error, kind):
            return NotAuthenticated(message, code=f"webhook_token_{word}")
    return NotAuthenticated("This token is not right.", code="webhook_token_invalid")


def _unusable() -> Unavailable:
    return Unavailable("The key of this webhook's credential does not fit its algorithm.", code="webhook_misconfigured")

"""The links in mails about approvals: signed, each for one approval and one person."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from exprsn.kernel.errors import NotFound

_SIGNER = Signer(salt="exprsn.approval", sep=".")


def link_for(approval_id: UUID, user_id: UUID) -> str:
    """The address at which this person decides without signing in."""
    return settings.EXPRSN_PUBLIC_URL + reverse(
        "approval-link", args=[_SIGNER.sign(f"{approval_id.hex}-{user_id.hex}")]
    )


def approval_and_user(token: str) -> tuple[UUID, UUID]:
    """What a link is for. Raises ``approval_not_found`` for one that we did not give out."""
    try:
        approval, _, user = _SIGNER.unsign(token).partition("-")
        return UUID(hex=approval), UUID(hex=user)
    except (BadSignature, ValueError):
        raise NotFound(
            "This link is not one that we sent. Check that it is complete.", code="approval_not_found"
        ) from None

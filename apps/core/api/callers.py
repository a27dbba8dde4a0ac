"""Who is calling, as words to keep things apart by: idempotency keys, cached answers."""

from __future__ import annotations

from rest_framework.request import Request


def organization_of(request: Request) -> str:
    """The id of the organization that the caller acts in; empty for anonymous calls."""
    if not request.user or not request.user.is_authenticated:
        return ""
    raw = request._request
    # Set by whoever authenticates, else offered by the organization middleware.
    actor = getattr(raw, "actor", None) or getattr(raw, "actor_lazily", None)
    return str(getattr(actor, "organization_id", ""))


def caller_of(request: Request) -> list[str]:
    """User and organization, else the address."""
    if request.user and request.user.is_authenticated:
        return [str(request.user.pk), organization_of(request)]
    return ["address", str(request._request.META.get("REMOTE_ADDR"))]

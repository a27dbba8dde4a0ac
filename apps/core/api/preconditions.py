"""``ETag``, ``If-Match`` and ``If-None-Match`` (RFC 9110, sections 8.8.3 and 13.1)."""

from __future__ import annotations

import hashlib
from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.request import Request

from exprsn.kernel.errors import StaleWrite


class PreconditionRequired(APIException):
    """A write that replaces a document must say what it was based on."""

    status_code = 428
    default_detail = "Send the document's ETag as If-Match, so that nobody's newer save is overwritten."


def etag_for(*parts: Any) -> str:
    """A short tag that changes when one of ``parts`` does: an id, a version, a time of change."""
    joined = "\x1f".join(map(str, parts))
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:32]


def quoted_etag(tag: str) -> str:
    """A tag as the header wants it."""
    return f'"{tag}"'


def _tags(raw: str) -> list[str]:
    # Proxies that compress make our strong tags weak; the comparison forgives that.
    return [tag.strip().removeprefix("W/").strip('"') for tag in raw.split(",") if tag.strip()]


def required_if_match(request: Request) -> tuple[str, ...]:
    """The tags that the client sent as ``If-Match``, without quotes, any of which will do; 428 for none."""
    tags = _tags(request.headers.get("If-Match", ""))
    if not tags:
        raise PreconditionRequired
    return tuple(tags)


def check_if_match(request: Request, current: str, *, required: bool = False) -> None:
    """Refuse a write that was not based on the ``current`` tag: 412 ``stale_write`` with that tag.

    Without ``If-Match`` the write goes through, unless it is ``required``: then 428 ``if_match_required``.
    ``*`` fits every existing document.
    """
    tags = _tags(request.headers.get("If-Match", ""))
    if not tags:
        if required:
            raise PreconditionRequired
        return
    if current not in tags and "*" not in tags:
        raise StaleWrite(
            "Someone saved a newer version. Read it again and repeat your change.", params={"etag": current}
        )


def is_not_modified(request: Request, current: str) -> bool:
    """Whether the client has this version already (``If-None-Match``): answer 304 without a body."""
    tags = _tags(request.headers.get("If-None-Match", ""))
    return current in tags or "*" in tags

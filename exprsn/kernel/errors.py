"""The one tree of errors that users can meet.

``DomainError(code, category, params)`` is raised by services and engines; edges translate it:
HTTP status in the API's exception handler, close codes in consumers, exit codes in commands.

    DomainError
    ├── InvalidInput        422  the shape or a value is wrong; ``errors`` names the places
    ├── MalformedInput      400  it could not even be read
    ├── NotAuthenticated    401
    ├── NotAllowed          403
    ├── NotFound            404  also for things of other organizations
    ├── Conflict            409
    ├── StaleWrite          412  someone saved before you; ``params["etag"]`` is the current tag
    ├── TooLarge            413
    ├── WrongMediaType      415
    ├── RateLimited         429  ``params["retry_after"]`` seconds
    ├── Unavailable         503  ``params["retry_after"]`` seconds
    └── UpstreamFailed      502  something outside answered badly or not at all
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar


class Category(StrEnum):
    """What kind of refusal an error is; each edge maps it to its own numbers."""

    INVALID = "invalid"
    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    STALE = "stale"
    TOO_LARGE = "too_large"
    MEDIA_TYPE = "media_type"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    UPSTREAM = "upstream"


HTTP_STATUS: Mapping[Category, int] = {
    Category.INVALID: 422,
    Category.MALFORMED: 400,
    Category.UNAUTHENTICATED: 401,
    Category.FORBIDDEN: 403,
    Category.NOT_FOUND: 404,
    Category.CONFLICT: 409,
    Category.STALE: 412,
    Category.TOO_LARGE: 413,
    Category.MEDIA_TYPE: 415,
    Category.RATE_LIMITED: 429,
    Category.UNAVAILABLE: 503,
    Category.UPSTREAM: 502,
}

EXIT_CODES: Mapping[Category, int] = {
    Category.INVALID: 2,
    Category.MALFORMED: 2,
    Category.UNAUTHENTICATED: 3,
    Category.FORBIDDEN: 3,
    Category.NOT_FOUND: 4,
    Category.CONFLICT: 5,
    Category.STALE: 5,
    Category.TOO_LARGE: 2,
    Category.MEDIA_TYPE: 2,
    Category.RATE_LIMITED: 6,
    Category.UNAVAILABLE: 7,
    Category.UPSTREAM: 7,
}


class DomainError(Exception):
    """A refusal with a stable machine word, a sentence for people and, where known, the places.

    ``code``     stable word such as ``workflow_not_found``
    ``message``  one or two sentences that say what is wrong and what to do
    ``errors``   path → messages, for instance ``{"definition.nodes[3].parameters.url": ["Required."]}``
    ``params``   further facts for programs; never secrets
    """

    category: ClassVar[Category] = Category.INVALID
    default_code: ClassVar[str] = "invalid"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        errors: Mapping[str, Sequence[str]] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.errors: dict[str, list[str]] = {path: list(found) for path, found in (errors or {}).items()}
        self.params: dict[str, Any] = dict(params or {})

    @property
    def http_status(self) -> int:
        """The HTTP status that this refusal is answered with."""
        return HTTP_STATUS[self.category]

    @property
    def exit_code(self) -> int:
        """The process exit code that a command ends with."""
        return EXIT_CODES[self.category]


class InvalidInput(DomainError):
    """The input was read but a value or its shape is wrong."""


class MalformedInput(DomainError):
    """The input could not be read at all (broken JSON, wrong encoding)."""

    category = Category.MALFORMED
    default_code = "malformed"


class NotAuthenticated(DomainError):
    """Nobody, or nobody believable, is asking."""

    category = Category.UNAUTHENTICATED
    default_code = "not_authenticated"


class NotAllowed(DomainError):
    """The actor is known but may not do this."""

    category = Category.FORBIDDEN
    default_code = "permission_denied"


class NotFound(DomainError):
    """It does not exist, or not for this actor."""

    category = Category.NOT_FOUND
    default_code = "not_found"


class Conflict(DomainError):
    """The present state refuses this."""

    category = Category.CONFLICT
    default_code = "conflict"


class StaleWrite(DomainError):
    """The document changed since it was read."""

    category = Category.STALE
    default_code = "stale_write"


class TooLarge(DomainError):
    """More bytes, nodes or levels than the limit allows."""

    category = Category.TOO_LARGE
    default_code = "too_large"


class WrongMediaType(DomainError):
    """The body is of a kind that this endpoint does not take."""

    category = Category.MEDIA_TYPE
    default_code = "unsupported_media_type"


class RateLimited(DomainError):
    """Too many calls; ``params["retry_after"]`` says when to come back."""

    category = Category.RATE_LIMITED
    default_code = "rate_limited"


class Unavailable(DomainError):
    """A part that is needed is away or full; ``params["retry_after"]`` says when to come back."""

    category = Category.UNAVAILABLE
    default_code = "service_unavailable"


class UpstreamFailed(DomainError):
    """Something outside of the product failed."""

    category = Category.UPSTREAM
    default_code = "upstream_failed"

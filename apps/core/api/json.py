"""JSON in and out of the API: strict parsing with a place in the refusal, fast rendering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from apps.core.services.jsontext import dumps, loads_untrusted
from exprsn.kernel.errors import TooLarge


class StrictJsonParser(BaseParser):
    """UTF-8 JSON: no NaN, NUL or lone surrogate, bounded depth and size; else 400 or 413 with the place.

    A view sets ``max_body_bytes`` for a limit other than ``EXPRSN_BODY_MAX_BYTES``.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        context = parser_context or {}
        limit = getattr(context.get("view"), "max_body_bytes", settings.EXPRSN_BODY_MAX_BYTES)
        # One byte more than allowed tells enough; the rest is never read into memory.
        data = b"" if _announced(context) > limit else stream.read(limit + 1)
        if len(data) > limit or _announced(context) > limit:
            raise TooLarge(f"The body is larger than {limit} bytes.", code="body_too_large", params={"limit": limit})
        return self.read(data) if data.strip() else {}

    def read(self, data: bytes) -> Any:
        """The value of a body that is not empty."""
        return loads_untrusted(data, refuse_nul=True)


def _announced(context: Mapping[str, Any]) -> int:
    raw = context["request"].META.get("CONTENT_LENGTH") if "request" in context else None
    return int(raw) if raw and str(raw).isdigit() else 0


class OrjsonRenderer(BaseRenderer):
    """JSON answers by orjson."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else dumps(data)

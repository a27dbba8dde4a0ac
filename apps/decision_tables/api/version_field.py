"""How a version is named in bodies and queries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.decision_tables.contracts import DRAFT, PUBLISHED
from apps.decision_tables.services.choosing import MAX_NUMBER, VersionKey

_SCHEMA = {
    "oneOf": [
        {"type": "string", "enum": [DRAFT, PUBLISHED]},
        {"type": "integer", "minimum": 1, "maximum": MAX_NUMBER},
    ]
}


@extend_schema_field(_SCHEMA)
class VersionField(serializers.Field[Any, Any, Any, Any]):
    """The number of a version, ``draft`` or ``published``."""

    default_error_messages = {
        "invalid": _("Give the number of a version, “draft” or “published”."),
    }

    def to_internal_value(self, data: Any) -> VersionKey:
        if data == DRAFT:
            return DRAFT
        if data == PUBLISHED:
            return PUBLISHED
        number = self._number(data)
        if number is None:
            self.fail("invalid")
        return number

    def to_representation(self, value: Any) -> Any:
        return value

    def _number(self, data: Any) -> int | None:
        if isinstance(data, str) and data.isascii() and data.isdecimal() and len(data) <= 10:
            data = int(data)
        fits = isinstance(data, int) and not isinstance(data, bool) and 1 <= data <= MAX_NUMBER
        return data if fits else None

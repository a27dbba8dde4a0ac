"""Fields that carry parts of a document as they are: what they hold is checked where it is kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

OBJECT = {"type": "object", "additionalProperties": True}


class _Carried(serializers.Field[Any, Any, Any, Any]):
    """A value of one JSON type, carried whole; its members are never walked through here."""

    kind: type = dict

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, self.kind):
            self.fail("invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field(OBJECT)
class ObjectField(_Carried):
    """An object."""

    default_error_messages = {"invalid": _("This must be an object.")}


@extend_schema_field({"type": "array", "items": OBJECT})
class ObjectsField(_Carried):
    """A list of objects."""

    kind = list
    default_error_messages = {"invalid": _("This must be a list of objects.")}

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        if not all(isinstance(member, dict) for member in found):
            self.fail("invalid")
        return found

"""Shapes of the credentials API: what goes in is checked here for its type, by the service for its sense."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.connections.constants import MAX_FIELD, MAX_NAME, CredentialKind
from apps.connections.models import Credential
from apps.core.api.pagination_schema import WholeListInfoSerializer


class CredentialSerializer(serializers.ModelSerializer[Credential]):
    """A credential without its values."""

    class Meta:
        model = Credential
        fields = ("id", "name", "kind", "created_at", "updated_at")
        read_only_fields = fields


class CredentialFieldSerializer(serializers.Serializer[Any]):
    """A field of a kind; what is secret is never shown again."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the framework takes it away from the class
    secret = serializers.BooleanField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    default = serializers.CharField(allow_blank=True)
    options = serializers.ListField(child=serializers.CharField())
    multiline = serializers.BooleanField(help_text="A text of several lines.")


class CredentialTypeSerializer(serializers.Serializer[Any]):
    """A kind of credential."""

    kind = serializers.ChoiceField(choices=CredentialKind.choices)
    name = serializers.CharField()
    fields = CredentialFieldSerializer(many=True)  # type: ignore[assignment]


class CredentialTypesSerializer(serializers.Serializer[Any]):
    """All kinds."""

    items = CredentialTypeSerializer(many=True)
    page_info = WholeListInfoSerializer()


class CredentialTestSerializer(serializers.Serializer[Any]):
    """What trying a credential out came to; without ``ok``, ``code`` and ``message`` say why."""

    ok = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True)
    message = serializers.CharField(allow_blank=True)


class TextField(serializers.CharField):
    """A text and nothing that could be made one: a number as a password is a mistake of the caller."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class CredentialNewSerializer(serializers.Serializer[Any]):
    """A new credential; ``fields`` are those that `/credential-types/` names for the kind."""

    name = TextField(max_length=MAX_NAME)
    kind = serializers.ChoiceField(choices=CredentialKind.choices)
    fields = serializers.DictField(  # type: ignore[assignment]  # the framework takes it away from the class
        child=TextField(max_length=MAX_FIELD, allow_blank=True, trim_whitespace=False)
    )


class CredentialChangeSerializer(serializers.Serializer[Any]):
    """Another name, or other values; what is left out or empty stays."""

    name = TextField(max_length=MAX_NAME, required=False)
    fields = serializers.DictField(  # type: ignore[assignment]
        child=TextField(max_length=MAX_FIELD, allow_blank=True, trim_whitespace=False), required=False
    )

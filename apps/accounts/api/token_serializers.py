"""Shapes of the accounts API: tokens and the audit log."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.accounts.constants import Scope
from apps.accounts.models import ApiToken, AuditEvent

MAX_USES = 2_147_483_647


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token, without its secret."""

    class Meta:
        model = ApiToken
        fields = (
            "id", "name", "hint", "scopes", "expires_at", "use_limit", "use_count", "last_used_at", "revoked_at",
            "created_at",
        )  # fmt: skip
        read_only_fields = fields


class TokenCreateSerializer(serializers.Serializer[Any]):
    """A new token."""

    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), min_length=1, max_length=4)
    expires_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    use_limit = serializers.IntegerField(min_value=1, max_value=MAX_USES, required=False, allow_null=True, default=None)


class TokenCreatedSerializer(TokenSerializer):
    """A new token with its secret, shown this once."""

    token = serializers.CharField(read_only=True)

    class Meta:
        model = TokenSerializer.Meta.model
        fields = (*TokenSerializer.Meta.fields, "token")
        read_only_fields = fields


class AuditEventSerializer(serializers.ModelSerializer[AuditEvent]):
    """Who did what to which object, when, from where."""

    class Meta:
        model = AuditEvent
        fields = (
            "id", "occurred_at", "actor_kind", "actor_id", "actor_label", "verb", "object_type", "object_id",
            "object_name", "changes", "ip", "correlation_id",
        )  # fmt: skip
        read_only_fields = fields

"""Shapes of edits of shared documents by operations, the same for every kind. Shape only: the operations decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers

# The limits of ``apps.collaboration.constants``, said in the OpenAPI document.
MAX_OPERATIONS = 50
MAX_PATH_PARTS = 16
MAX_PATH_PART = 500
MAX_NUMBER = 2**53 - 1


class OperationIdField(serializers.UUIDField):
    """A UUID as text; numbers, of which UUIDs could be made too, would be taken for repeats of each other."""

    def to_internal_value(self, data: Any) -> UUID:
        """The id that was sent."""
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return UUID(str(super().to_internal_value(data)))


class OperationSerializer(serializers.Serializer[Any]):
    """One edit. Leave ``new`` out, or send null, to remove."""

    op_id = OperationIdField(help_text="Made by the client; an operation sent twice is taken once.")
    type = serializers.CharField(max_length=40)
    path = serializers.ListField(
        child=serializers.CharField(max_length=MAX_PATH_PART, allow_blank=True, trim_whitespace=False),
        max_length=MAX_PATH_PARTS,
    )
    new = serializers.JSONField(required=False, allow_null=True, default=None)


class OperationBatchSerializer(serializers.Serializer[Any]):
    """Edits that are taken together or not at all."""

    base_seq = serializers.IntegerField(min_value=0, max_value=MAX_NUMBER)
    epoch = serializers.IntegerField(
        min_value=1, max_value=MAX_NUMBER, required=False, default=None, allow_null=True,
        help_text="Of the document that was read. Leave it out for edits that fit whatever the document is now.",
    )  # fmt: skip
    client_id = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    ops = serializers.ListField(child=OperationSerializer(), allow_empty=False, max_length=MAX_OPERATIONS)


class UndoSerializer(serializers.Serializer[Any]):
    """Which of one's own edits to take back."""

    seq = serializers.IntegerField(min_value=1, max_value=MAX_NUMBER)
    op_id = OperationIdField(required=False, help_text="Makes sending twice harmless.")
    client_id = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")


class EventQuerySerializer(serializers.Serializer[Any]):
    """Which part of the log."""

    after = serializers.IntegerField(min_value=0, max_value=MAX_NUMBER, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=500, default=100)


class EventSerializer(serializers.Serializer[Any]):
    """One edit as it was recorded."""

    seq = serializers.IntegerField()
    op_id = serializers.UUIDField()
    type = serializers.CharField()
    path = serializers.ListField(child=serializers.CharField())
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)
    actor = serializers.UUIDField(allow_null=True, help_text="The person; null for the product itself.")
    actor_kind = serializers.CharField(help_text="`user`, `api`, `ai` or `system`.")
    client_id = serializers.CharField(allow_blank=True)
    timestamp = serializers.DateTimeField()
    undo_of = serializers.IntegerField(allow_null=True)


class EventPageSerializer(serializers.Serializer[Any]):
    """Events in order, and how far the document has come."""

    seq = serializers.IntegerField()
    epoch = serializers.IntegerField()
    events = EventSerializer(many=True)
    has_more = serializers.BooleanField()


class DocumentSerializer(serializers.Serializer[Any]):
    """A document with the number of the last event in it."""

    seq = serializers.IntegerField()
    epoch = serializers.IntegerField()
    state = serializers.DictField()

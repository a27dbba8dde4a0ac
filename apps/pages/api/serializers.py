"""Shapes of the forms API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.pages.contracts.fields import FIELD_TYPE_CHOICES
from apps.pages.models import Form, FormSubmission


class FormOptionSerializer(serializers.Serializer[Any]):
    """One choice."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the framework takes it away from the class


class FormFieldSerializer(serializers.Serializer[Any]):
    """One declared field; what is not declared is left out."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.ChoiceField(choices=FIELD_TYPE_CHOICES, required=False)
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]
    options = FormOptionSerializer(many=True, required=False)
    placeholder = serializers.CharField(required=False)
    help = serializers.CharField(required=False)
    default = serializers.JSONField(required=False)
    min = serializers.JSONField(required=False)
    max = serializers.JSONField(required=False)
    min_length = serializers.IntegerField(required=False)
    max_length = serializers.IntegerField(required=False)
    pattern = serializers.CharField(required=False)


class FormSerializer(serializers.ModelSerializer[Form]):
    """A form; ``path`` is where it is hosted while it is open."""

    path = serializers.CharField(read_only=True)
    fields = FormFieldSerializer(many=True, read_only=True)  # type: ignore[assignment]

    class Meta:
        model = Form
        fields = (
            "id", "slug", "path", "name", "title", "description", "fields", "submit_label", "thanks", "redirect_url",
            "response_mode", "status", "owner_type", "owner_id", "owner_part", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class FormSubmissionSerializer(serializers.ModelSerializer[FormSubmission]):
    """What was sent; ``reference`` is what it started, such as the id of an execution."""

    data = serializers.DictField(read_only=True)  # type: ignore[assignment]  # the framework takes it away

    class Meta:
        model = FormSubmission
        fields = ("id", "form", "status", "data", "received_at", "reference")
        read_only_fields = fields


class SubmitSerializer(serializers.Serializer[Any]):
    """Answers by the names of the fields."""

    data = serializers.DictField()  # type: ignore[assignment]  # the framework takes it away from the class


class SubmittedSerializer(serializers.Serializer[Any]):
    """The submission that was accepted."""

    submission = FormSubmissionSerializer()

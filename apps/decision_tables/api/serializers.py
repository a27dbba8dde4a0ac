"""Shapes of the decision tables API. Shape only: services decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.decision_tables.api.fields import ObjectField, ObjectsField
from apps.decision_tables.contracts import DOCUMENT_MEMBERS, empty_document
from apps.decision_tables.models import DecisionTable, DecisionTableVersion
from apps.decision_tables.models.table import MAX_NAME
from apps.decision_tables.services.drafts import draft_of

NAME = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
NAME_RULE: dict[str, Any] = {
    "invalid": "Use lower-case letters and digits, with single hyphens or underscores between them."
}
# The messages of these are the engine's.
_HIT_POLICY = "UNIQUE, FIRST (the default), PRIORITY, ANY, COLLECT, RULE_ORDER or OUTPUT_ORDER."
_AGGREGATION = "For COLLECT: sum, min, max, count or list."


def name_field(**options: Any) -> serializers.RegexField:
    """The name of a table."""
    return serializers.RegexField(NAME, max_length=MAX_NAME, error_messages=NAME_RULE, **options)


class DocumentPartsSerializer(serializers.Serializer[Any]):
    """The members of a table's document."""

    hit_policy = serializers.CharField(required=False, max_length=20, help_text=_HIT_POLICY)
    aggregation = serializers.CharField(required=False, max_length=10, allow_null=True, help_text=_AGGREGATION)
    input_columns = ObjectsField(required=False)
    output_columns = ObjectsField(required=False)
    rules = ObjectsField(required=False)
    default_outputs = ObjectField(required=False)
    metadata = ObjectField(required=False)
    requires = ObjectsField(required=False)


class TableWriteSerializer(DocumentPartsSerializer):
    """A whole table, or changes to one."""

    name = name_field(required=False)
    # A serializer has an attribute of this name too; declared fields are kept apart from attributes.
    label = serializers.CharField(max_length=200, required=False)  # type: ignore[assignment]
    description = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    application = serializers.SlugField(max_length=100, required=False, allow_blank=True)


class TableNewSerializer(TableWriteSerializer):
    """A new table; of name and label one is enough."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """It is called something."""
        if "name" not in attrs and "label" not in attrs:
            raise serializers.ValidationError({"label": _("Give a label or a name.")})
        return attrs


class TableListSerializer(serializers.ModelSerializer[DecisionTable]):
    """A table in a list: everything but its document."""

    aggregation = serializers.SerializerMethodField()
    input_columns = ObjectsField(source="inputs", read_only=True, help_text="Name, type and label of each.")
    output_columns = ObjectsField(source="outputs", read_only=True, help_text="Name, type and label of each.")
    version = serializers.IntegerField(
        source="draft_number", read_only=True, help_text="The number that the draft has or will have as a version."
    )
    published_version = serializers.IntegerField(
        source="published.number", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = DecisionTable
        fields = (
            "id", "organization", "name", "label", "description", "application", "hit_policy", "aggregation",
            "input_columns", "output_columns", "rule_count", "version", "published_version", "created_by", "updated_by",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_aggregation(self, table: DecisionTable) -> str | None:
        """None when there is none."""
        return table.aggregation or None


class TableSerializer(TableListSerializer):
    """A table whole: its row and its draft."""

    input_columns = ObjectsField(read_only=True)
    output_columns = ObjectsField(read_only=True)
    rules = ObjectsField(read_only=True)
    default_outputs = ObjectField(read_only=True)
    metadata = ObjectField(read_only=True)
    requires = ObjectsField(read_only=True)

    class Meta:
        model = TableListSerializer.Meta.model
        fields = (
            *TableListSerializer.Meta.fields,
            "rules", "default_outputs", "metadata", "requires",
        )  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance: DecisionTable) -> dict[str, Any]:
        """The row's fields, then those of the draft."""
        told = TableListSerializer(instance).data
        document = {**empty_document(), **draft_of(instance)}
        rules = [{"priority": row, **rule} for row, rule in enumerate(document["rules"], 1)]
        return {**told, **{name: document[name] for name in DOCUMENT_MEMBERS}, "rules": rules}


class TableVersionSerializer(serializers.ModelSerializer[DecisionTableVersion]):
    """One version of a table, without its document. ``author`` is the e-mail address."""

    author = serializers.CharField(source="author.email", read_only=True, default="")
    is_published = serializers.SerializerMethodField()
    override_failing_tests = serializers.BooleanField(source="tests_overridden", read_only=True)

    class Meta:
        model = DecisionTableVersion
        fields = (
            "id", "number", "message", "author", "hit_policy", "rule_count", "override_failing_tests",
            "is_published", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_is_published(self, version: DecisionTableVersion) -> bool:
        """Whether it is the one that is evaluated."""
        return version.table.published_id == version.id


class TableVersionDetailSerializer(TableVersionSerializer):
    """A version with its document."""

    document = ObjectField(read_only=True, source="document.value")

    class Meta:
        model = TableVersionSerializer.Meta.model
        fields = (*TableVersionSerializer.Meta.fields, "document")
        read_only_fields = fields


def split(data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """``(fields of the row, members of the document)`` of what was sent."""
    members = {name: data[name] for name in DOCUMENT_MEMBERS if name in data}
    return {name: value for name, value in data.items() if name not in members}, members


class CopyTableSerializer(serializers.Serializer[Any]):
    """How the copy is called; left out: much as the original is."""

    name = name_field(required=False)
    label = serializers.CharField(max_length=200, required=False)  # type: ignore[assignment]

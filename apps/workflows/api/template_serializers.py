"""Shapes of the gallery."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.pagination_schema import WholeListInfoSerializer
from apps.workflows.services.gallery import TemplateCategory


class TemplateNodeTypeSerializer(serializers.Serializer[Any]):
    """A node type that an example uses, and its look."""

    type = serializers.CharField()
    name = serializers.CharField()
    icon = serializers.CharField()
    color = serializers.CharField()


class TemplateSummarySerializer(serializers.Serializer[Any]):
    """An example in the list."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    description = serializers.CharField()
    category = serializers.ChoiceField(choices=TemplateCategory.choices)
    category_name = serializers.CharField()
    needs = serializers.ListField(
        child=serializers.CharField(), help_text="What has to be put in before it is of real use; trying it needs none."
    )
    node_count = serializers.IntegerField(help_text="Sticky notes are not counted.")
    node_types = TemplateNodeTypeSerializer(many=True, help_text="Each once, from left to right.")


class TemplateSerializer(TemplateSummarySerializer):
    """An example whole."""

    definition = serializers.DictField()


class TemplatesSerializer(serializers.Serializer[Any]):
    """All of them."""

    items = TemplateSummarySerializer(many=True)
    page_info = WholeListInfoSerializer()


class UseTemplateSerializer(serializers.Serializer[Any]):
    """How the new workflow is called; left out: as the example is."""

    name = serializers.CharField(min_length=2, max_length=100, required=False)

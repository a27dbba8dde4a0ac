"""Shapes of what there is to build with, and of what an import comes to. For the OpenAPI document only."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from apps.core.api.pagination_schema import WholeListInfoSerializer
from apps.workflows.api.serializers import WorkflowSerializer


class NodeOptionSerializer(serializers.Serializer[Any]):
    """One choice of a parameter."""

    name = serializers.CharField()
    value = serializers.JSONField()
    description = serializers.CharField(allow_blank=True)


class NodeParameterSerializer(serializers.Serializer[Any]):
    """A parameter; those of kind collection have ``fields``, which look the same."""

    name = serializers.CharField()
    display_name = serializers.CharField()
    type = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # the framework takes it away from the class
    default_value = serializers.JSONField(allow_null=True)
    description = serializers.CharField(allow_blank=True)
    placeholder = serializers.CharField(allow_blank=True)
    options = NodeOptionSerializer(many=True)
    validation = serializers.DictField()
    display_if = serializers.DictField(child=serializers.ListField())
    supports_expressions = serializers.BooleanField()
    fields = serializers.ListField(child=serializers.DictField(), required=False)  # type: ignore[assignment]


class NodePortSerializer(serializers.Serializer[Any]):
    """Where items come in or go out."""

    name = serializers.CharField()
    type = serializers.CharField()
    description = serializers.CharField(allow_blank=True)


class PortPartSerializer(serializers.Serializer[Any]):
    """A part of a rule; which members it has, ``kind`` says."""

    kind = serializers.CharField(help_text="`counted`, `entries`, `listed` or `fixed`.")
    when = serializers.DictField(child=serializers.ListField())
    parameter = serializers.CharField(required=False)
    prefix = serializers.CharField(required=False)
    first = serializers.IntegerField(required=False)
    least = serializers.IntegerField(required=False)
    most = serializers.IntegerField(required=False)
    otherwise = serializers.JSONField(required=False, help_text="A number, or a list of names.")
    name_field = serializers.CharField(required=False)
    name = serializers.CharField(required=False)


class PortRuleSerializer(serializers.Serializer[Any]):
    """How the ports follow from the parameters: the parts one after the other (docs/engine.md)."""

    type = serializers.CharField()
    parts = PortPartSerializer(many=True)


class NodeCapabilitiesSerializer(serializers.Serializer[Any]):
    """What the engine may do with a node."""

    supports_retry = serializers.BooleanField()
    supports_streaming = serializers.BooleanField()
    supports_batching = serializers.BooleanField()
    supports_webhook = serializers.BooleanField()
    side_effect = serializers.BooleanField()


class NodeTypeSerializer(serializers.Serializer[Any]):
    """A kind of node."""

    type = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    category = serializers.CharField()
    icon = serializers.CharField()
    color = serializers.CharField()
    parameters = NodeParameterSerializer(many=True)
    inputs = NodePortSerializer(many=True)
    outputs = NodePortSerializer(many=True)
    required_credentials = serializers.ListField(child=serializers.CharField())
    capabilities = NodeCapabilitiesSerializer()
    inputs_rule = PortRuleSerializer(allow_null=True)
    outputs_rule = PortRuleSerializer(allow_null=True)
    summary = serializers.CharField(allow_blank=True)
    is_trigger = serializers.BooleanField()
    is_loop = serializers.BooleanField()
    inert = serializers.BooleanField()
    example = serializers.JSONField()
    documentation = serializers.CharField()


class NodeTypesSerializer(serializers.Serializer[Any]):
    """All of them."""

    items = NodeTypeSerializer(many=True)
    page_info = WholeListInfoSerializer()


class ImportReportSerializer(serializers.Serializer[Any]):
    """What was converted, and what needs attention."""

    source = serializers.CharField()  # type: ignore[assignment]
    nodes = serializers.IntegerField()
    nodes_converted = serializers.IntegerField()
    placeholders = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    expressions = serializers.IntegerField()
    expressions_supported = serializers.IntegerField()
    credentials_needed = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    warnings = serializers.ListField(child=serializers.CharField())


class ImportedSerializer(serializers.Serializer[Any]):
    """One imported workflow."""

    workflow = WorkflowSerializer()
    report = ImportReportSerializer()


class ImportedBundleSerializer(serializers.Serializer[Any]):
    """Several imported workflows, each with the report at the same place."""

    workflows = WorkflowSerializer(many=True)
    report = ImportReportSerializer(many=True)


IMPORTED = PolymorphicProxySerializer(
    component_name="ImportAnswer",
    serializers=[ImportedSerializer, ImportedBundleSerializer],
    resource_type_field_name=None,
)


class ExportedCredentialSerializer(serializers.Serializer[Any]):
    """Which credential a node used: by kind and name, never its values."""

    node = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField(allow_blank=True)


class ExportSerializer(serializers.Serializer[Any]):
    """A workflow as a file."""

    format = serializers.CharField()
    version = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    definition = serializers.DictField()
    settings = serializers.DictField()
    credentials = ExportedCredentialSerializer(many=True)
    exported_at = serializers.DateTimeField(required=False)

"""Versions of a workflow over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.preconditions import required_if_match
from apps.workflows.api.serializers import VersionSerializer, WorkflowSerializer
from apps.workflows.api.workflows import VersionListView, read_body, workflow_response
from apps.workflows.services.trash import restore_workflow
from apps.workflows.services.versions import MAX_NUMBER, compare_versions, name_version, read_version, restore_version

DRAFT = "draft"
_NAME = OpenApiExample("Before the summer sale", {"message": "Before the summer sale"}, request_only=True)
_RESTORE = OpenApiExample("An earlier version", {"version": 1}, request_only=True)


class VersionNameSerializer(serializers.Serializer[Any]):
    """What to call the draft as it is."""

    message = serializers.CharField(max_length=200)


class VersionDetailSerializer(VersionSerializer):
    """A version with its definition."""

    definition = serializers.DictField(source="document.value", read_only=True)

    class Meta:
        model = VersionSerializer.Meta.model
        fields = (*VersionSerializer.Meta.fields, "definition")
        read_only_fields = fields


class RestoreSerializer(serializers.Serializer[Any]):
    """Which version to bring back; nothing takes the workflow out of the trash."""

    version = serializers.IntegerField(required=False, min_value=1, max_value=MAX_NUMBER)


class DiffQuerySerializer(serializers.Serializer[Any]):
    """What to compare; ``to`` is a number or ``draft``, which it is by default."""

    to = serializers.CharField(required=False, default=DRAFT, max_length=10)

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that a class can have."""
        return {"from": serializers.IntegerField(min_value=1, max_value=MAX_NUMBER), **super().get_fields()}

    def validate_to(self, value: str) -> int | None:
        """None for the draft."""
        if value == DRAFT:
            return None
        if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= MAX_NUMBER):
            raise serializers.ValidationError(_("Give the number of a version, or draft."))
        return int(value)


class ChangeOfPlaceSerializer(serializers.Serializer[Any]):
    """A place at which two versions differ; a side that has nothing there is left out."""

    path = serializers.CharField()
    keys = serializers.ListField()
    old = serializers.JSONField(required=False)
    new = serializers.JSONField(required=False)


class ChangedNodeSerializer(serializers.Serializer[Any]):
    """A node of both versions, and what differs."""

    id = serializers.CharField()
    name = serializers.CharField()
    changes = ChangeOfPlaceSerializer(many=True)


class NodesDiffSerializer(serializers.Serializer[Any]):
    """Nodes; ``positions`` says for each that ``moved`` from where to where."""

    added = serializers.ListField(child=serializers.DictField())
    removed = serializers.ListField(child=serializers.DictField())
    changed = ChangedNodeSerializer(many=True)
    moved = serializers.ListField(child=serializers.CharField())
    positions = serializers.DictField(child=serializers.DictField())


class DrawnConnectionSerializer(serializers.Serializer[Any]):
    """A connection by its four ends."""

    source = serializers.CharField()  # type: ignore[assignment]
    source_output = serializers.CharField()
    target = serializers.CharField()
    target_input = serializers.CharField()


class ConnectionsDiffSerializer(serializers.Serializer[Any]):
    """Connections that there are in one of the two."""

    added = DrawnConnectionSerializer(many=True)
    removed = DrawnConnectionSerializer(many=True)


class DiffSerializer(serializers.Serializer[Any]):
    """What changed from one version to another."""

    nodes = NodesDiffSerializer()
    connections = ConnectionsDiffSerializer()
    variables = ChangeOfPlaceSerializer(many=True)
    settings = ChangeOfPlaceSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that a class can have."""
        ends = {"from": serializers.IntegerField(), "to": serializers.JSONField(help_text="A number, or `draft`.")}
        return {**ends, **super().get_fields()}


class VersionsView(VersionListView):
    """``/workflows/{id}/versions/``."""

    @extend_schema(request=VersionNameSerializer, responses={201: VersionSerializer}, examples=[_NAME])
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Give the draft as it is a name, and keep it as a version."""
        data = read_body(VersionNameSerializer, request)
        version = name_version(actor=actor_from_request(request), workflow_id=workflow_id, **data)
        return Response(VersionSerializer(version).data, status=201)


class VersionView(APIView):
    """``/workflows/{id}/versions/{number}/``."""

    @extend_schema(responses=VersionDetailSerializer, operation_id="workflows_versions_get")
    def get(self, request: Request, workflow_id: UUID, number: int) -> Response:
        """A version with its definition."""
        version = read_version(actor=actor_from_request(request), workflow_id=workflow_id, number=number)
        return Response(VersionDetailSerializer(version).data)


class DiffView(APIView):
    """``/workflows/{id}/diff/``."""

    @extend_schema(parameters=[DiffQuerySerializer], responses=DiffSerializer)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """What changed from one version to another, or to the draft. Secrets are masked."""
        query = DiffQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        old, new = query.validated_data["from"], query.validated_data["to"]
        actor = actor_from_request(request)
        return Response(compare_versions(actor=actor, workflow_id=workflow_id, old=old, new=new))


class RestoreView(APIView):
    """``/workflows/{id}/restore/``."""

    @extend_schema(request=RestoreSerializer, responses=WorkflowSerializer, examples=[_RESTORE])
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Make an earlier version the draft again (``If-Match`` may be sent); without one, leave the trash."""
        version = read_body(RestoreSerializer, request).get("version")
        actor = actor_from_request(request)
        if version is None:
            return workflow_response(restore_workflow(actor=actor, workflow_id=workflow_id))
        etags = required_if_match(request) if request.headers.get("If-Match") else None
        restored = restore_version(actor=actor, workflow_id=workflow_id, version=version, expected_etags=etags)
        return workflow_response(restored)

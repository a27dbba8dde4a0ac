"""Nodes from elsewhere for a workflow that is being edited, over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.workflows.api import examples
from apps.workflows.api.catalogue_serializers import ImportReportSerializer
from apps.workflows.services.conversions import convert_part


class ConvertedSerializer(serializers.Serializer[Any]):
    """Nodes and the connections between them, as a definition has them, and what needs attention."""

    nodes = serializers.ListField(child=serializers.DictField())
    connections = serializers.ListField(child=serializers.DictField())
    report = ImportReportSerializer()


class ConvertView(APIView):
    """``/workflows/{id}/convert/``."""

    max_body_bytes = 16 * 1024 * 1024

    @extend_schema(
        request=OpenApiTypes.OBJECT, responses={200: ConvertedSerializer}, examples=[examples.IMPORT, examples.CONVERT]
    )
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Convert what n8n copies, or an export, to nodes of ours, to be pasted. Nothing is stored."""
        outcome = convert_part(actor=actor_from_request(request), workflow_id=workflow_id, data=request.data)
        definition = outcome.definition
        answer = {
            "nodes": definition["nodes"],
            "connections": definition["connections"],
            "report": outcome.report.to_data(),
        }
        return Response(answer)

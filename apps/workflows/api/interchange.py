"""Import and export over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import Permission, actor_from_request
from apps.core.api.idempotency import idempotent
from apps.workflows.access import get_workflow
from apps.workflows.api import examples
from apps.workflows.api.catalogue_serializers import IMPORTED, ExportSerializer
from apps.workflows.api.serializers import WorkflowSerializer
from apps.workflows.services.imports import export_workflow, import_workflows


class ImportView(APIView):
    """``/workflows/import/``."""

    max_body_bytes = 16 * 1024 * 1024

    @extend_schema(request=OpenApiTypes.OBJECT, responses={201: IMPORTED}, examples=[examples.IMPORT])
    @idempotent
    def post(self, request: Request) -> Response:
        """Import our export, an n8n export, or a bundle of either."""
        made = import_workflows(actor=actor_from_request(request), data=request.data)
        if len(made) == 1:
            workflow, outcome = made[0]
            return Response(
                {"workflow": WorkflowSerializer(workflow).data, "report": outcome.report.to_data()},
                status=201,
            )
        answer = {
            "workflows": [WorkflowSerializer(workflow).data for workflow, _ in made],
            "report": [outcome.report.to_data() for _, outcome in made],
        }
        return Response(answer, status=201)


class ExportView(APIView):
    """``/workflows/{id}/export/``."""

    @extend_schema(
        parameters=[OpenApiParameter("stable", bool, description="Leave out what changes from export to export.")],
        responses=ExportSerializer,
    )
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The current version as a file that can be imported."""
        workflow = get_workflow(actor_from_request(request), workflow_id, Permission.READ)
        stable = request.query_params.get("stable", "").lower() in {"1", "true", "yes"}
        return Response(export_workflow(workflow, stable=stable))

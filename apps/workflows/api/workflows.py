"""Workflows over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import Permission, actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination import KeysetPagination
from apps.core.api.preconditions import quoted_etag, required_if_match
from apps.workflows.access import get_workflow
from apps.workflows.api import examples
from apps.workflows.api.filters import WORKFLOW_FILTERS, workflow_filters
from apps.workflows.api.serializers import (
    DefinitionSerializer,
    ExecuteSerializer,
    ExecutionListSerializer,
    PublishSerializer,
    StartedSerializer,
    VersionSerializer,
    WorkflowListSerializer,
    WorkflowSerializer,
    WorkflowWriteSerializer,
)
from apps.workflows.models import Workflow, WorkflowVersion
from apps.workflows.selectors.workflows import load_run_facts, workflows_for
from apps.workflows.services.etags import etag_of
from apps.workflows.services.executions import execute_workflow
from apps.workflows.services.publishing import PublishWorkflow, activate_workflow, deactivate_workflow
from apps.workflows.services.workflows import (
    create_workflow,
    delete_workflow,
    duplicate_workflow,
    save_definition,
    update_workflow,
)


def workflow_response(workflow: Workflow, status: int = 200) -> Response:
    """A workflow whole, with its tag."""
    return Response(
        WorkflowSerializer(load_run_facts(workflow)).data,
        status=status,
        headers={"ETag": quoted_etag(etag_of(workflow))},
    )


def read_body(serializer_class: Any, request: Request, **options: Any) -> dict[str, Any]:
    """The checked body of a request."""
    serializer = serializer_class(data=request.data, **options)
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


class WorkflowListView(APIView):
    """``/workflows/``."""

    ordering = "-updated_at"
    ordering_fields = ("name", "created_at", "updated_at")
    max_body_bytes = settings.EXPRSN_DEFINITION_MAX_BYTES + 1024 * 1024

    @extend_schema(
        parameters=WORKFLOW_FILTERS, responses=WorkflowListSerializer(many=True), operation_id="workflows_list"
    )
    def get(self, request: Request) -> Response:
        """Workflows of your organization, newest change first."""
        rows = workflows_for(actor_from_request(request), workflow_filters(request.query_params))
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(WorkflowListSerializer(page, many=True).data)

    @extend_schema(
        request=WorkflowWriteSerializer, responses={201: WorkflowSerializer}, examples=[examples.WORKFLOW_NEW]
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Create a workflow."""
        data = read_body(WorkflowWriteSerializer, request)
        return workflow_response(create_workflow(actor=actor_from_request(request), **data), 201)


class WorkflowView(APIView):
    """``/workflows/{id}/``."""

    max_body_bytes = settings.EXPRSN_DEFINITION_MAX_BYTES + 1024 * 1024

    @extend_schema(responses=WorkflowSerializer, operation_id="workflows_get")
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """A workflow with its current definition."""
        return workflow_response(get_workflow(actor_from_request(request), workflow_id, Permission.READ))

    @extend_schema(request=DefinitionSerializer, responses=WorkflowSerializer, examples=[examples.DEFINITION])
    def put(self, request: Request, workflow_id: UUID) -> Response:
        """Replace the current definition. Send the workflow's tag as ``If-Match``."""
        etags = required_if_match(request)
        data = read_body(DefinitionSerializer, request)
        workflow = save_definition(
            actor=actor_from_request(request),
            workflow_id=workflow_id,
            definition=data["definition"],
            expected_etags=etags,
            message=data.get("message", ""),
        )
        return workflow_response(workflow)

    @extend_schema(request=WorkflowWriteSerializer, responses=WorkflowSerializer, examples=[examples.WORKFLOW_CHANGE])
    def patch(self, request: Request, workflow_id: UUID) -> Response:
        """Change name, slug, description, scope, folder or tags."""
        data = read_body(WorkflowWriteSerializer, request, partial=True)
        actor = actor_from_request(request)
        return workflow_response(update_workflow(actor=actor, workflow_id=workflow_id, changes=data))

    @extend_schema(responses={204: OpenApiResponse(description="Moved to the trash.")})
    def delete(self, request: Request, workflow_id: UUID) -> Response:
        """Move a workflow to the trash."""
        delete_workflow(actor=actor_from_request(request), workflow_id=workflow_id)
        return Response(status=204)


class PublishView(APIView):
    """``/workflows/{id}/publish/``."""

    @extend_schema(request=PublishSerializer, responses=WorkflowSerializer, examples=[examples.PUBLISH])
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Make a version live; every fault is named with its path."""
        data = read_body(PublishSerializer, request)
        actor = actor_from_request(request)
        return workflow_response(PublishWorkflow(actor=actor, workflow_id=workflow_id, **data).execute())


class ActivateView(APIView):
    """``/workflows/{id}/activate/``."""

    @extend_schema(request=None, responses=WorkflowSerializer)
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Let the published version's triggers start runs."""
        return workflow_response(activate_workflow(actor=actor_from_request(request), workflow_id=workflow_id))


class DeactivateView(APIView):
    """``/workflows/{id}/deactivate/``."""

    @extend_schema(request=None, responses=WorkflowSerializer)
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Stop the triggers; runs that were accepted finish."""
        return workflow_response(deactivate_workflow(actor=actor_from_request(request), workflow_id=workflow_id))


class DuplicateView(APIView):
    """``/workflows/{id}/duplicate/``."""

    @extend_schema(request=None, responses={201: WorkflowSerializer})
    @idempotent
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Copy the current version into a new workflow."""
        copy = duplicate_workflow(actor=actor_from_request(request), workflow_id=workflow_id)
        return workflow_response(copy, 201)


class ExecuteView(APIView):
    """``/workflows/{id}/execute/``."""

    @extend_schema(
        request=ExecuteSerializer,
        responses={200: StartedSerializer, 202: StartedSerializer},
        examples=[examples.EXECUTE, examples.EXECUTE_UP_TO],
    )
    @idempotent
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Run the current version, or a part of it: 202 when accepted; with ``wait`` 200 when it has ended."""
        data = read_body(ExecuteSerializer, request)
        execution = execute_workflow(actor=actor_from_request(request), workflow_id=workflow_id, **data)
        status = 200 if data["wait"] else 202
        return Response({"execution": ExecutionListSerializer(execution).data}, status=status)


class VersionListView(APIView):
    """``/workflows/{id}/versions/``."""

    ordering = "-number"
    ordering_fields = ("number",)

    @extend_schema(responses=VersionSerializer(many=True))
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The versions of a workflow, newest first."""
        workflow = get_workflow(actor_from_request(request), workflow_id, Permission.READ)
        rows = WorkflowVersion.objects.for_organization(workflow.organization_id).filter(workflow=workflow)
        rows = rows.select_related("author")
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(VersionSerializer(page, many=True).data)

"""Executions over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import Permission, actor_from_request, can
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination import KeysetPagination
from apps.workflows.access import get_execution
from apps.workflows.api import examples
from apps.workflows.api.filters import (
    EXECUTION_FILTERS,
    LOG_FILTERS,
    NODE_FILTERS,
    execution_filters,
    items_wanted,
    log_filters,
)
from apps.workflows.api.serializers import (
    ExecutionListSerializer,
    ExecutionLogSerializer,
    ExecutionSerializer,
    NodeExecutionSerializer,
    NodeExecutionsSerializer,
    RetrySerializer,
    StartedSerializer,
)
from apps.workflows.api.workflows import read_body
from apps.workflows.execution.waits_shown import with_waits
from apps.workflows.selectors.executions import execution_detail, executions_for, log_lines, node_run_details
from apps.workflows.services.executions import delete_execution, stop_execution
from apps.workflows.services.retries import retry_execution


class ExecutionListView(APIView):
    """``/executions/``."""

    @extend_schema(
        parameters=EXECUTION_FILTERS, responses=ExecutionListSerializer(many=True), operation_id="executions_list"
    )
    def get(self, request: Request) -> Response:
        """Executions of your organization, newest first."""
        rows = executions_for(actor_from_request(request), execution_filters(request.query_params))
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(ExecutionListSerializer(page, many=True).data)


class ExecutionView(APIView):
    """``/executions/{id}/``."""

    @extend_schema(responses=ExecutionSerializer, operation_id="executions_get")
    def get(self, request: Request, execution_id: UUID) -> Response:
        """An execution with what started it, its path and its output."""
        execution = get_execution(actor_from_request(request), execution_id, Permission.READ)
        return Response(ExecutionSerializer(execution_detail(execution)).data)

    @extend_schema(responses={204: OpenApiResponse(description="Deleted.")})
    def delete(self, request: Request, execution_id: UUID) -> Response:
        """Delete a finished execution with its data."""
        delete_execution(actor=actor_from_request(request), execution_id=execution_id)
        return Response(status=204)


class ExecutionNodesView(APIView):
    """``/executions/{id}/nodes/``."""

    @extend_schema(parameters=NODE_FILTERS, responses=NodeExecutionsSerializer)
    def get(self, request: Request, execution_id: UUID) -> Response:
        """Every node run with its input and output, in order; of items that lie in a file the first 1,000."""
        most = items_wanted(request.query_params)
        actor = actor_from_request(request)
        execution = get_execution(actor, execution_id, Permission.READ)
        runs = with_waits(execution, node_run_details(execution, most), with_addresses=can(actor, Permission.EXECUTE))
        items = NodeExecutionSerializer(runs, many=True).data
        info = {"has_more": False, "next_cursor": None, "count": len(items)}
        return Response({"items": items, "page_info": info})


class ExecutionLogsView(APIView):
    """``/executions/{id}/logs/``."""

    ordering = "id"

    @extend_schema(
        parameters=LOG_FILTERS,
        responses=ExecutionLogSerializer(many=True),
    )
    def get(self, request: Request, execution_id: UUID) -> Response:
        """The log, oldest line first."""
        execution = get_execution(actor_from_request(request), execution_id, Permission.READ)
        rows = log_lines(execution, log_filters(request.query_params).get("level", ""))
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(ExecutionLogSerializer(page, many=True).data)


class RetryView(APIView):
    """``/executions/{id}/retry/``."""

    @extend_schema(request=RetrySerializer, responses={202: StartedSerializer}, examples=[examples.RETRY])
    @idempotent
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Run again with the same trigger data."""
        data = read_body(RetrySerializer, request)
        execution = retry_execution(actor=actor_from_request(request), execution_id=execution_id, **data)
        return Response({"execution": ExecutionListSerializer(execution).data}, status=202)


class StopView(APIView):
    """``/executions/{id}/stop/``."""

    @extend_schema(request=None, responses=StartedSerializer)
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Stop: at once when it is not running, else at the next node."""
        execution = stop_execution(actor=actor_from_request(request), execution_id=execution_id)
        return Response({"execution": ExecutionListSerializer(execution).data})

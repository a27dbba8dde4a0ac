"""Dry runs over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.workflows.api import examples
from apps.workflows.api.serializers import ChangeSerializer, PartSerializer
from apps.workflows.api.workflows import read_body
from apps.workflows.constants import ExecutionStatus, NodeStatus
from apps.workflows.models import Execution, NodeExecution
from apps.workflows.selectors.executions import execution_detail, node_run_details
from apps.workflows.services.executions import rehearse_workflow


class RehearsalSerializer(PartSerializer):
    """What a dry run starts with: one item for each object of a list, otherwise one item."""

    test_data = serializers.JSONField(required=False, default=None, allow_null=True)
    trigger_node = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class RehearsedExecutionSerializer(serializers.Serializer[Any]):
    """How the dry run went; ``result`` are the data of the items that it ended with."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ExecutionStatus.choices)
    result = serializers.ListField(child=serializers.DictField())
    duration_ms = serializers.IntegerField(allow_null=True)
    error = serializers.DictField(allow_null=True)


class RehearsedNodeSerializer(serializers.Serializer[Any]):
    """One run of one node; ``output`` by port."""

    node = serializers.CharField()
    status = serializers.ChoiceField(choices=NodeStatus.choices)
    output = serializers.DictField()
    error = serializers.DictField(allow_null=True)
    timestamp = serializers.DateTimeField(allow_null=True)


class RehearsedSerializer(serializers.Serializer[Any]):
    """What a dry run came to."""

    execution = RehearsedExecutionSerializer()
    logs = RehearsedNodeSerializer(many=True)
    changes = ChangeSerializer(many=True)


class TestView(APIView):
    """``/workflows/{id}/test/``."""

    @extend_schema(
        request=RehearsalSerializer, responses=RehearsedSerializer, examples=[examples.TEST, examples.TEST_PART]
    )
    @idempotent
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Run the current version dry: nothing outside changes, and ``changes`` says what would have."""
        data = read_body(RehearsalSerializer, request)
        execution = rehearse_workflow(actor=actor_from_request(request), workflow_id=workflow_id, **data)
        return Response(RehearsedSerializer(_answer(execution_detail(execution))).data)


def _answer(execution: Any) -> dict[str, Any]:
    return {
        "execution": {
            "id": execution.id,
            "status": execution.status,
            "result": [item["json"] for item in execution.output],
            "duration_ms": execution.total_duration_ms,
            "error": execution.error,
        },
        "logs": [_node(run) for run in _runs(execution)],
        "changes": execution.changes,
    }


def _runs(execution: Execution) -> list[NodeExecution]:
    return node_run_details(execution)


def _node(run: Any) -> dict[str, Any]:
    return {
        "node": run.node_name,
        "status": run.status,
        "output": run.output,
        "error": run.error,
        "timestamp": run.finished_at or run.started_at,
    }

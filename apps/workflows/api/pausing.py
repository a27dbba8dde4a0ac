"""Pausing executions over HTTP, and what a person decides about one in doubt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.workflows.api import examples
from apps.workflows.api.serializers import ExecutionListSerializer, StartedSerializer
from apps.workflows.api.workflows import read_body
from apps.workflows.services.pausing import DECISIONS, pause_execution, resume_execution


class ResumeSerializer(serializers.Serializer[Any]):
    """How an execution goes on. A decision is needed when it is in doubt, and only then."""

    decision = serializers.ChoiceField(
        choices=DECISIONS, required=False, default="",
        help_text="In doubt: make the call `again` with the same idempotency key, take it as `done`, or as `fail`ed.",
    )  # fmt: skip
    output = serializers.ListField(
        child=serializers.DictField(), required=False, default=None, allow_null=True, max_length=10_000,
        help_text="With `done`: the items of the step, as `[{json}]`; without it what came in.",
    )  # fmt: skip


class PauseView(APIView):
    """``/executions/{id}/pause/``."""

    @extend_schema(request=None, responses=StartedSerializer)
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Pause: at once when it is not running, else after the step that runs."""
        execution = pause_execution(actor=actor_from_request(request), execution_id=execution_id)
        return Response({"execution": ExecutionListSerializer(execution).data})


class ResumeView(APIView):
    """``/executions/{id}/resume/``."""

    @extend_schema(request=ResumeSerializer, responses=StartedSerializer, examples=[examples.RESUME])
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Go on where it was paused."""
        data = read_body(ResumeSerializer, request)
        execution = resume_execution(actor=actor_from_request(request), execution_id=execution_id, **data)
        return Response({"execution": ExecutionListSerializer(execution).data})

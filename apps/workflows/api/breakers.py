"""Circuit breakers over HTTP: which hosts are left alone, and letting calls through again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.pagination import KeysetPagination
from apps.core.models import HostBreaker
from apps.core.public import present_state
from apps.workflows.services.breakers import reset_breaker, visible_breakers
from exprsn.kernel.breaker import BreakerState


class CircuitBreakerSerializer(serializers.ModelSerializer[HostBreaker]):
    """One host, with the credential that it is called with if it is called with one."""

    credential = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    retry_at = serializers.SerializerMethodField(help_text="When an open one lets a call through.")
    count = serializers.IntegerField(read_only=True, help_text="Failures in a row; successes in a row while half open.")

    class Meta:
        model = HostBreaker
        fields = (
            "id", "host", "credential", "state", "count", "since", "retry_at", "paused_until", "failed_at", "error",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_credential(self, row: HostBreaker) -> UUID | None:
        """Its id."""
        return UUID(row.credential) if row.credential else None

    def get_state(self, row: HostBreaker) -> str:
        """``closed``, ``open`` or ``half_open``."""
        return str(present_state(row))

    def get_retry_at(self, row: HostBreaker) -> datetime | None:
        """Null unless it is open."""
        if row.since is None or present_state(row) is not BreakerState.OPEN:
            return None
        return row.since + timedelta(seconds=settings.EXPRSN_BREAKER_RESET_SECONDS)


class CircuitBreakerListView(APIView):
    """``/circuit-breakers/``."""

    @extend_schema(responses=CircuitBreakerSerializer(many=True), operation_id="circuit_breakers_list")
    def get(self, request: Request) -> Response:
        """The hosts whose calls failed lately, newest first."""
        paginator = KeysetPagination()
        rows = visible_breakers(actor_from_request(request))
        page: list[Any] = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(CircuitBreakerSerializer(page, many=True).data)


class ResetView(APIView):
    """``/circuit-breakers/{id}/reset/``."""

    @extend_schema(request=None, responses=CircuitBreakerSerializer, operation_id="circuit_breakers_reset")
    def post(self, request: Request, breaker_id: UUID) -> Response:
        """Close it: calls of the host go through again at once."""
        row = reset_breaker(actor=actor_from_request(request), breaker_id=breaker_id)
        return Response(CircuitBreakerSerializer(row).data)

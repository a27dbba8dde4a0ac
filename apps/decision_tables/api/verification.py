"""Verifying tables over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.decision_tables.api import examples
from apps.decision_tables.api.evaluation_serializers import TableVerificationSerializer, VerifyTableSerializer
from apps.decision_tables.api.json import DecimalJsonRenderer
from apps.decision_tables.api.reading import MAX_BODY, read_body
from apps.decision_tables.services.verifying import verify_table


class VerifyView(APIView):
    """``/decision-tables/{table}/verify/``."""

    renderer_classes = [DecimalJsonRenderer]
    max_body_bytes = MAX_BODY

    @extend_schema(request=VerifyTableSerializer, responses=TableVerificationSerializer, examples=[examples.VERIFY])
    def post(self, request: Request, table: str) -> Response:
        """Look for gaps, overlaps, conflicts and rules that never fire, in the draft or in what is sent."""
        data = read_body(VerifyTableSerializer, request)
        return Response(verify_table(actor=actor_from_request(request), table=table, **data))

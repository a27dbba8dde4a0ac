"""Evaluating tables over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.decision_tables.api import examples
from apps.decision_tables.api.evaluation_serializers import (
    EvaluateTableBatchSerializer,
    EvaluateTableSerializer,
    TableBatchAnswerSerializer,
    TableEvaluationSerializer,
    TableStatsQuerySerializer,
    TableStatsSerializer,
)
from apps.decision_tables.api.json import DecimalJsonParser, DecimalJsonRenderer
from apps.decision_tables.api.reading import MAX_BODY, read_body, read_query
from apps.decision_tables.contracts import DRAFT, PUBLISHED
from apps.decision_tables.services.evaluation import evaluate_batch, evaluate_table
from apps.decision_tables.services.usage import read_statistics


class EvaluateView(APIView):
    """``/decision-tables/{table}/evaluate/``."""

    parser_classes = [DecimalJsonParser]
    renderer_classes = [DecimalJsonRenderer]

    @extend_schema(request=EvaluateTableSerializer, responses=TableEvaluationSerializer, examples=[examples.EVALUATE])
    def post(self, request: Request, table: str) -> Response:
        """Evaluate what is published, the draft or a version; with `explain` the answer says why."""
        data = read_body(EvaluateTableSerializer, request)
        return Response(evaluate_table(actor=actor_from_request(request), table=table, **data))


class EvaluateBatchView(APIView):
    """``/decision-tables/{table}/evaluate-batch/``."""

    parser_classes = [DecimalJsonParser]
    renderer_classes = [DecimalJsonRenderer]
    max_body_bytes = MAX_BODY

    @extend_schema(
        request=EvaluateTableBatchSerializer, responses=TableBatchAnswerSerializer, examples=[examples.BATCH]
    )
    def post(self, request: Request, table: str) -> Response:
        """Evaluate many rows at once. A row that cannot be evaluated has an error of its own."""
        data = read_body(EvaluateTableBatchSerializer, request)
        rows = data.pop("inputs")
        return Response(evaluate_batch(actor=actor_from_request(request), table=table, rows=rows, **data))


class StatsView(APIView):
    """``/decision-tables/{table}/stats/``."""

    @extend_schema(parameters=[TableStatsQuerySerializer], responses=TableStatsSerializer)
    def get(self, request: Request, table: str) -> Response:
        """How often each rule fired, how often none did, errors and latency."""
        query = read_query(TableStatsQuerySerializer, request)
        version = {None: None, PUBLISHED: None, DRAFT: 0}.get(query.get("version"), query.get("version"))
        actor = actor_from_request(request)
        return Response(read_statistics(actor=actor, table=table, days=query["days"], version=version))

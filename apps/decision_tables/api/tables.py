"""Decision tables over HTTP. ``{table}`` in an address is the id or the name."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import Permission, actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination import KeysetPagination
from apps.core.api.preconditions import required_if_match
from apps.decision_tables.access import get_table
from apps.decision_tables.api import examples
from apps.decision_tables.api.reading import MAX_BODY, optional_if_match, read_body, table_response
from apps.decision_tables.api.serializers import (
    CopyTableSerializer,
    TableListSerializer,
    TableNewSerializer,
    TableSerializer,
    TableWriteSerializer,
    split,
)
from apps.decision_tables.selectors.tables import tables_for
from apps.decision_tables.services.tables import copy_table, create_table, delete_table, save_document, update_table
from apps.decision_tables.services.trash import restore_table

FILTERS = [
    OpenApiParameter("application", str, description="Only tables of this application."),
    OpenApiParameter("search", str, description="Text in the name, the label or the description."),
]


class TableListView(APIView):
    """``/decision-tables/``."""

    ordering = "-updated_at"
    ordering_fields = ("name", "label", "rule_count", "created_at", "updated_at")
    max_body_bytes = MAX_BODY

    @extend_schema(parameters=FILTERS, responses=TableListSerializer(many=True), operation_id="decision_tables_list")
    def get(self, request: Request) -> Response:
        """Decision tables of your organization, newest change first, without their rules."""
        rows = tables_for(actor_from_request(request), request.query_params)
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(TableListSerializer(page, many=True).data)

    @extend_schema(request=TableNewSerializer, responses={201: TableSerializer}, examples=[examples.TABLE_NEW])
    @idempotent
    def post(self, request: Request) -> Response:
        """Create a decision table."""
        fields, document = split(read_body(TableNewSerializer, request))
        return table_response(create_table(actor=actor_from_request(request), document=document, **fields), 201)


class TableView(APIView):
    """``/decision-tables/{table}/``."""

    max_body_bytes = MAX_BODY

    @extend_schema(responses=TableSerializer, operation_id="decision_tables_get")
    def get(self, request: Request, table: str) -> Response:
        """A decision table with its draft."""
        return table_response(get_table(actor_from_request(request), table, Permission.READ))

    @extend_schema(request=TableWriteSerializer, responses=TableSerializer, examples=[examples.TABLE_WHOLE])
    def put(self, request: Request, table: str) -> Response:
        """Replace the whole draft. Send the table's tag as ``If-Match``."""
        etags = required_if_match(request)
        fields, document = split(read_body(TableWriteSerializer, request))
        actor = actor_from_request(request)
        saved = save_document(actor=actor, table=table, document=document, changes=fields, expected_etags=etags)
        return table_response(saved)

    @extend_schema(request=TableWriteSerializer, responses=TableSerializer, examples=[examples.TABLE_CHANGE])
    def patch(self, request: Request, table: str) -> Response:
        """Change what is sent, in the table or in its draft (``If-Match`` may be sent)."""
        data = read_body(TableWriteSerializer, request, partial=True)
        actor = actor_from_request(request)
        etags = optional_if_match(request)
        return table_response(update_table(actor=actor, table=table, changes=data, expected_etags=etags))

    @extend_schema(responses={204: OpenApiResponse(description="Moved to the trash.")})
    def delete(self, request: Request, table: str) -> Response:
        """Move a decision table to the trash."""
        delete_table(actor=actor_from_request(request), table=table)
        return Response(status=204)


class CopyView(APIView):
    """``/decision-tables/{table}/copy/``."""

    @extend_schema(request=CopyTableSerializer, responses={201: TableSerializer}, examples=[examples.COPY])
    @idempotent
    def post(self, request: Request, table: str) -> Response:
        """Copy the draft into a new table."""
        data = read_body(CopyTableSerializer, request)
        return table_response(copy_table(actor=actor_from_request(request), table=table, **data), 201)


class RestoreView(APIView):
    """``/decision-tables/{table}/restore/``."""

    @extend_schema(request=None, responses=TableSerializer)
    def post(self, request: Request, table: str) -> Response:
        """Take a decision table out of the trash."""
        return table_response(restore_table(actor=actor_from_request(request), table=table))

"""Example tables over HTTP, and making one's own of them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination_schema import WholeListInfoSerializer
from apps.decision_tables.api import examples
from apps.decision_tables.api.fields import ObjectField
from apps.decision_tables.api.reading import read_body, table_response
from apps.decision_tables.api.serializers import CopyTableSerializer, TableSerializer
from apps.decision_tables.services.templates import get_template, list_templates, use_template


class TableTemplateSummarySerializer(serializers.Serializer[Any]):
    """An example in the list."""

    name = serializers.SlugField()
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField()


class TableTemplateSerializer(TableTemplateSummarySerializer):
    """An example whole."""

    document = ObjectField()


class TableTemplatesSerializer(serializers.Serializer[Any]):
    """All of them."""

    items = TableTemplateSummarySerializer(many=True)
    page_info = WholeListInfoSerializer()


class TemplateListView(APIView):
    """``/decision-tables/templates/``."""

    @extend_schema(responses=TableTemplatesSerializer, operation_id="decision_tables_templates_list")
    def get(self, request: Request) -> Response:
        """Example tables to begin with."""
        found = list_templates(actor=actor_from_request(request))
        info = {"has_more": False, "next_cursor": None, "count": len(found)}
        return Response({"items": TableTemplateSummarySerializer(found, many=True).data, "page_info": info})


class TemplateView(APIView):
    """``/decision-tables/templates/{template}/``."""

    @extend_schema(responses=TableTemplateSerializer, operation_id="decision_tables_templates_get")
    def get(self, request: Request, template: str) -> Response:
        """One example with its document."""
        return Response(
            TableTemplateSerializer(get_template(actor=actor_from_request(request), template=template)).data
        )

    @extend_schema(request=CopyTableSerializer, responses={201: TableSerializer}, examples=[examples.USE_TEMPLATE])
    @idempotent
    def post(self, request: Request, template: str) -> Response:
        """Make a table of it."""
        data = read_body(CopyTableSerializer, request)
        return table_response(use_template(actor=actor_from_request(request), template=template, **data), 201)

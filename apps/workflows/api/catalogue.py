"""What there is to build with: node types, the schema of definitions, reachable webhooks, schedules."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.pagination import KeysetPagination
from apps.core.api.preconditions import etag_for, is_not_modified, quoted_etag
from apps.workflows.access import visible_schedules, visible_webhooks
from apps.workflows.api.catalogue_serializers import NodeTypesSerializer
from apps.workflows.api.serializers import ScheduleSerializer, WebhookSerializer
from apps.workflows.engine.validation.schema import DEFINITION_SCHEMA
from apps.workflows.registry import node_type_catalogue


class NodeTypesView(APIView):
    """``/node-types/``."""

    @extend_schema(responses=NodeTypesSerializer)
    def get(self, request: Request) -> Response:
        """Every node type with its parameters, ports and capabilities. It changes with what is installed only."""
        items = node_type_catalogue()
        tag = etag_for(items)
        headers = {"ETag": quoted_etag(tag), "Cache-Control": "private, no-cache"}
        if is_not_modified(request, tag):
            return Response(status=304, headers=headers)
        info = {"has_more": False, "next_cursor": None, "count": len(items)}
        return Response({"items": items, "page_info": info}, headers=headers)


class DefinitionSchemaView(APIView):
    """``/workflows/schema/``."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """The JSON Schema of a definition."""
        return Response(DEFINITION_SCHEMA)


class WebhookListView(APIView):
    """``/webhooks/``."""

    @extend_schema(responses=WebhookSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The webhooks that can be called now."""
        rows = visible_webhooks(actor_from_request(request))
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(WebhookSerializer(page, many=True).data)


class ScheduleListView(APIView):
    """``/schedules/``."""

    @extend_schema(responses=ScheduleSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The schedules of active workflows and when each is due next."""
        rows = visible_schedules(actor_from_request(request))
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(ScheduleSerializer(page, many=True).data)

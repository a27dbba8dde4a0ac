"""The gallery over HTTP: ready-made workflows, and making one's own of them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.workflows.api import examples
from apps.workflows.api.serializers import WorkflowSerializer
from apps.workflows.api.template_serializers import TemplateSerializer, TemplatesSerializer, UseTemplateSerializer
from apps.workflows.api.workflows import read_body, workflow_response
from apps.workflows.services.gallery import Template, TemplateCategory, get_template, list_templates, use_template

FILTERS = [
    OpenApiParameter("category", str, enum=TemplateCategory.values),
    OpenApiParameter("search", str, description="Words that name, description, category or node types contain."),
]


class TemplateListView(APIView):
    """``/workflow-templates/``."""

    @extend_schema(parameters=FILTERS, responses=TemplatesSerializer, operation_id="workflow_templates_list")
    def get(self, request: Request) -> Response:
        """Ready-made workflows, by category and name, without their definitions."""
        given = {name: request.query_params.get(name, "") for name in ("category", "search")}
        items = [_summary(template) for template in list_templates(actor=actor_from_request(request), **given)]
        info = {"has_more": False, "next_cursor": None, "count": len(items)}
        return Response({"items": items, "page_info": info})


class TemplateView(APIView):
    """``/workflow-templates/{slug}/``."""

    @extend_schema(responses=TemplateSerializer, operation_id="workflow_templates_get")
    def get(self, request: Request, template_slug: str) -> Response:
        """One ready-made workflow with its definition."""
        template = get_template(actor=actor_from_request(request), slug=template_slug)
        return Response({**_summary(template), "definition": template.file.definition})


class UseTemplateView(APIView):
    """``/workflow-templates/{slug}/use/``."""

    @extend_schema(request=UseTemplateSerializer, responses={201: WorkflowSerializer}, examples=[examples.USE_TEMPLATE])
    @idempotent
    def post(self, request: Request, template_slug: str) -> Response:
        """Make a workflow of it, a draft. Its webhooks and forms get addresses of their own."""
        data = read_body(UseTemplateSerializer, request)
        return workflow_response(use_template(actor=actor_from_request(request), slug=template_slug, **data), 201)


def _summary(template: Template) -> dict[str, Any]:
    file = template.file
    return {
        "slug": file.slug,
        "name": file.name,
        "description": file.description,
        "category": template.category,
        "category_name": str(template.category.label),
        "needs": list(file.needs),
        "node_count": template.node_count,
        "node_types": [
            {"type": found.type, "name": str(found.display_name), "icon": found.icon, "color": found.color}
            for found in template.node_types
        ],
    }

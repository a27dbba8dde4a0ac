"""Checking drafts over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.workflows.api.workflows import read_body
from apps.workflows.services.draft_checks import check_draft

_EXAMPLES = [
    OpenApiExample("The draft as it is", {}, request_only=True),
    OpenApiExample("Another definition", {"definition": {"nodes": [], "connections": []}}, request_only=True),
]


class CheckSerializer(serializers.Serializer[Any]):
    """What to check; nothing means the draft."""

    definition = serializers.DictField(required=False)


class PositionSerializer(serializers.Serializer[Any]):
    """A place in a text, counted from 1; of an expression, behind its ``=``."""

    line = serializers.IntegerField()
    column = serializers.IntegerField(allow_null=True)


class FaultSerializer(serializers.Serializer[Any]):
    """One thing that is wrong, and where."""

    severity = serializers.CharField(help_text="`error` or `warning`.")
    code = serializers.CharField()
    message = serializers.CharField()
    node_id = serializers.CharField(allow_null=True)
    node_name = serializers.CharField(allow_null=True)
    path = serializers.CharField()
    position = PositionSerializer(allow_null=True)


class CheckedSerializer(serializers.Serializer[Any]):
    """Whether it could be published, and its faults, errors first: at most 200 of ``count``."""

    valid = serializers.BooleanField()
    faults = FaultSerializer(many=True)
    count = serializers.IntegerField()


class ValidateView(APIView):
    """``/workflows/{id}/validate/``."""

    max_body_bytes = settings.EXPRSN_DEFINITION_MAX_BYTES + 1024 * 1024

    @extend_schema(request=CheckSerializer, responses=CheckedSerializer, examples=_EXAMPLES)
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Say what is wrong with the draft, or with another definition. Nothing is changed."""
        data = read_body(CheckSerializer, request)
        return Response(check_draft(actor=actor_from_request(request), workflow_id=workflow_id, **data))

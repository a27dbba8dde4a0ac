"""How a person looks at a workflow, over HTTP."""

from __future__ import annotations

from hashlib import sha256
from math import isfinite
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.preconditions import quoted_etag
from apps.core.public import dumps
from apps.workflows.api.workflows import read_body
from apps.workflows.services.views import keep_view, read_view

FAR = 10_000_000
_EXAMPLE = OpenApiExample(
    "A little to the right", {"x": -320, "y": 40.5, "zoom": 0.9, "panels": {"inspector": True}}, request_only=True
)


def _finite(value: float) -> None:
    if not isfinite(value):
        raise ValidationError(_("Give a finite number."))


class ViewSerializer(serializers.Serializer[Any]):
    """Where the canvas is, how near, and which panels are open (JSON of the designer's own, at most 4 KB)."""

    x = serializers.FloatField(min_value=-FAR, max_value=FAR, validators=[_finite])
    y = serializers.FloatField(min_value=-FAR, max_value=FAR, validators=[_finite])
    zoom = serializers.FloatField(min_value=0.01, max_value=100, validators=[_finite])
    panels = serializers.DictField(required=False)


class KeptViewSerializer(ViewSerializer):
    """The view as it is kept; ``saved`` is false before the first time."""

    panels = serializers.DictField()
    saved = serializers.BooleanField()


def _answer(view: Any) -> Response:
    return Response(view, headers={"ETag": quoted_etag(sha256(dumps(view)).hexdigest()[:16])})


class ViewportView(APIView):
    """``/workflows/{id}/view/``."""

    @extend_schema(responses=KeptViewSerializer)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """Your last view of a workflow."""
        return _answer(read_view(actor=actor_from_request(request), workflow_id=workflow_id))

    @extend_schema(request=ViewSerializer, responses=KeptViewSerializer, examples=[_EXAMPLE])
    def put(self, request: Request, workflow_id: UUID) -> Response:
        """Keep your view of a workflow. The workflow and its tag stay as they are."""
        data = read_body(ViewSerializer, request)
        return _answer(keep_view(actor=actor_from_request(request), workflow_id=workflow_id, **data))

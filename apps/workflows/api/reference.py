"""The reference of the expression language over HTTP, for completion."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.preconditions import etag_for, is_not_modified, quoted_etag
from exprsn.kernel.expressions.reference import entries


class ReferenceEntrySerializer(serializers.Serializer[Any]):
    """A method or a name: ``on`` is the kind of value that it belongs to, ``globals`` for names that stand alone."""

    on = serializers.CharField()
    name = serializers.CharField()
    signature = serializers.CharField()
    description = serializers.CharField()
    example = serializers.CharField(allow_blank=True)
    result = serializers.CharField(allow_blank=True)


class ReferenceSerializer(serializers.Serializer[Any]):
    """All of them, in the order of the page in the documentation."""

    entries = ReferenceEntrySerializer(many=True)


class ReferenceView(APIView):
    """``/expressions/reference/``."""

    @extend_schema(responses=ReferenceSerializer)
    def get(self, request: Request) -> Response:
        """Every method and name that expressions may use. It changes with the version of the product only."""
        tag = etag_for(entries())
        headers = {"ETag": quoted_etag(tag), "Cache-Control": "private, max-age=3600"}
        if is_not_modified(request, tag):
            return Response(status=304, headers=headers)
        return Response({"entries": entries()}, headers=headers)

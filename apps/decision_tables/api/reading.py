"""What all views of this app do with a request."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.preconditions import quoted_etag, required_if_match
from apps.decision_tables.api.serializers import TableSerializer
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.services.documents import MAX_BYTES
from apps.decision_tables.services.etags import etag_of

# A document, and what is sent along with it.
MAX_BODY = MAX_BYTES + 1024 * 1024


def read_body(serializer_class: Any, request: Request, **options: Any) -> dict[str, Any]:
    """The checked body of a request."""
    serializer = serializer_class(data=request.data, **options)
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def read_query(serializer_class: Any, request: Request) -> dict[str, Any]:
    """The checked query of a request."""
    serializer = serializer_class(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def optional_if_match(request: Request) -> tuple[str, ...] | None:
    """The tags that a change is based on, if it says so."""
    return required_if_match(request) if request.headers.get("If-Match") else None


def table_response(table: DecisionTable, status: int = 200) -> Response:
    """A table whole, with its tag."""
    return Response(TableSerializer(table).data, status=status, headers={"ETag": quoted_etag(etag_of(table))})

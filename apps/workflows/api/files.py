"""Files of items over HTTP."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.web.downloads import send_file
from apps.workflows.selectors.files import file_for

_NAME = OpenApiParameter("name", str, description="The name to save it under.")
_TYPE = OpenApiParameter("type", str, description="Its media type; those that could be active are not sent as such.")


class FileView(APIView):
    """``/files/{id}/``."""

    @extend_schema(
        parameters=[_NAME, _TYPE],
        responses={
            200: OpenApiResponse(OpenApiTypes.BINARY, "The bytes; with the header Range a part of them (206)."),
            416: OpenApiResponse(description="The file does not have this range."),
        },
    )
    def get(self, request: Request, file_id: UUID) -> HttpResponseBase:
        """The bytes of a file that an item refers to."""
        actor = actor_from_request(request)
        query = request.query_params
        found = file_for(actor, file_id)
        asked = replace(found, file_name=query.get("name", "")[-255:], media_type=query.get("type", ""))
        return send_file(request._request, actor.organization_id, asked)

"""When the rules of a schedule are due, before anything is saved."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import Permission, actor_from_request, get_organization
from apps.workflows.api.workflows import read_body
from apps.workflows.registry import get_node_type, next_schedule_times
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import InvalidInput

SHOWN = 5
_EXAMPLE = OpenApiExample(
    "Every working day at nine",
    {
        "rules": [{"unit": "weeks", "interval": 1, "weekdays": [1, 2, 3, 4, 5], "hour": 9, "minute": 0}],
        "timezone": "Europe/Berlin",
    },
    request_only=True,
)


class SchedulePreviewRequestSerializer(serializers.Serializer[Any]):
    """The parameters of a schedule node; without a time zone that of the organization counts."""

    rules = serializers.ListField(child=serializers.DictField(), max_length=20)
    timezone = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)


class SchedulePreviewSerializer(serializers.Serializer[Any]):
    """The next five moments, earliest first, and the zone that they follow."""

    times = serializers.ListField(child=serializers.DateTimeField())
    timezone = serializers.CharField()


class SchedulePreviewView(APIView):
    """``/schedules/preview/``."""

    @extend_schema(
        request=SchedulePreviewRequestSerializer,
        responses=SchedulePreviewSerializer,
        examples=[_EXAMPLE],
        operation_id="schedules_preview",
    )
    def post(self, request: Request) -> Response:
        """Say when a schedule with these rules would be due next. Nothing is saved."""
        organization = get_organization(actor_from_request(request), Permission.READ)
        data = read_body(SchedulePreviewRequestSerializer, request)
        if faults := get_node_type("schedule").check(data):
            raise InvalidInput(_("Some rules are wrong; see errors."), code="invalid", errors=faults)
        zone = data["timezone"] or organization.timezone
        times = next_schedule_times(data["rules"], zone, utc_now(), SHOWN)
        return Response(SchedulePreviewSerializer({"times": times, "timezone": zone}).data)

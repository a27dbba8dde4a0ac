"""Checking texts of FEEL over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.decision_tables.api import examples
from apps.decision_tables.api.reading import read_body
from apps.decision_tables.services.feel_checks import KINDS, UNARY_TESTS, check_feel

MAX_TEXT = 20_000
MAX_NAMES = 1_000


class FeelSerializer(serializers.Serializer[Any]):
    """A text of FEEL. ``names`` may be used in it; those with spaces must be named to be understood."""

    text = serializers.CharField(max_length=MAX_TEXT, allow_blank=True, trim_whitespace=False)
    kind = serializers.ChoiceField(choices=KINDS, required=False, default=UNARY_TESTS)
    names = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, default=list, max_length=MAX_NAMES
    )


class FeelCheckSerializer(serializers.Serializer[Any]):
    """Whether it is FEEL; else what is wrong, and from which character on, counted from 0."""

    ok = serializers.BooleanField()
    message = serializers.CharField(allow_null=True)
    position = serializers.IntegerField(allow_null=True)
    unknown_names = serializers.ListField(
        child=serializers.CharField(), help_text="Names in the text that are neither given nor of functions."
    )


class FeelView(APIView):
    """``/decision-tables/feel/check/``."""

    @extend_schema(request=FeelSerializer, responses=FeelCheckSerializer, examples=[examples.FEEL])
    def post(self, request: Request) -> Response:
        """Whether a text is FEEL, as cells and expressions hold it."""
        data = read_body(FeelSerializer, request)
        return Response(check_feel(actor=actor_from_request(request), **data))

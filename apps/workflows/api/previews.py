"""Expressions of a draft over HTTP: what they come to, and what they can see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.workflows.api.workflows import read_body
from apps.workflows.services.previews import preview_expressions
from apps.workflows.services.scopes import read_scope

MAX_EXPRESSIONS = 50
MAX_ITEM = 9_999
ALONE = "expression"
_EXAMPLES = [
    OpenApiExample(
        "One expression",
        {"node": "start", "expression": "=Hello {{ $json.name }}", "limit": 5},
        request_only=True,
    ),
    OpenApiExample(
        "All of a node",
        {"node": "start", "expressions": {"url": "={{ $json.base }}/leads", "method": "POST"}},
        request_only=True,
    ),
]


def _text() -> serializers.CharField:
    return serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=100_000)


class PreviewRequestSerializer(serializers.Serializer[Any]):
    """One ``expression`` or several ``expressions`` by path, each as the parameter holds it: ``=`` and a template."""

    node = serializers.CharField(max_length=64, trim_whitespace=False)
    expression = _text()
    expressions = serializers.DictField(child=_text())
    execution = serializers.UUIDField(required=False, allow_null=True)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=20)
    item = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_ITEM)
    node_definition = serializers.DictField(
        required=False, allow_null=True, help_text="The node as it is being edited, in place of the saved one."
    )

    def get_fields(self) -> dict[str, Any]:
        """The one or the other: which, ``validate`` says."""
        fields = super().get_fields()
        fields["expression"].required = fields["expressions"].required = False
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the two, and not too many."""
        if (ALONE in attrs) == ("expressions" in attrs):
            raise serializers.ValidationError({ALONE: _("Give either one expression or several expressions.")})
        if len(attrs.get("expressions", ())) > MAX_EXPRESSIONS:
            message = _("Give at most %(most)d expressions.") % {"most": MAX_EXPRESSIONS}
            raise serializers.ValidationError({"expressions": message})
        return attrs


class ExpressionErrorSerializer(serializers.Serializer[Any]):
    """Why there is no value; the place counts from 1 in the text behind its ``=``."""

    message = serializers.CharField()
    code = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)
    column = serializers.IntegerField(allow_null=True)


class ShownSerializer(serializers.Serializer[Any]):
    """What an expression came to for one item: a value with its type, or an error."""

    item = serializers.IntegerField()
    value = serializers.JSONField(required=False)
    type = serializers.CharField(
        required=False, help_text="`string`, `number`, `boolean`, `array`, `object`, `date`, `null` or `undefined`."
    )
    truncated = serializers.BooleanField(required=False)
    error = ExpressionErrorSerializer(required=False)


class SourceSerializer(serializers.Serializer[Any]):
    """Where the items come from; without an execution they are pinned."""

    execution = serializers.UUIDField(allow_null=True)
    node = serializers.CharField()


class PreviewSerializer(serializers.Serializer[Any]):
    """The answer for one expression; ``count`` items arrive at the node."""

    items = ShownSerializer(many=True)
    count = serializers.IntegerField()
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]


class PreviewsSerializer(serializers.Serializer[Any]):
    """The answer for several expressions, by path."""

    previews = serializers.DictField(child=ShownSerializer(many=True))
    count = serializers.IntegerField()
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]


_ANSWER = PolymorphicProxySerializer(
    component_name="PreviewAnswer",
    serializers=[PreviewSerializer, PreviewsSerializer],
    resource_type_field_name=None,
)


class PreviewView(APIView):
    """``/workflows/{id}/preview/``."""

    max_body_bytes = settings.EXPRSN_DEFINITION_MAX_BYTES

    @extend_schema(request=PreviewRequestSerializer, responses=_ANSWER, examples=_EXAMPLES)
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Say what expressions come to, with the data of an earlier run or pinned data. Nothing is run."""
        data = read_body(PreviewRequestSerializer, request)
        alone = data.pop(ALONE, None)
        texts = data.pop("expressions", None) or {}
        found = preview_expressions(
            actor=actor_from_request(request),
            workflow_id=workflow_id,
            expressions=texts if alone is None else {ALONE: alone},
            **data,
        )
        if alone is None:
            return Response(found)
        return Response({"items": found["previews"][ALONE], "count": found["count"], "source": found["source"]})


class ScopeQuerySerializer(serializers.Serializer[Any]):
    """Whose data to show."""

    execution = serializers.UUIDField(required=False)


class RootSerializer(serializers.Serializer[Any]):
    """A name that every expression may use."""

    name = serializers.CharField()
    sample = serializers.JSONField(allow_null=True)
    description = serializers.CharField()


class SeenNodeSerializer(serializers.Serializer[Any]):
    """A node that an expression may name, with the data of its first item."""

    name = serializers.CharField()
    id = serializers.CharField()
    sample = serializers.JSONField(allow_null=True)


class ScopeSerializer(serializers.Serializer[Any]):
    """What an expression can see; nodes before it come first."""

    execution = serializers.UUIDField(allow_null=True)
    roots = RootSerializer(many=True)
    nodes = SeenNodeSerializer(many=True)


class ScopeView(APIView):
    """``/workflows/{id}/nodes/{node_id}/scope/``."""

    @extend_schema(parameters=[ScopeQuerySerializer], responses=ScopeSerializer)
    def get(self, request: Request, workflow_id: UUID, node_id: str) -> Response:
        """What an expression of a node can see, with samples from an earlier run."""
        query = ScopeQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_from_request(request)
        return Response(read_scope(actor=actor, workflow_id=workflow_id, node=node_id, **query.validated_data))

"""Listening for test calls over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.workflows.api import examples
from apps.workflows.api.workflows import read_body
from apps.workflows.models import Listening
from apps.workflows.services.listening import current_listening, is_open, listen_for_call, stop_listening


class ListenSerializer(serializers.Serializer[Any]):
    """Which webhook to listen for, by id or name; without it the first of the workflow."""

    trigger_node = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ListeningSerializer(serializers.Serializer[Any]):
    """A listening. ``open``: the next call is answered; ``execution`` is the run that a call has started."""

    id = serializers.UUIDField()
    node_id = serializers.CharField()
    method = serializers.CharField(help_text="The first of methods.")
    methods = serializers.ListField(child=serializers.CharField())
    path = serializers.CharField()
    url = serializers.CharField()
    open = serializers.BooleanField()
    expires_at = serializers.DateTimeField()
    execution = serializers.UUIDField(allow_null=True)


class ListeningStateSerializer(serializers.Serializer[Any]):
    """Whether the draft of a workflow listens for a test call."""

    listening = ListeningSerializer(allow_null=True)


class ListenView(APIView):
    """``/workflows/{id}/listen/``."""

    @extend_schema(responses=ListeningStateSerializer, operation_id="workflows_listen_get")
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """Whether the draft listens for a test call, and the run that one has started."""
        return _state(current_listening(actor=actor_from_request(request), workflow_id=workflow_id))

    @extend_schema(
        request=ListenSerializer,
        responses=ListeningStateSerializer,
        examples=[examples.LISTEN],
        operation_id="workflows_listen",
    )
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Listen for two minutes, or two minutes more, for one call of the draft's webhook at its test address."""
        data = read_body(ListenSerializer, request)
        return _state(listen_for_call(actor=actor_from_request(request), workflow_id=workflow_id, **data))

    @extend_schema(
        responses={204: OpenApiResponse(description="Nobody listens.")}, operation_id="workflows_listen_stop"
    )
    def delete(self, request: Request, workflow_id: UUID) -> Response:
        """Stop listening."""
        stop_listening(actor=actor_from_request(request), workflow_id=workflow_id)
        return Response(status=204)


def _state(found: Listening | None) -> Response:
    listening = None if found is None else _data(found)
    return Response(ListeningStateSerializer({"listening": listening}).data)


def _data(found: Listening) -> dict[str, Any]:
    return {
        "id": found.id,
        "node_id": found.node_id,
        "method": found.methods[0],
        "methods": found.methods,
        "path": found.path,
        "url": f"{settings.EXPRSN_PUBLIC_URL}/webhook-test/{found.path}",
        "open": is_open(found),
        "expires_at": found.expires_at,
        "execution": found.execution_id,
    }

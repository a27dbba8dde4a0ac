"""Tokens and the audit log over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.api import examples
from apps.accounts.api.requests import GONE, checked, paged
from apps.accounts.api.token_serializers import (
    AuditEventSerializer,
    TokenCreatedSerializer,
    TokenCreateSerializer,
    TokenSerializer,
)
from apps.accounts.selectors.audit import audit_events
from apps.accounts.selectors.tokens import tokens_of
from apps.accounts.services.actors import actor_from_request
from apps.accounts.services.tokens import create_token, revoke_token

_AUDIT_FILTERS = {
    "actor": "Id of the person, or a part of the e-mail.",
    "verb": "Exactly this verb, such as `token.revoked`.",
    "object_type": "Exactly this kind of object, such as `workflow`.",
    "object_id": "Exactly this object.",
    "since": "From this time on: ISO 8601, or a day in UTC.",
    "until": "Before this time: ISO 8601, or a day in UTC, which is included.",
    "search": "A part of the object's name, of the verb or of the actor's e-mail.",
}


class TokenListView(APIView):
    """``/tokens/``."""

    @extend_schema(responses=TokenSerializer(many=True), operation_id="tokens_list")
    def get(self, request: Request) -> Response:
        """Your tokens in this organization; never their secrets."""
        return paged(self, request, tokens_of(actor_from_request(request)), TokenSerializer)

    @extend_schema(
        request=TokenCreateSerializer,
        responses={201: TokenCreatedSerializer},
        examples=[examples.TOKEN_NEW, examples.TOKEN_MADE],
    )
    def post(self, request: Request) -> Response:
        """Make a token; its secret is in this answer and nowhere else.

        A token cannot do more than you may. A token makes others only with the scope `admin` and without a use limit,
        and none that outlives it: its own expiry is the default.
        """
        data = checked(TokenCreateSerializer, request)
        token, secret = create_token(actor=actor_from_request(request), **data)
        return Response({**TokenSerializer(token).data, "token": secret}, status=201)


class TokenView(APIView):
    """``/tokens/{id}/``."""

    @extend_schema(responses=GONE)
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke a token: an own one, for administrators anybody's.

        A token may always revoke itself, others only with the scope `admin`.
        """
        revoke_token(actor=actor_from_request(request), token_id=token_id)
        return Response(status=204)


class AuditEventListView(APIView):
    """``/audit-events/``."""

    @extend_schema(
        parameters=[OpenApiParameter(name, str, description=text) for name, text in _AUDIT_FILTERS.items()],
        responses=AuditEventSerializer(many=True),
        operation_id="audit_events_list",
    )
    def get(self, request: Request) -> Response:
        """Who did what, newest first. Needs the permission `admin`."""
        rows = audit_events(actor_from_request(request), request.query_params)
        return paged(self, request, rows, AuditEventSerializer)

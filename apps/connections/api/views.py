"""Credentials over HTTP: secrets go in and never come out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import Permission, actor_from_request
from apps.connections.access import get_credential, visible_credentials
from apps.connections.api import examples
from apps.connections.api.serializers import (
    CredentialChangeSerializer,
    CredentialNewSerializer,
    CredentialSerializer,
    CredentialTestSerializer,
    CredentialTypesSerializer,
)
from apps.connections.constants import FIELDS, CredentialKind
from apps.connections.services.credentials import create_credential, delete_credential, update_credential
from apps.connections.services.testing import try_credential
from apps.core.api.pagination import KeysetPagination


class CredentialListView(APIView):
    """``/credentials/``."""

    @extend_schema(responses=CredentialSerializer(many=True), operation_id="credentials_list")
    def get(self, request: Request) -> Response:
        """The credentials of your organization."""
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(visible_credentials(actor_from_request(request)), request, view=self)
        return paginator.get_paginated_response(CredentialSerializer(page, many=True).data)

    @extend_schema(
        request=CredentialNewSerializer, responses={201: CredentialSerializer}, examples=[examples.CREDENTIAL_NEW]
    )
    def post(self, request: Request) -> Response:
        """Store a credential."""
        body = _checked(CredentialNewSerializer(data=request.data))
        made = create_credential(actor=actor_from_request(request), **body)
        return Response(CredentialSerializer(made).data, status=201)


class CredentialView(APIView):
    """``/credentials/{id}/``."""

    @extend_schema(responses=CredentialSerializer, operation_id="credentials_get")
    def get(self, request: Request, credential_id: UUID) -> Response:
        """One credential, without its values."""
        credential = get_credential(actor_from_request(request), credential_id, Permission.READ)
        return Response(CredentialSerializer(credential).data)

    @extend_schema(
        request=CredentialChangeSerializer, responses=CredentialSerializer, examples=[examples.CREDENTIAL_CHANGE]
    )
    def patch(self, request: Request, credential_id: UUID) -> Response:
        """Rename it or replace values."""
        body = _checked(CredentialChangeSerializer(data=request.data))
        changed = update_credential(actor=actor_from_request(request), credential_id=credential_id, **body)
        return Response(CredentialSerializer(changed).data)

    @extend_schema(responses={204: OpenApiResponse(description="Deleted.")})
    def delete(self, request: Request, credential_id: UUID) -> Response:
        """Remove it for good."""
        delete_credential(actor=actor_from_request(request), credential_id=credential_id)
        return Response(status=204)


class CredentialTestView(APIView):
    """``/credentials/{id}/test/``."""

    @extend_schema(request=None, responses=CredentialTestSerializer)
    def post(self, request: Request, credential_id: UUID) -> Response:
        """Connect with it and sign in, without changing anything there."""
        result = try_credential(actor=actor_from_request(request), credential_id=credential_id)
        return Response(CredentialTestSerializer(result).data)


class CredentialTypesView(APIView):
    """``/credential-types/``."""

    @extend_schema(responses=CredentialTypesSerializer)
    def get(self, request: Request) -> Response:
        """The kinds of credentials and the fields of each."""
        items = [
            {
                "kind": kind,
                "name": str(dict(CredentialKind.choices)[kind]),
                "fields": [asdict(field) for field in fields],
            }
            for kind, fields in FIELDS.items()
        ]
        return Response({"items": items, "page_info": {"has_more": False, "next_cursor": None, "count": len(items)}})


def _checked(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    body: dict[str, Any] = serializer.validated_data
    return body

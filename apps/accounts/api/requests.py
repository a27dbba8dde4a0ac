"""What all views of the accounts API need."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.access import membership_in
from apps.accounts.contracts import Actor
from apps.accounts.models import User
from apps.accounts.services.actors import actor_from_request
from apps.core.api.pagination import KeysetPagination
from exprsn.kernel.errors import NotFound

GONE = {204: OpenApiResponse(description="Done.")}


def paged(view: Any, request: Request, rows: Any, serializer: Any) -> Response:
    """A page of rows."""
    paginator = KeysetPagination()
    page = paginator.paginate_queryset(rows, request, view=view)
    return paginator.get_paginated_response(serializer(page, many=True).data)


def checked(serializer_class: Any, request: Request, **options: Any) -> dict[str, Any]:
    """The checked body of a request."""
    serializer = serializer_class(data=request.data, **options)
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def user_of(request: Request) -> User:
    """The person who is asking, or whose token is."""
    assert isinstance(request.user, User)
    return request.user


def actor_in(request: Request, organization_id: UUID) -> Actor:
    """The actor within the organization that the address names; a token stays within its own."""
    actor = actor_from_request(request)
    if actor.organization_id == organization_id:
        return actor
    if actor.kind == "token":
        raise NotFound("This token does not belong to that organization.", code="organization_not_found")
    membership = membership_in(user_of(request), organization_id)
    return replace(actor, organization_id=organization_id, role=membership.role)

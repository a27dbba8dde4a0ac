"""Oneself over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import can
from apps.accounts.api import examples
from apps.accounts.api.requests import checked, user_of
from apps.accounts.api.serializers import MeChangeSerializer, MeSerializer
from apps.accounts.constants import Permission
from apps.accounts.contracts import Actor
from apps.accounts.models import Organization, User
from apps.accounts.services.actors import actor_from_request
from apps.accounts.services.profile import update_profile


class MeView(APIView):
    """``/me/``."""

    @extend_schema(responses=MeSerializer, examples=[examples.ME])
    def get(self, request: Request) -> Response:
        """Who you are, the organization that you act in, and what you may do there."""
        return Response(_shown(user_of(request), actor_from_request(request)))

    @extend_schema(request=MeChangeSerializer, responses=MeSerializer, examples=[examples.ME_CHANGE, examples.ME])
    def patch(self, request: Request) -> Response:
        """Change your name, language or theme. A token needs the scope `write`."""
        actor = actor_from_request(request)
        user = update_profile(actor=actor, changes=checked(MeChangeSerializer, request))
        return Response(_shown(user, actor))


def _shown(user: User, actor: Actor) -> dict[str, Any]:
    organization = Organization.objects.get(id=actor.organization_id)
    within = {
        "id": organization.id,
        "slug": organization.slug,
        "name": organization.name,
        "role": actor.role,
        "permissions": [permission.value for permission in Permission if can(actor, permission)],
    }
    own = {name: getattr(user, name) for name in ("id", "email", "name", "locale", "theme")}
    return {**own, "organization": within}

"""Organizations, their members and teams over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import get_member, get_organization, get_team
from apps.accounts.api import examples
from apps.accounts.api.requests import GONE, actor_in, checked, paged, user_of
from apps.accounts.api.serializers import (
    MemberAddSerializer,
    MemberChangeSerializer,
    MemberSerializer,
    OrganizationSerializer,
    TeamSerializer,
)
from apps.accounts.constants import Permission
from apps.accounts.selectors.organizations import members_of, organizations_within_reach, teams_of
from apps.accounts.services import members, organizations, teams
from apps.accounts.services.actors import actor_from_request


class OrganizationListView(APIView):
    """``/organizations/``."""

    @extend_schema(responses=OrganizationSerializer(many=True), operation_id="organizations_list")
    def get(self, request: Request) -> Response:
        """The organizations that you belong to; with a token only the token's own."""
        rows = organizations_within_reach(actor_from_request(request), user_of(request))
        return paged(self, request, rows, OrganizationSerializer)

    @extend_schema(
        request=OrganizationSerializer,
        responses={201: OrganizationSerializer},
        examples=[examples.ORGANIZATION_NEW],
    )
    def post(self, request: Request) -> Response:
        """Make an organization that you own. A token needs the scope `admin`."""
        data = checked(OrganizationSerializer, request)
        made = organizations.create_organization(actor=actor_from_request(request), **data)
        return Response(OrganizationSerializer(made).data, status=201)


class OrganizationView(APIView):
    """``/organizations/{id}/``."""

    @extend_schema(responses=OrganizationSerializer, operation_id="organizations_get")
    def get(self, request: Request, organization_id: UUID) -> Response:
        """One organization of yours."""
        organization = get_organization(actor_in(request, organization_id), Permission.READ)
        return Response(OrganizationSerializer(organization).data)

    @extend_schema(
        request=OrganizationSerializer, responses=OrganizationSerializer, examples=[examples.ORGANIZATION_CHANGE]
    )
    def patch(self, request: Request, organization_id: UUID) -> Response:
        """Change name, time zone, language or for how many days executions are kept. Needs the permission `admin`."""
        data = checked(OrganizationSerializer, request, partial=True)
        changed = organizations.update_organization(actor=actor_in(request, organization_id), changes=data)
        return Response(OrganizationSerializer(changed).data)


class MemberListView(APIView):
    """``/organizations/{id}/members/``."""

    @extend_schema(responses=MemberSerializer(many=True), operation_id="organizations_members_list")
    def get(self, request: Request, organization_id: UUID) -> Response:
        """Who belongs to it, with role and teams."""
        return paged(self, request, members_of(actor_in(request, organization_id)), MemberSerializer)

    @extend_schema(request=MemberAddSerializer, responses={201: MemberSerializer}, examples=[examples.MEMBER_NEW])
    def post(self, request: Request, organization_id: UUID) -> Response:
        """Add an existing user by e-mail. Needs the permission `admin`; only owners make owners."""
        data = checked(MemberAddSerializer, request)
        made = members.add_member(actor=actor_in(request, organization_id), **data)
        return Response(MemberSerializer(made).data, status=201)


class MemberView(APIView):
    """``/organizations/{id}/members/{membership}/``."""

    @extend_schema(request=MemberChangeSerializer, responses=MemberSerializer, examples=[examples.MEMBER_CHANGE])
    def patch(self, request: Request, organization_id: UUID, membership_id: UUID) -> Response:
        """Change role or teams. `last_owner` (409) when nobody else would own the organization."""
        actor = actor_in(request, organization_id)
        data = checked(MemberChangeSerializer, request)
        with transaction.atomic():
            changed = get_member(actor, membership_id, Permission.ADMIN)
            if "role" in data:
                changed = members.change_role(actor=actor, membership_id=membership_id, role=data["role"])
            if "teams" in data:
                changed = members.set_member_teams(actor=actor, membership_id=membership_id, team_ids=data["teams"])
        return Response(MemberSerializer(changed).data)

    @extend_schema(responses=GONE)
    def delete(self, request: Request, organization_id: UUID, membership_id: UUID) -> Response:
        """Take somebody out. `last_owner` (409) when nobody else owns the organization."""
        members.remove_member(actor=actor_in(request, organization_id), membership_id=membership_id)
        return Response(status=204)


class TeamListView(APIView):
    """``/teams/``."""

    @extend_schema(responses=TeamSerializer(many=True), operation_id="teams_list")
    def get(self, request: Request) -> Response:
        """The teams of your organization."""
        return paged(self, request, teams_of(actor_from_request(request)), TeamSerializer)

    @extend_schema(request=TeamSerializer, responses={201: TeamSerializer}, examples=[examples.TEAM])
    def post(self, request: Request) -> Response:
        """Make a team. Needs the permission `admin`."""
        data = checked(TeamSerializer, request)
        made = teams.create_team(actor=actor_from_request(request), name=data["name"])
        return Response(TeamSerializer(made).data, status=201)


class TeamView(APIView):
    """``/teams/{id}/``."""

    @extend_schema(responses=TeamSerializer, operation_id="teams_get")
    def get(self, request: Request, team_id: UUID) -> Response:
        """One team."""
        return Response(TeamSerializer(get_team(actor_from_request(request), team_id, Permission.READ)).data)

    @extend_schema(request=TeamSerializer, responses=TeamSerializer, examples=[examples.TEAM_CHANGE])
    def patch(self, request: Request, team_id: UUID) -> Response:
        """Rename a team. Needs the permission `admin`."""
        data = checked(TeamSerializer, request)
        changed = teams.rename_team(actor=actor_from_request(request), team_id=team_id, name=data["name"])
        return Response(TeamSerializer(changed).data)

    @extend_schema(responses=GONE)
    def delete(self, request: Request, team_id: UUID) -> Response:
        """Remove a team; its members stay in the organization. Needs the permission `admin`."""
        teams.delete_team(actor=actor_from_request(request), team_id=team_id)
        return Response(status=204)

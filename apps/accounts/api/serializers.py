"""Shapes of the accounts API: people and organizations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from apps.accounts.constants import Permission, Role, Theme
from apps.accounts.models import Membership, Organization, Team, User


class MeOrganizationSerializer(serializers.Serializer[Any]):
    """The organization that the caller acts in, and what the caller may do there."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    permissions = serializers.ListField(child=serializers.ChoiceField(choices=Permission.choices))


class MeSerializer(serializers.ModelSerializer[User]):
    """The signed-in person."""

    organization = MeOrganizationSerializer(read_only=True)

    class Meta:
        model = User
        fields = ("id", "email", "name", "locale", "theme", "organization")
        read_only_fields = fields


class MeChangeSerializer(serializers.Serializer[Any]):
    """What people may change about themselves."""

    name = serializers.CharField(max_length=100, allow_blank=True, required=False)
    locale = serializers.ChoiceField(choices=[code for code, _ in settings.LANGUAGES], required=False)
    theme = serializers.ChoiceField(choices=Theme.choices, required=False)


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """An organization of yours."""

    class Meta:
        model = Organization
        fields = ("id", "slug", "name", "timezone", "locale", "retention_days", "plan", "is_personal", "created_at")
        read_only_fields = ("id", "slug", "plan", "is_personal", "created_at")


class MemberTeamSerializer(serializers.ModelSerializer[Team]):
    """A team that a member belongs to."""

    class Meta:
        model = Team
        fields = ("id", "name")
        read_only_fields = fields


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A member of an organization."""

    email = serializers.EmailField(source="user.email", read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)
    teams = MemberTeamSerializer(many=True, read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "user", "email", "name", "role", "teams", "created_at")
        read_only_fields = fields


class MemberAddSerializer(serializers.Serializer[Any]):
    """Who to add, and as what."""

    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)


class MemberChangeSerializer(serializers.Serializer[Any]):
    """What somebody is from now on, and in which teams; what is left out stays."""

    role = serializers.ChoiceField(choices=Role.choices, required=False)
    teams = serializers.ListField(child=serializers.UUIDField(), max_length=200, required=False)


class TeamSerializer(serializers.ModelSerializer[Team]):
    """A department."""

    class Meta:
        model = Team
        fields = ("id", "name", "created_at")
        read_only_fields = ("id", "created_at")
        # The service says by whom a name is taken; the framework's own check knows no organization.
        validators: list[Any] = []

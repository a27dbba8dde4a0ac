"""Three people for every question of permission: who owns it, who belongs to it, and who does not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.access import membership_in
from apps.accounts.constants import ROLE_PERMISSIONS, Role, Scope
from apps.accounts.contracts import Actor
from apps.accounts.models import Membership, Organization, User
from apps.accounts.services.tokens import create_token

PASSWORD = "a-long-password-for-tests"


@dataclass
class Person:
    """A user acting within one organization."""

    user: User
    organization: Organization

    @cached_property
    def actor(self) -> Actor:
        """The person at the screen."""
        membership = membership_in(self.user, self.organization.id)
        return Actor("user", self.organization.id, self.user.id, membership.role, label=self.user.email)

    @cached_property
    def token(self) -> str:
        """An API token with every scope that the person's role admits."""
        needed = {"read": "read", "write": "write", "execute": "execute", "admin": "admin"}
        allowed = {permission.value for permission in ROLE_PERMISSIONS[self.actor.role]}
        scopes = [scope for scope in Scope.values if needed[scope] in allowed]
        return create_token(actor=self.actor, name="tests", scopes=scopes)[1]

    @cached_property
    def api(self) -> APIClient:
        """An API client that sends the token."""
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {self.token}")
        return client

    @cached_property
    def client(self) -> Client:
        """A browser's session within the organization."""
        client = Client()
        client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["organization"] = str(self.organization.id)
        session.save()
        return client


def make_person(email: str, organization: Organization | None = None, role: str = Role.OWNER) -> Person:
    """A new user, in their personal organization or as a member of another."""
    user = User.objects.create_user(email, PASSWORD)
    if organization is None:
        organization = Organization.objects.get(created_by=user, is_personal=True)
    else:
        Membership.objects.create(user=user, organization=organization, role=role)
    return Person(user, organization)

"""Organizations, members, teams, audit: who may do what, and that nothing happens after a refusal."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from apps.accounts.constants import Role
from apps.accounts.models import AuditEvent, Membership, Organization, Team
from tests.people import Person, make_person

pytestmark = pytest.mark.django_db


def members(person: Person, organization: Organization | None = None) -> str:
    return f"/api/v1/organizations/{(organization or person.organization).id}/members/"


def test_everybody_has_a_personal_organization(owner: Person) -> None:
    assert owner.organization.is_personal
    assert owner.actor.role == Role.OWNER


def test_two_people_of_the_same_name_get_different_slugs() -> None:
    one, two = make_person("ann@a.example"), make_person("ann@b.example")
    assert (one.organization.slug, two.organization.slug) == ("ann", "ann-2")


def test_members_are_listed_for_members_only(owner: Person, mate: Person, stranger: Person) -> None:
    emails = {entry["email"] for entry in mate.api.get(members(owner)).json()["items"]}
    assert emails == {"owner@example.com", "mate@example.com"}
    assert stranger.api.get(members(owner)).status_code == 404


def test_an_administrator_adds_changes_and_removes_members(owner: Person, stranger: Person) -> None:
    made = owner.api.post(members(owner), {"email": "Stranger@Example.com", "role": "editor"}).json()
    path = f"{members(owner)}{made['id']}/"
    assert owner.api.patch(path, {"role": "operator"}).json()["role"] == "operator"
    assert owner.api.delete(path).status_code == 204
    verbs = list(AuditEvent.plain.order_by("id").values_list("verb", flat=True))
    assert verbs[-3:] == ["member.added", "member.role_changed", "member.removed"]


def test_a_viewer_changes_nothing(owner: Person, mate: Person) -> None:
    mine = Membership.objects.get(user=owner.user, organization=owner.organization)
    before = Membership.objects.count()
    refused = [
        mate.api.post(members(owner), {"email": "owner@example.com", "role": "viewer"}),
        mate.api.patch(f"{members(owner)}{mine.id}/", {"role": "viewer"}),
        mate.api.delete(f"{members(owner)}{mine.id}/"),
        mate.api.patch(f"/api/v1/organizations/{owner.organization.id}/", {"name": "Mine"}),
        mate.api.post("/api/v1/teams/", {"name": "Mine"}),
        mate.api.get("/api/v1/audit-events/"),
    ]
    assert [answer.status_code for answer in refused] == [403] * 6
    assert Membership.objects.count() == before
    assert not Team.plain.exists()


def test_one_owner_must_remain(owner: Person) -> None:
    mine = Membership.objects.get(user=owner.user, organization=owner.organization)
    path = f"{members(owner)}{mine.id}/"
    assert owner.api.patch(path, {"role": "viewer"}).json()["code"] == "last_owner"
    assert owner.api.delete(path).json()["code"] == "last_owner"


def test_only_an_owner_makes_owners(owner: Person) -> None:
    admin = make_person("admin@example.com", owner.organization, Role.ADMIN)
    make_person("new@example.com")
    answer = admin.api.post(members(owner), {"email": "new@example.com", "role": "owner"})
    assert (answer.status_code, answer.json()["code"]) == (403, "owner_required")


@pytest.mark.parametrize(
    ("email", "status", "code"),
    [("nobody@example.com", 404, "user_not_found"), ("mate@example.com", 409, "already_member")],
)
def test_who_cannot_be_added(owner: Person, mate: Person, email: str, status: int, code: str) -> None:
    answer = owner.api.post(members(owner), {"email": email, "role": "viewer"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_organization_is_made_and_changed(owner: Person) -> None:
    made = owner.client.post(
        "/api/v1/organizations/", {"name": "Acme", "timezone": "Europe/Berlin"}, content_type="application/json"
    ).json()
    path = f"/api/v1/organizations/{made['id']}/"
    assert owner.client.get(path).json()["timezone"] == "Europe/Berlin"
    changed = owner.client.patch(path, {"name": "Acme & Co"}, content_type="application/json")
    assert changed.json()["name"] == "Acme & Co"
    bad = owner.client.patch(path, {"timezone": "Mars/Base"}, content_type="application/json")
    assert list(bad.json()["errors"]) == ["timezone"]


def test_teams(owner: Person, stranger: Person) -> None:
    made = owner.api.post("/api/v1/teams/", {"name": "Sales"}).json()
    assert owner.api.post("/api/v1/teams/", {"name": "Sales"}).json()["code"] == "team_name_taken"
    assert stranger.api.get("/api/v1/teams/").json()["items"] == []
    assert stranger.api.delete(f"/api/v1/teams/{made['id']}/").status_code == 404
    assert owner.api.delete(f"/api/v1/teams/{made['id']}/").status_code == 204


def test_me_can_be_changed_by_oneself(owner: Person) -> None:
    assert owner.api.patch("/api/v1/me/", {"name": "Ada", "email": "x@y.z"}).json()["email"] == "owner@example.com"
    assert owner.api.get("/api/v1/me/").json()["name"] == "Ada"


def test_without_token_or_session_there_is_nothing() -> None:
    answer = APIClient().get("/api/v1/me/")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_the_audit_log_is_the_organizations_own_and_cannot_be_changed(owner: Person, stranger: Person) -> None:
    owner.api.post("/api/v1/teams/", {"name": "Sales"})
    items = owner.api.get("/api/v1/audit-events/?search=sales").json()["items"]
    assert [(entry["verb"], entry["object_name"]) for entry in items] == [("team.created", "Sales")]
    assert stranger.api.get("/api/v1/audit-events/?search=sales").json()["items"] == []
    event = AuditEvent.plain.first()
    assert event is not None
    for change in (event.save, event.delete):
        with pytest.raises(TypeError):
            change()


def test_sessions_choose_an_organization(owner: Person, stranger: Person) -> None:
    Membership.objects.create(user=owner.user, organization=stranger.organization, role=Role.VIEWER)
    answer = owner.client.post("/organizations/switch/", {"organization": str(stranger.organization.id)})
    assert answer.status_code == 302
    assert owner.client.session["organization"] == str(stranger.organization.id)
    other = make_person("other@example.com")
    assert owner.client.post("/organizations/switch/", {"organization": str(other.organization.id)}).status_code == 404


def test_a_session_in_an_organization_that_was_left_falls_back(mate: Person, owner: Person) -> None:
    assert mate.client.get("/").status_code == 200
    Membership.objects.filter(user=mate.user, organization=owner.organization).delete()
    assert b"mate" in mate.client.get("/").content

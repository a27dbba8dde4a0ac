"""Screens of oneself and of organizations."""

from __future__ import annotations

import pytest

from apps.accounts.models import AuditEvent, Organization
from tests.hostile import TEXTS
from tests.people import PASSWORD, Person

pytestmark = pytest.mark.django_db
PROFILE, ORGANIZATION, NEW = "/settings/profile/", "/settings/organization/", "/organizations/new/"
GOOD = {"name": "Acme", "timezone": "Europe/Berlin", "locale": "de"}
FORMS = {
    PROFILE: {"name": "Ada", "locale": "de"},
    ORGANIZATION: GOOD,
    "/settings/members/": {"email": "nobody@example.com", "role": "viewer"},
    "/settings/teams/": {"name": "Sales"},
}


def test_the_profile_shows_and_changes_what_is_ones_own(owner: Person) -> None:
    page = owner.client.get(PROFILE).content.decode()
    assert "owner@example.com" in page
    assert "/accounts/password/change/" in page
    answer = owner.client.post(PROFILE, {"name": "Ada", "locale": "de"})
    assert answer["Location"] == PROFILE
    owner.user.refresh_from_db()
    assert (owner.user.name, owner.user.locale) == ("Ada", "de")
    event = AuditEvent.plain.get(verb="user.updated")
    assert event.changes == {"name": ["", "Ada"], "locale": ["en", "de"]}


@pytest.mark.parametrize("path", FORMS)
def test_any_value_in_any_field_is_answered(owner: Person, path: str) -> None:
    for field in FORMS[path]:
        for hostile in TEXTS:
            answer = owner.client.post(path, FORMS[path] | {field: hostile})
            assert answer.status_code < 500, (field, hostile[:80])
            assert owner.client.get(path, {field: hostile, "search": hostile}).status_code < 500, hostile[:80]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"name": "x" * 101, "locale": "en"}, "at most 100 characters"),
        ({"name": "Ada", "locale": "xx"}, "xx is not one of the available choices"),
    ],
)
def test_a_wrong_profile_says_so_and_changes_nothing(owner: Person, data: dict[str, str], error: str) -> None:
    assert error in owner.client.post(PROFILE, data).content.decode()
    owner.user.refresh_from_db()
    assert owner.user.name == ""


def test_everybody_has_a_profile_and_its_entry_in_the_navigation(mate: Person) -> None:
    page = mate.client.get(PROFILE)
    assert page.status_code == 200
    assert f'href="{PROFILE}"' in page.content.decode()


def test_a_password_is_changed_with_the_present_one(owner: Person) -> None:
    page = "/accounts/password/change/"
    assert "Change password" in owner.client.get(page).content.decode()
    new = {"password1": "another-long-password", "password2": "another-long-password"}
    wrong = owner.client.post(page, {"oldpassword": "not-the-present-one", **new})
    assert "Please type your current password" in wrong.content.decode()
    right = owner.client.post(page, {"oldpassword": PASSWORD, **new}, follow=True)
    assert right.redirect_chain == [(PROFILE, 302)]
    assert "Your password is changed" in right.content.decode()
    assert AuditEvent.plain.filter(verb="user.password_changed", object_id=str(owner.user.id)).count() == 1


def test_settings_of_an_organization_are_changed(owner: Person) -> None:
    page = owner.client.get(ORGANIZATION).content.decode()
    assert "Who may what" in page
    assert owner.client.post(ORGANIZATION, GOOD)["Location"] == ORGANIZATION
    owner.organization.refresh_from_db()
    found = {field: getattr(owner.organization, field) for field in GOOD}
    assert found == GOOD


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": " "}, "This field is required"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"timezone": "Mars/Base"}, "Mars/Base is not one of the available choices"),
        ({"locale": ""}, "This field is required"),
    ],
)
@pytest.mark.parametrize("path", [ORGANIZATION, NEW])
def test_wrong_settings_say_so_and_change_nothing(owner: Person, path: str, change: dict[str, str], error: str) -> None:
    assert error in owner.client.post(path, GOOD | change).content.decode()
    owner.organization.refresh_from_db()
    assert owner.organization.name == "owner"
    assert Organization.objects.count() == 1


def test_a_zone_that_the_list_leaves_out_stays(owner: Person) -> None:
    Organization.objects.filter(id=owner.organization.id).update(timezone="EST")
    assert '<option value="EST" selected>' in owner.client.get(ORGANIZATION).content.decode()
    assert owner.client.post(ORGANIZATION, GOOD | {"timezone": "EST"}).status_code == 302


def test_settings_are_for_administrators(mate: Person, editor: Person) -> None:
    for person in (mate, editor):
        assert person.client.get(ORGANIZATION).status_code == 403
        assert person.client.post(ORGANIZATION, GOOD).status_code == 403
        assert ORGANIZATION not in person.client.get("/").content.decode()
    mate.organization.refresh_from_db()
    assert mate.organization.name == "owner"


def test_who_makes_an_organization_owns_it_and_is_in_it(mate: Person) -> None:
    answer = mate.client.post(NEW, GOOD, follow=True)
    assert answer.redirect_chain == [("/settings/members/", 302)]
    assert "Now in Acme" in answer.content.decode()
    made = Organization.objects.get(name="Acme")
    assert mate.client.session["organization"] == str(made.id)
    assert (made.timezone, made.created_by) == ("Europe/Berlin", mate.user)

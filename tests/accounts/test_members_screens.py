"""The screens of members: who sees them, what they refuse, and that a removal can be taken back."""

from __future__ import annotations

import html
import re

import pytest
from django.http import HttpResponse
from pytest_django.fixtures import DjangoAssertNumQueries

from apps.accounts.constants import Role
from apps.accounts.models import AuditEvent, Membership, Team
from tests.people import Person, make_person

pytestmark = pytest.mark.django_db
MEMBERS = "/settings/members/"


def membership(person: Person, owner: Person) -> Membership:
    return Membership.objects.get(user=person.user, organization=owner.organization)


def page_of(person: Person, owner: Person) -> str:
    return f"{MEMBERS}{membership(person, owner).id}/"


def text(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


def undo_in(page: str) -> str:
    found = re.search(r'action="(/settings/[^"]*restore[^"]*)"', page)
    assert found
    return found[1]


def test_the_list_shows_and_finds_members(owner: Person, mate: Person) -> None:
    listed = re.findall(r'class="title"[^>]*>([^<]+)<', text(owner.client.get(MEMBERS)))
    assert sorted(listed) == ["mate@example.com", "owner@example.com"]
    found = text(owner.client.get(f"{MEMBERS}?search=MATE"))
    assert page_of(mate, owner) in found
    assert page_of(owner, owner) not in found
    assert page_of(mate, owner) not in text(owner.client.get(f"{MEMBERS}?role=owner"))
    assert "Nobody fits" in text(owner.client.get(f"{MEMBERS}?search=zzz"))


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    owner.client.get(MEMBERS)
    for number in range(3):
        make_person(f"more{number}@example.com", owner.organization)
        with django_assert_num_queries(6):
            owner.client.get(MEMBERS)


def test_a_user_is_added_by_mail(owner: Person, stranger: Person) -> None:
    answer = owner.client.post(MEMBERS, {"email": "Stranger@example.com", "role": "editor"}, follow=True)
    assert "stranger@example.com is a member now" in text(answer)
    assert membership(stranger, owner).role == Role.EDITOR


@pytest.mark.parametrize(
    ("email", "role", "error"),
    [
        ("nobody@example.com", "viewer", "Nobody with this address has an account here"),
        ("mate@example.com", "viewer", "a member already"),
        ("no address", "viewer", "Enter a valid email address"),
        ("", "viewer", "This field is required"),
        ("stranger@example.com", "king", "king is not one of the available choices"),
    ],
)
def test_who_cannot_be_added(owner: Person, mate: Person, stranger: Person, email: str, role: str, error: str) -> None:
    before = Membership.objects.count()
    assert error in text(owner.client.post(MEMBERS, {"email": email, "role": role}))
    assert Membership.objects.count() == before


def test_role_and_teams_are_changed(owner: Person, mate: Person) -> None:
    team = Team.plain.create(organization=owner.organization, name="Sales")
    answer = owner.client.post(page_of(mate, owner), {"role": "operator", "teams": [str(team.id)]})
    assert answer["Location"] == MEMBERS
    changed = membership(mate, owner)
    assert (changed.role, list(changed.teams.all())) == (Role.OPERATOR, [team])
    assert "Sales" in text(owner.client.get(MEMBERS))
    assert "checked" in text(owner.client.get(page_of(mate, owner)))


def test_a_wrong_role_or_team_changes_neither(owner: Person, mate: Person, stranger: Person) -> None:
    other = Team.plain.create(organization=stranger.organization, name="Theirs")
    page = page_of(mate, owner)
    assert "not one of the available choices" in text(owner.client.post(page, {"role": "king"}))
    wrong = owner.client.post(page, {"role": "editor", "teams": [str(other.id)]})
    assert "not one of the available choices" in text(wrong)
    assert membership(mate, owner).role == Role.VIEWER


def test_the_last_owner_stays_and_is_told_what_to_do(owner: Person, mate: Person) -> None:
    page = page_of(owner, owner)
    assert "Make another member an owner first" in text(owner.client.post(page, {"role": "viewer"}))
    assert "Make another member an owner first" in text(owner.client.post(f"{page}remove/"))
    assert membership(owner, owner).role == Role.OWNER


def test_only_owners_decide_about_owners(owner: Person) -> None:
    admin = make_person("admin@example.com", owner.organization, Role.ADMIN)
    assert 'value="owner"' not in text(admin.client.get(MEMBERS)).partition("Add a member")[2]
    assert "Ask one of them" in text(admin.client.post(page_of(owner, owner), {"role": "viewer"}))
    assert "Only an owner removes an owner" in text(admin.client.post(f"{page_of(owner, owner)}remove/"))
    refused = admin.client.post(MEMBERS, {"email": "owner@example.com", "role": "owner"})
    assert "not one of the available choices" in text(refused)
    assert membership(owner, owner).role == Role.OWNER


def test_a_removal_is_taken_back_with_role_and_teams(owner: Person, editor: Person) -> None:
    kept, gone = (Team.plain.create(organization=owner.organization, name=name) for name in ("Kept", "Gone"))
    membership(editor, owner).teams.set([kept, gone])
    answer = owner.client.post(f"{page_of(editor, owner)}remove/", follow=True)
    assert "Removed editor@example.com" in text(answer)
    assert not Membership.objects.filter(user=editor.user, organization=owner.organization).exists()
    gone.delete()
    undo = undo_in(answer.content.decode())
    assert "is a member again" in text(owner.client.post(undo, follow=True))
    restored = membership(editor, owner)
    assert (restored.role, list(restored.teams.all())) == (Role.EDITOR, [kept])
    assert "member already" in text(owner.client.post(undo, follow=True))


def test_the_undo_is_for_the_same_organization_and_for_administrators(
    owner: Person, editor: Person, mate: Person, stranger: Person
) -> None:
    undo = undo_in(owner.client.post(f"{page_of(editor, owner)}remove/", follow=True).content.decode())
    assert mate.client.post(undo).status_code == 403
    assert stranger.client.post(undo).status_code == 404
    assert owner.client.post(f"{MEMBERS}restore/forged/").status_code == 404
    assert not Membership.objects.filter(user=editor.user, organization__in=[owner.organization, stranger.organization])


def test_who_closed_their_account_does_not_come_back(owner: Person, editor: Person) -> None:
    undo = undo_in(owner.client.post(f"{page_of(editor, owner)}remove/", follow=True).content.decode())
    editor.user.is_active = False
    editor.user.save()
    assert owner.client.post(undo).status_code == 404


def test_an_owner_leaves_when_there_is_another(owner: Person) -> None:
    second = make_person("second@example.com", owner.organization, Role.OWNER)
    answer = second.client.post(f"{page_of(second, owner)}remove/")
    assert answer["Location"] == "/"
    assert "You left the organization" in text(second.client.get("/"))
    assert second.client.get(MEMBERS).status_code == 200  # in the personal organization again


def test_who_gives_up_the_right_is_led_elsewhere(owner: Person) -> None:
    second = make_person("second@example.com", owner.organization, Role.ADMIN)
    assert second.client.post(page_of(second, owner), {"role": "viewer"})["Location"] == "/"
    assert second.client.get(MEMBERS).status_code == 403


def test_strangers_find_nothing(owner: Person, mate: Person, stranger: Person) -> None:
    assert "mate@example.com" not in text(stranger.client.get(MEMBERS))
    page = page_of(mate, owner)
    answers = [
        stranger.client.get(page),
        stranger.client.post(page, {"role": "owner"}),
        stranger.client.post(f"{page}remove/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert membership(mate, owner).role == Role.VIEWER


def test_viewers_and_editors_are_refused(owner: Person, mate: Person, editor: Person) -> None:
    before = list(Membership.objects.order_by("id").values_list("id", "role"))
    page = page_of(owner, owner)
    for person in (mate, editor):
        answers = [
            person.client.get(MEMBERS),
            person.client.post(MEMBERS, {"email": "mate@example.com", "role": "owner"}),
            person.client.get(page),
            person.client.post(page, {"role": "viewer"}),
            person.client.post(f"{page}remove/"),
        ]
        assert [answer.status_code for answer in answers] == [403] * 5
        assert MEMBERS not in text(person.client.get("/"))
    assert list(Membership.objects.order_by("id").values_list("id", "role")) == before
    assert not AuditEvent.plain.filter(verb__startswith="member.").exists()

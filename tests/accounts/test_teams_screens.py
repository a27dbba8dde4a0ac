"""The screens of teams."""

from __future__ import annotations

import html
import re

import pytest
from django.http import HttpResponse

from apps.accounts.models import Membership, Team
from tests.people import Person

pytestmark = pytest.mark.django_db
TEAMS = "/settings/teams/"


def text(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def team(owner: Person) -> Team:
    return Team.plain.create(organization=owner.organization, name="Sales")


def page_of(team: Team) -> str:
    return f"{TEAMS}{team.id}/"


def names_in(team: Team) -> list[str]:
    return list(team.memberships.order_by("user__email").values_list("user__email", flat=True))


def test_an_empty_list_says_what_to_do_first(owner: Person) -> None:
    assert "No team yet" in text(owner.client.get(TEAMS))


def test_a_team_is_made_renamed_and_deleted(owner: Person) -> None:
    owner.client.post(TEAMS, {"name": "Sales"})
    team = Team.plain.get()
    assert "Sales" in text(owner.client.get(TEAMS))
    owner.client.post(page_of(team), {"name": "Support"})
    team.refresh_from_db()
    assert team.name == "Support"
    answer = owner.client.post(f"{page_of(team)}delete/", follow=True)
    assert "Deleted the team “Support”" in text(answer)
    assert not Team.plain.exists()


@pytest.mark.parametrize(
    ("name", "error"),
    [("", "This field is required"), ("x" * 101, "at most 100"), ("Taken", "Another team has this name")],
)
def test_wrong_names_say_so_and_change_nothing(owner: Person, team: Team, name: str, error: str) -> None:
    Team.plain.create(organization=owner.organization, name="Taken")
    assert error in text(owner.client.post(TEAMS, {"name": name}))
    assert error in text(owner.client.post(page_of(team), {"name": name}))
    team.refresh_from_db()
    assert (team.name, Team.plain.count()) == ("Sales", 2)


def test_members_are_put_in_and_taken_out_and_put_back(owner: Person, mate: Person, team: Team) -> None:
    assert '<option value="mate@example.com">' in text(owner.client.get(page_of(team)))
    owner.client.post(f"{page_of(team)}add/", {"email": "Mate@example.com"})
    assert names_in(team) == ["mate@example.com"]
    assert '<option value="mate@example.com">' not in text(owner.client.get(page_of(team)))
    membership = Membership.objects.get(user=mate.user, organization=owner.organization)
    answer = owner.client.post(f"{page_of(team)}remove/{membership.id}/", follow=True)
    assert names_in(team) == []
    undo = re.search(r'action="(/settings/teams/[^"]+/restore/[^"]+)"', answer.content.decode())
    assert undo
    owner.client.post(undo[1])
    assert names_in(team) == ["mate@example.com"]


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("stranger@example.com", "Add them under Members first"),
        ("no address", "Enter a valid email address"),
        ("", "This field is required"),
    ],
)
def test_who_cannot_be_put_in(owner: Person, stranger: Person, team: Team, email: str, error: str) -> None:
    assert error in text(owner.client.post(f"{page_of(team)}add/", {"email": email}))
    assert names_in(team) == []


def test_other_teams_of_a_member_stay(owner: Person, team: Team) -> None:
    other = Team.plain.create(organization=owner.organization, name="Other")
    for one in (team, other):
        owner.client.post(f"{page_of(one)}add/", {"email": "owner@example.com"})
    membership = Membership.objects.get(user=owner.user)
    owner.client.post(f"{page_of(team)}remove/{membership.id}/")
    assert list(membership.teams.all()) == [other]


def posts(person: Person, owner: Person, team: Team) -> list[int]:
    """What all writes to a team answer."""
    membership = Membership.objects.get(user=owner.user, organization=owner.organization)
    paths = (page_of(team), *(f"{page_of(team)}{name}/" for name in ("delete", "add")))
    last = [f"{page_of(team)}{name}/{membership.id}/" for name in ("remove", "restore")]
    data = {"name": "Mine", "email": "owner@example.com"}
    return [person.client.post(path, data).status_code for path in (*paths, *last)]


def test_strangers_find_nothing(owner: Person, stranger: Person, team: Team) -> None:
    assert "No team yet" in text(stranger.client.get(TEAMS))
    assert stranger.client.get(page_of(team)).status_code == 404
    assert posts(stranger, owner, team) == [404] * 5
    team.refresh_from_db()
    assert (team.name, names_in(team)) == ("Sales", [])


def test_viewers_and_editors_are_refused(owner: Person, mate: Person, editor: Person, team: Team) -> None:
    for person in (mate, editor):
        assert person.client.get(TEAMS).status_code == 403
        assert person.client.post(TEAMS, {"name": "Mine"}).status_code == 403
        assert person.client.get(page_of(team)).status_code == 403
        assert posts(person, owner, team) == [403] * 5
    assert (Team.plain.count(), names_in(team)) == (1, [])

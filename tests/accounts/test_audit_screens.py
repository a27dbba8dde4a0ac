"""The screen of the audit log: filters, pages, empty states."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from apps.accounts.models import AuditEvent
from apps.core.web.listing import PAGE
from exprsn.kernel.clock import utc_now
from tests.people import Person

pytestmark = pytest.mark.django_db
AUDIT = "/settings/audit/"
NUMBERS = count(1)


def write(person: Person, name: str, verb: str = "team.created", days_ago: int = 0, who: str = "") -> None:
    AuditEvent(
        id=UUID(int=next(NUMBERS)),  # ids of the same millisecond are in no order
        organization=person.organization,
        occurred_at=utc_now() - timedelta(days=days_ago),
        actor_kind="user",
        actor_id=person.user.id,
        actor_label=who or person.user.email,
        verb=verb,
        object_type=verb.partition(".")[0],
        object_name=name,
    ).save()


def shown(person: Person, query: str = "") -> list[str]:
    page = person.client.get(f"{AUDIT}?{query}").content.decode()
    return re.findall(r'<td class="title">([^<]*)</td>', page)


def day(days_ago: int) -> str:
    return (utc_now() - timedelta(days=days_ago)).date().isoformat()


@pytest.fixture
def _log(owner: Person) -> None:
    write(owner, "old", days_ago=9)
    write(owner, "renamed", verb="team.renamed", who="ann@example.com")
    write(owner, "flow", verb="workflow.created")


@pytest.mark.usefixtures("_log")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["flow", "renamed", "old"]),
        ("actor=ann", ["renamed"]),
        ("verb=team.created", ["old"]),
        ("object_type=team", ["renamed", "old"]),
        ("search=FLOW", ["flow"]),
        ("object_type=team&actor=owner", ["old"]),
        ("actor=&verb=&since=&until=", ["flow", "renamed", "old"]),
        ("verb=team", []),
    ],
)
def test_filters_narrow_the_log(owner: Person, query: str, found: list[str]) -> None:
    assert shown(owner, query) == found


@pytest.mark.usefixtures("_log")
def test_days_are_included_on_both_ends(owner: Person) -> None:
    assert shown(owner, f"since={day(9)}&until={day(9)}") == ["old"]
    assert shown(owner, f"since={day(8)}") == ["flow", "renamed"]
    assert shown(owner, f"until={day(8)}") == ["old"]


@pytest.mark.usefixtures("_log")
def test_the_filters_offer_what_the_log_holds_and_keep_what_was_chosen(owner: Person) -> None:
    page = owner.client.get(f"{AUDIT}?verb=team.renamed&since={day(1)}").content.decode()
    assert "<option selected>team.renamed</option>" in page
    assert "<option>workflow.created</option>" in page
    assert f'value="{day(1)}"' in page


@pytest.mark.parametrize("query", ["since=yesterday", "until=2026-13-45"])
def test_a_day_that_cannot_be_read_is_named_as_such(owner: Person, query: str) -> None:
    answer = owner.client.get(f"{AUDIT}?{query}")
    assert answer.status_code == 200
    assert "cannot be read" in answer.content.decode()


def test_an_empty_log_and_an_empty_result_say_different_things(owner: Person) -> None:
    assert "What people and programs do" in owner.client.get(AUDIT).content.decode()
    assert "Try other words" in owner.client.get(f"{AUDIT}?verb=zzz").content.decode()


def test_pages_follow_by_key_and_keep_the_filters(owner: Person) -> None:
    for number in range(PAGE + 2):
        write(owner, f"n{number}")
    first = owner.client.get(f"{AUDIT}?verb=team.created").content.decode()
    link = re.search(r'href="\?([^"]+)" rel="next"', first)
    assert link
    assert "verb=team.created" in link[1]
    assert shown(owner, link[1].replace("&amp;", "&")) == ["n1", "n0"]


def test_the_log_is_for_administrators_and_their_own(owner: Person, mate: Person, stranger: Person) -> None:
    write(owner, "secret")
    assert mate.client.get(AUDIT).status_code == 403
    assert shown(stranger) == []

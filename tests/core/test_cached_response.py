from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.core.public import cache
from tests.core.urls import Cached
from tests.people import Person

pytestmark = pytest.mark.urls("tests.core.urls")
URL = "/api/v1/cached/"


@pytest.fixture(autouse=True)
def _no_calls() -> Iterator[None]:
    Cached.calls.clear()
    cache.reset_statistics()
    yield


def get(api: APIClient, path: str = URL, person: Person | None = None, **query: Any) -> tuple[int, str | None]:
    headers = {"Authorization": f"Bearer {person.token}"} if person else {}
    answer = api.get(path, query, headers=headers)
    return answer.json()["number"], answer.get("X-Cache")


def test_the_second_answer_comes_from_the_cache(api: APIClient) -> None:
    assert [get(api), get(api)] == [(1, "MISS"), (1, "HIT")]
    assert api.get(URL)["ETag"] == '"v1"'
    assert cache.statistics()["thing"].hits == 2


def test_another_query_is_another_answer(api: APIClient) -> None:
    assert [get(api), get(api, a=1)] == [(1, "MISS"), (2, "MISS")]


def test_a_condition_keeps_requests_out(api: APIClient) -> None:
    get(api)
    assert [get(api, fresh=1), get(api, fresh=1)] == [(2, None), (3, None)]


def test_refusals_are_not_kept(api: APIClient) -> None:
    assert [get(api, status=404), get(api, status=404)] == [(1, "MISS"), (2, "MISS")]


@pytest.mark.django_db
def test_nobody_gets_the_answer_of_another(api: APIClient, owner: Person, mate: Person, stranger: Person) -> None:
    found = [get(api, person=person) for person in (owner, mate, stranger, None)]
    assert found == [(1, "MISS"), (2, "MISS"), (3, "MISS"), (4, "MISS")]


@pytest.mark.django_db
def test_a_write_empties_the_organizations_answers_only(api: APIClient, owner: Person, stranger: Person) -> None:
    get(api, person=owner)
    get(api, person=stranger)
    cache.invalidate("thing", owner.organization.id)
    assert get(api, person=owner) == (3, "MISS")
    assert get(api, person=stranger) == (2, "HIT")


def test_own_keys_and_tags(api: APIClient) -> None:
    path = "/api/v1/cached-by-name/"
    assert [get(api, path, name="a"), get(api, path, name="a", other=1)] == [(1, "MISS"), (1, "HIT")]
    cache.invalidate("user", 7)
    assert get(api, path, name="a") == (2, "MISS")


def test_what_changes_while_it_is_made_is_not_kept(api: APIClient) -> None:
    path = "/api/v1/cached-by-name/"
    assert [get(api, path, name="a", change=1), get(api, path, name="a")] == [(1, "MISS"), (2, "MISS")]

"""The catalogue is read with every designer, so it is sent again only when it has changed."""

from __future__ import annotations

import pytest

from tests.people import Person

pytestmark = pytest.mark.django_db
URL = "/api/v1/node-types/"


def test_it_is_sent_once(owner: Person) -> None:
    first = owner.api.get(URL)
    assert first.json()["page_info"]["count"] == len(first.json()["items"]) > 10
    again = owner.api.get(URL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert owner.api.get(URL, headers={"If-None-Match": '"another"'}).json() == first.json()

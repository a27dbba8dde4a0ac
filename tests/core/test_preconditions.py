from __future__ import annotations

from collections.abc import Iterator

import pytest
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from apps.core.api.preconditions import PreconditionRequired, etag_for, required_if_match
from tests.core.urls import Document

pytestmark = pytest.mark.urls("tests.core.urls")
URL = "/api/v1/document/"


@pytest.fixture(autouse=True)
def _first() -> Iterator[None]:
    Document.text = "first"
    yield


def test_a_tag_changes_with_its_parts_and_not_with_how_they_are_split() -> None:
    assert etag_for("a", 1) == etag_for("a", 1)
    assert etag_for("a", 1) != etag_for("a", 2)
    assert etag_for("ab", "c") != etag_for("a", "bc")


def test_a_write_based_on_the_current_version_goes_through(api: APIClient) -> None:
    etag = api.get(URL)["ETag"]
    answer = api.put(URL, {"text": "second"}, headers={"If-Match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_a_stale_write_is_412_with_the_current_tag_and_changes_nothing(api: APIClient) -> None:
    answer = api.put(URL, {"text": "second"}, headers={"If-Match": '"old"'})
    current = api.get(URL)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale_write")
    assert answer["ETag"] == current["ETag"] == f'"{answer.json()["etag"]}"'
    assert current.json() == {"text": "first"}


def test_a_replacing_write_without_a_tag_is_428(api: APIClient) -> None:
    answer = api.put(URL, {"text": "second"})
    assert (answer.status_code, answer.json()["code"]) == (428, "if_match_required")
    assert Document.text == "first"


@pytest.mark.parametrize("form", ["W/{}", '"other", {}', "*"])
def test_weak_listed_and_any_tags_fit(api: APIClient, form: str) -> None:
    etag = api.get(URL)["ETag"]
    assert api.put(URL, {"text": "second"}, headers={"If-Match": form.format(etag)}).status_code == 200


def test_a_tag_may_be_optional(api: APIClient) -> None:
    assert api.patch(URL, {}).status_code == 200
    assert api.patch(URL, {}, headers={"If-Match": '"old"'}).status_code == 412


def test_what_the_client_has_already_is_not_sent_again(api: APIClient) -> None:
    etag = api.get(URL)["ETag"]
    answer = api.get(URL, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert api.get(URL, headers={"If-None-Match": '"old"'}).status_code == 200


def test_the_tags_that_were_sent_can_be_handed_on() -> None:
    request = Request(APIRequestFactory().put("/", headers={"If-Match": 'W/"v1", "v2"'}))
    assert required_if_match(request) == ("v1", "v2")
    with pytest.raises(PreconditionRequired):
        required_if_match(Request(APIRequestFactory().put("/")))

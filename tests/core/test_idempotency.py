from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from rest_framework.test import APIClient

from apps.core.models import IdempotencyRecord
from apps.core.services.idempotency import Claim, StoredAnswer, claim_key, forget_expired, give_up_claim
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict
from tests.core.urls import Start
from tests.people import Person

pytestmark = [pytest.mark.urls("tests.core.urls"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_calls() -> Iterator[None]:
    Start.calls.clear()
    yield


def start(api: APIClient, body: Any, key: str | None = "k-1", outcome: str = "") -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return api.post(f"/api/v1/start/{outcome}", body, headers=headers)


def test_the_same_key_and_body_get_the_first_answer(api: APIClient) -> None:
    first, again = start(api, {"a": 1}), start(api, {"a": 1})
    assert first.json() == again.json() == {"number": 1}
    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Location"] == "/things/1"
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert Start.calls == [{"a": 1}]


def test_the_same_key_with_another_body_is_422(api: APIClient) -> None:
    start(api, {"a": 1})
    answer = start(api, {"a": 2})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert len(Start.calls) == 1


def test_without_a_key_everything_is_new(api: APIClient) -> None:
    start(api, {}, None)
    assert start(api, {}, None).json() == {"number": 2}
    assert not IdempotencyRecord.objects.exists()


def test_keys_count_within_a_path_and_a_caller(api: APIClient) -> None:
    start(api, {})
    assert start(api, {}, outcome="other/").json() == {"number": 2}
    assert api.post("/api/v1/start/", {}, headers={"Idempotency-Key": "k-1"}, REMOTE_ADDR="10.0.0.9").json() == {
        "number": 3
    }


def test_a_refusal_about_the_request_is_kept(api: APIClient) -> None:
    first, again = start(api, {}, outcome="missing/"), start(api, {}, outcome="missing/")
    assert (first.status_code, again.status_code, len(Start.calls)) == (404, 404, 1)
    assert again["Content-Type"] == "application/problem+json"
    assert again.json() == first.json()


@pytest.mark.parametrize(("outcome", "status"), [("bug", 500), ("conflict", 409)])
def test_an_answer_about_the_moment_is_not_kept(api: APIClient, outcome: str, status: int) -> None:
    answers = [start(api, {}, outcome=f"{outcome}/") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [status, status]
    assert len(Start.calls) == 2


@pytest.mark.parametrize("key", ["", "x" * 256, "ü"])
def test_a_senseless_key_is_400(api: APIClient, key: str) -> None:
    answer = start(api, {}, key)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_idempotency_key")
    assert Start.calls == []


def test_a_key_is_free_again_after_a_day(api: APIClient) -> None:
    start(api, {})
    with time_machine.travel(utc_now() + timedelta(hours=24, seconds=1)):
        assert start(api, {"other": 1}).json() == {"number": 2}


def claim() -> Claim | StoredAnswer:
    return claim_key(scope="s", key="k", fingerprint="f")


def test_the_second_of_two_at_the_same_time_is_409() -> None:
    first = claim()
    with pytest.raises(Conflict) as caught:
        claim()
    assert (caught.value.code, caught.value.params["retry_after"]) == ("idempotency_in_progress", 1)
    assert isinstance(first, Claim)
    give_up_claim(first)
    assert isinstance(claim(), Claim)


def test_a_first_request_that_died_is_taken_over_once() -> None:
    first = claim()
    with time_machine.travel(utc_now() + timedelta(minutes=6)):
        assert claim() == first
        with pytest.raises(Conflict):
            claim()


def test_old_answers_are_forgotten() -> None:
    claim()
    assert forget_expired() == 0
    with time_machine.travel(utc_now() + timedelta(days=2)):
        assert forget_expired() == 1
    assert not IdempotencyRecord.objects.exists()


def test_a_persons_key_counts_within_the_organization(owner: Person, mate: Person) -> None:
    for person in (owner, mate):
        token = {"HTTP_AUTHORIZATION": f"Bearer {person.token}", "HTTP_IDEMPOTENCY_KEY": "k-1"}
        for _ in range(2):
            assert APIClient().post("/api/v1/start-signed-in/", {}, **token).status_code == 201
    assert len(Start.calls) == 2
    assert IdempotencyRecord.objects.count() == 2


def upload(api: APIClient, content: bytes, note: str = "a") -> Any:
    file = SimpleUploadedFile("same-name.json", content)
    return api.post(
        "/api/v1/upload/", {"file": file, "note": note}, format="multipart", headers={"Idempotency-Key": "k-1"}
    )


def test_the_content_of_files_counts_not_their_name(api: APIClient) -> None:
    assert upload(api, b"one").status_code == 201
    assert upload(api, b"one")["Idempotency-Replayed"] == "true"
    assert upload(api, b"two").json()["code"] == "idempotency_key_reused"
    assert upload(api, b"one", "b").json()["code"] == "idempotency_key_reused"
    assert Start.calls == [b"one"]


def test_a_key_that_was_freed_a_moment_ago_asks_for_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    claim()
    monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda self: None)
    with pytest.raises(Conflict):
        claim()
    assert str(IdempotencyRecord.objects.get()) == "k"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_goes_ahead() -> None:
    outcomes: list[str] = []

    def ask() -> None:
        try:
            outcomes.append(type(claim()).__name__)
        except Conflict as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Claim"] + ["idempotency_in_progress"] * 5

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from apps.core.api.throttles import AnonymousThrottle, CodeThrottle, Rate, TokenThrottle, parse_rate

MINUTE = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _rates(settings: Any) -> None:
    settings.EXPRSN_THROTTLING = True
    settings.EXPRSN_RATE_ANONYMOUS = "4/min"
    settings.EXPRSN_RATE_CODE = "2/min"
    settings.EXPRSN_RATE_TOKEN = "3/min"


@pytest.mark.parametrize(
    ("text", "rate"),
    [("100/min", Rate(100, 60)), ("1/s", Rate(1, 1)), (" 5/hour ", Rate(5, 3600)), ("9/d", Rate(9, 86400))],
)
def test_rates_are_read(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "100", "100/week", "-1/min", "1.5/min", "/min", "1/min/min"])
def test_other_texts_are_no_rates(text: str) -> None:
    with pytest.raises(ValueError, match="looks like 100/min"):
        parse_rate(text)


@pytest.mark.urls("tests.core.urls")
def test_too_many_calls_are_429_with_the_time_to_wait(api: APIClient) -> None:
    with time_machine.travel(MINUTE, tick=False):
        answers = [api.post("/api/v1/code/", {}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[2].json()["code"] == "rate_limited"
        wait = int(answers[2]["Retry-After"])
        assert api.post("/api/v1/code/", {}, REMOTE_ADDR="10.0.0.9").status_code == 200
    with time_machine.travel(MINUTE.timestamp() + wait - 1, tick=False):
        assert api.post("/api/v1/code/", {}).status_code == 429
    with time_machine.travel(MINUTE.timestamp() + wait, tick=False):
        assert api.post("/api/v1/code/", {}).status_code == 200


def throttle(kind: Any = AnonymousThrottle, user: Any = None, auth: Any = None) -> bool:
    request = Request(APIRequestFactory().get("/"))
    request._user, request._auth = user, auth  # type: ignore[attr-defined]
    request._authenticator = None  # type: ignore[attr-defined]
    return bool(kind().allow_request(request, None))


def test_the_window_slides() -> None:
    with time_machine.travel(MINUTE, tick=False) as now:
        now.move_to(MINUTE.timestamp() + 59)
        assert [throttle() for _ in range(5)] == [True] * 4 + [False]
        now.move_to(MINUTE.timestamp() + 61)
        assert not throttle()
        now.move_to(MINUTE.timestamp() + 90)
        assert [throttle() for _ in range(3)] == [True, True, False]
        now.move_to(MINUTE.timestamp() + 200)
        assert throttle()


def test_refused_calls_do_not_count() -> None:
    with time_machine.travel(MINUTE, tick=False) as now:
        for _ in range(50):
            throttle()
        now.move_to(MINUTE.timestamp() + 90)
        assert throttle()


class Someone:
    is_authenticated = True

    def __init__(self, pk: int) -> None:
        self.pk = pk


class Token:
    token_id = "t-1"


def test_people_and_tokens_are_counted_apart() -> None:
    with time_machine.travel(MINUTE, tick=False):
        assert throttle(AnonymousThrottle, Someone(1))
        assert [throttle(TokenThrottle, Someone(1)) for _ in range(4)] == [True] * 3 + [False]
        assert throttle(TokenThrottle, Someone(2))
        assert throttle(TokenThrottle, Someone(1), Token())
        assert throttle(TokenThrottle)
        assert [throttle(CodeThrottle, Someone(1), Token()) for _ in range(3)] == [True, True, False]


def test_they_can_be_switched_off(settings: Any) -> None:
    settings.EXPRSN_THROTTLING = False
    assert all(throttle() for _ in range(10))


def test_a_cache_that_is_away_lets_everybody_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*arguments: Any, **options: Any) -> None:
        raise ValueError("no such key")

    for name in ("get_many", "add"):
        monkeypatch.setattr(cache, name, lambda *arguments, **options: None)
    monkeypatch.setattr(cache, "incr", gone)
    assert all(throttle() for _ in range(10))

"""How often hosts and credentials are called, by all processes together; what is looked at around each call."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from redis.exceptions import ConnectionError as RedisAway

from apps.core.checks import check_settings
from apps.core.contracts import OutgoingResponse
from apps.core.models import RateRow
from apps.core.services import held_calls, rates
from apps.core.services.breakers import Breakers, CircuitOpen
from apps.core.services.held_calls import OverRate, callee_of, held_call, pause_asked
from apps.core.services.rates import forget_old_rates, reserve
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import TooLarge, UpstreamFailed
from exprsn.kernel.ids import new_id
from exprsn.kernel.rates import CallRate

THREE_A_MINUTE = CallRate.parse("3/min")
URL = "https://api.example.com/orders?x=1"
OK = OutgoingResponse(200, "OK", {}, b"", URL)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Breakers:
    """A process that knows nothing yet."""
    fresh = Breakers()
    monkeypatch.setattr(held_calls, "breakers", fresh)
    return fresh


def call(
    send: Callable[[], OutgoingResponse] = lambda: OK, rate: str = "", patience: float = 5, credential: str = ""
) -> tuple[OutgoingResponse, list[float]]:
    """One call, and for how long it waited."""
    waited: list[float] = []
    callee = callee_of(UUID(int=7), URL, credential)
    return held_call(callee, send, rate=rate, patience=patience, wait=waited.append), waited


@pytest.mark.django_db
def test_calls_over_the_rate_are_given_later_moments_and_too_late_ones_are_not_taken() -> None:
    name = f"t:{new_id()}"
    waits = [reserve(name, THREE_A_MINUTE, 90) for _ in range(6)]
    assert waits[:3] == pytest.approx([0, 0, 0], abs=1)
    assert waits[3:] == pytest.approx([60, 60, 60], abs=5)
    assert reserve(name, THREE_A_MINUTE, 30) == pytest.approx(120, abs=5)
    assert reserve(name, THREE_A_MINUTE, 150) == pytest.approx(120, abs=5)


@pytest.mark.django_db(transaction=True)
def test_eight_threads_at_once_get_no_more_moments_than_there_are() -> None:
    name = f"t:{new_id()}"
    waits: list[float] = []
    together = threading.Barrier(8)

    def process() -> None:
        together.wait()
        waits.extend(reserve(name, CallRate.parse("10/h"), 0) for _ in range(4))
        connection.close()

    threads = [threading.Thread(target=process) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wait <= 0 for wait in waits) == 10


@pytest.mark.django_db
def test_a_store_that_is_away_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def away(url: str) -> Any:
        raise RedisAway("away")

    settings.REDIS_URL = "redis://nowhere"
    monkeypatch.setattr(rates, "_script", away)
    assert reserve("t:away", THREE_A_MINUTE, 1) == 0.0


@pytest.mark.django_db
def test_the_rate_of_a_host_holds_for_everybody_and_that_of_a_credential_for_its_calls(settings: Any) -> None:
    host = f"h{new_id().hex}.example"
    settings.EXPRSN_HOST_RATES = [f"{host}=2/min"]
    url = f"https://{host}:8443/"
    waited: list[float] = []
    for _ in range(2):
        held_call(callee_of(new_id(), url), lambda: OK, patience=1, wait=waited.append)
    with pytest.raises(OverRate) as late:
        held_call(callee_of(new_id(), url), lambda: OK, patience=1, wait=waited.append)
    assert (late.value.code, waited) == ("rate_limited", [])
    assert 50 <= late.value.params["retry_after"] <= 60
    credential = str(new_id())
    assert call(rate="1/min", credential=credential)[1] == []
    assert call(rate="1/min", credential=credential, patience=90)[1] == [pytest.approx(60, abs=5)]
    assert call(credential=credential)[1] == []
    assert call(rate="1/min")[1] == []


@pytest.mark.django_db
def test_a_host_that_asks_for_a_pause_is_given_it() -> None:
    busy = OutgoingResponse(429, "Too Many Requests", {"retry-after": "3"}, b"", URL)
    assert call(lambda: busy)[0] is busy
    assert call()[1] == [pytest.approx(3, abs=1)]
    with pytest.raises(OverRate):
        call(patience=1)


@pytest.mark.parametrize(
    ("status", "value", "seconds"),
    [
        (429, "7", 7),
        (503, " 7 ", 7),
        (200, "7", 0),
        (429, "", 0),
        (429, "soon", 0),
        (429, "-1", 0),
        (429, "Wed, 21 Oct 2015 07:28:00 GMT", 0),
        (429, "21 Oct 2095 07:28:00", 0),
        (429, "²", 0),
    ],
)
def test_retry_after_in_its_forms(status: int, value: str, seconds: float) -> None:
    assert pause_asked(status, {"retry-after": value}) == seconds


def test_retry_after_may_name_a_moment() -> None:
    moment = format_datetime(utc_now() + timedelta(hours=1), usegmt=True)
    assert pause_asked(503, {"retry-after": moment}) == pytest.approx(3600, abs=60)


@pytest.mark.django_db
def test_what_counts_as_a_failure_of_the_host() -> None:
    def fail(error: Exception) -> Callable[[], OutgoingResponse]:
        def send() -> OutgoingResponse:
            raise error

        return send

    for error in (TooLarge("", code="answer_too_large"), UpstreamFailed("", code="too_many_redirects")):
        for _ in range(5):
            with pytest.raises(type(error)):
                call(fail(error))
    for code in ("timeout", "connection_failed", "timeout"):
        with pytest.raises(UpstreamFailed):
            call(fail(UpstreamFailed("", code=code)))
    for _ in range(2):
        call(lambda: OutgoingResponse(500, "", {}, b"", URL))
    with pytest.raises(CircuitOpen) as refused:
        call()
    assert refused.value.params["host"] == "api.example.com"


@pytest.mark.django_db
def test_old_moments_are_forgotten() -> None:
    RateRow.objects.create(name="old", expires_at=utc_now() - timedelta(seconds=1))
    RateRow.objects.create(name="new", expires_at=utc_now() + timedelta(seconds=60))
    assert forget_old_rates() == 1


@pytest.mark.parametrize("entry", ["api.example.com", "=10/s", "api.example.com=often"])
def test_a_setting_that_cannot_be_read_is_found_before_the_first_call(settings: Any, entry: str) -> None:
    settings.EXPRSN_HOST_RATES = [entry]
    assert "exprsn.E013" in [fault.id for fault in check_settings(None)]

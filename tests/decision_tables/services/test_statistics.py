"""What is counted, how it is written together, read and forgotten."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, OperationalError

from apps.decision_tables.models import DecisionTable, RuleHit, TableUse
from apps.decision_tables.services import counting
from apps.decision_tables.services.compiled import Ready, ready_draft
from apps.decision_tables.services.counting import Statistics
from apps.decision_tables.services.usage import forget_old_statistics
from tests.decision_tables.pricing import MANY_PREMIUM, at, call, create, done, publish
from tests.people import Person

pytestmark = pytest.mark.django_db
NAME = "product-pricing"
NOON = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def ask(person: Person, *rows: Any, version: str = "published") -> None:
    for inputs in rows:
        call(person, "post", at(NAME, "evaluate"), {"inputs": inputs, "version": version})


def stats(person: Person, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = person.api.get(at(NAME, "stats"), query).json()
    return found


@pytest.fixture
def published(owner: Person) -> dict[str, Any]:
    create(owner)
    return publish(owner)


@pytest.fixture
def ready(published: dict[str, Any]) -> Ready:
    return ready_draft(DecisionTable.plain.get())


def test_hits_misses_and_errors_are_counted(owner: Person, published: dict[str, Any]) -> None:
    ask(owner, MANY_PREMIUM, MANY_PREMIUM, {"customer_tier": "premium"}, {}, {"quantity": "x"})
    found = stats(owner)
    assert (found["evaluations"], found["no_match"], found["errors"]) == (5, 1, 1)
    assert [(rule["rule_id"], rule["hits"]) for rule in found["rules"]] == [("r1", 2), ("r2", 1), ("r3", 0)]
    assert 0 < found["latency_ms"]["mean"] <= found["latency_ms"]["max"]


def test_a_batch_counts_as_its_rows(owner: Person, published: dict[str, Any]) -> None:
    rows = [MANY_PREMIUM, {}, {"quantity": "x"}]
    done(owner, "post", at(NAME, "evaluate-batch"), {"inputs": rows})
    done(owner, "post", at(NAME, "evaluate-batch"), {"inputs": []})
    found = stats(owner)
    assert (found["evaluations"], found["no_match"], found["errors"]) == (3, 1, 1)


def test_the_draft_and_versions_are_counted_apart(owner: Person, published: dict[str, Any]) -> None:
    ask(owner, MANY_PREMIUM)
    ask(owner, {}, {}, version="draft")
    counts = [stats(owner, version=version)["evaluations"] for version in ("published", "draft", 1, 2)]
    assert counts == [1, 2, 1, 0]
    assert stats(owner)["evaluations"] == 1


def test_time_is_told_without_holes(owner: Person) -> None:
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        create(owner)
        publish(owner)
        ask(owner, MANY_PREMIUM)
    with time_machine.travel(NOON, tick=False):
        ask(owner, MANY_PREMIUM, {})
        days, hours = stats(owner, days=3), stats(owner, days=1)
    assert [(each["start"][:10], each["evaluations"]) for each in days["series"]] == [
        ("2026-05-02", 0), ("2026-05-03", 1), ("2026-05-04", 2),
    ]  # fmt: skip
    assert next(rule["series"] for rule in days["rules"] if rule["rule_id"] == "r1") == [0, 1, 1]
    assert (len(hours["series"]), hours["series"][-1]["evaluations"], hours["evaluations"]) == (24, 2, 2)
    assert hours["series"][-1]["start"].startswith("2026-05-04T12:00")


def test_bad_questions_are_refused(owner: Person, published: dict[str, Any]) -> None:
    for query in ({"days": "0"}, {"days": "367"}, {"days": "x"}, {"version": "x"}):
        assert owner.api.get(at(NAME, "stats"), query).status_code == 422


def test_nothing_asked_is_nothing_told(owner: Person, published: dict[str, Any]) -> None:
    found = stats(owner)
    assert (found["evaluations"], found["latency_ms"]) == (0, {"mean": None, "max": None})


def test_counts_of_several_processes_add_up(ready: Ready) -> None:
    several = [Statistics(), Statistics()]
    for each, seconds in zip(several, (0.001, 0.003), strict=True):
        each.count(ready, ["r1", "r2"], True, seconds)
        each.count(ready, ["r1"], True, 0.0001)
    use = TableUse.plain.get()
    assert (use.evaluations, use.slowest_us, use.duration_us) == (4, 3000, 4200)
    assert dict(RuleHit.plain.values_list("rule_id", "hits")) == {"r1": 4, "r2": 2}


def test_what_cannot_be_written_now_is_written_later(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Statistics()
    with monkeypatch.context() as broken:
        broken.setattr(counting, "add_up", _raises(OperationalError("away")))
        counted.count(ready, ["r1"], True, 0.001)
        counted.count(ready, ["r1"], False, 0.001)
    assert not TableUse.plain.exists()
    counted.flush()
    assert TableUse.plain.values_list("evaluations", "unmatched").get() == (2, 1)
    counted.flush()
    assert TableUse.plain.values_list("evaluations").get() == (2,)


def test_counts_of_what_is_gone_are_dropped(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Statistics()
    with monkeypatch.context() as broken:
        broken.setattr(counting, "add_up", _raises(IntegrityError("gone")))
        counted.count(ready, ["r1"], True, 0.001)
    counted.flush()
    assert not TableUse.plain.exists()


def test_what_waits_is_bounded(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Statistics()
    monkeypatch.setattr(counting, "MAX_WAITING", 1)
    with monkeypatch.context() as broken:
        broken.setattr(counting, "add_up", _raises(OperationalError("away")))
        for number in range(3):
            with time_machine.travel(NOON + timedelta(hours=number), tick=False):
                counted.count(ready, [], True, 0.001)
    counted.flush()
    assert TableUse.plain.count() == 1


def test_a_thread_writes_what_has_gathered(ready: Ready, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EXPRSN_DECISION_STATISTICS_SECONDS = 60.0
    monkeypatch.setattr(counting, "FLUSH_OVER", 3)
    written = threading.Event()
    monkeypatch.setattr(Statistics, "flush", lambda self: written.set() if self._full.is_set() else None)
    monkeypatch.setattr(counting, "IDLE_ROUNDS", 1)
    counted = Statistics()
    for _ in range(2):
        counted.count(ready, [], True, 0.001)
    assert not written.is_set()
    counted.count(ready, [], True, 0.001)
    assert written.wait(5)
    counted._uses.clear()
    counted._full.set()
    assert counted._thread is not None
    counted._thread.join(5)
    assert not counted._thread.is_alive()


def test_old_statistics_are_forgotten(owner: Person, settings: Any) -> None:
    settings.EXPRSN_DECISION_STATISTICS_DAYS = 30
    for days in (31, 29):
        with time_machine.travel(NOON - timedelta(days=days), tick=False):
            if days == 31:
                create(owner)
                publish(owner)
            ask(owner, MANY_PREMIUM)
    with time_machine.travel(NOON, tick=True):
        assert forget_old_statistics() == 2
        assert forget_old_statistics() == 0
    assert (RuleHit.plain.count(), TableUse.plain.count()) == (1, 1)


def _raises(error: Exception) -> Any:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    return refuse

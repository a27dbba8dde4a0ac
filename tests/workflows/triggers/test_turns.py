"""Throttle and debounce: exact, whatever runs at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection

from apps.workflows.engine.ports_turns import AloneTurns, Rate
from apps.workflows.execution import turns
from apps.workflows.execution.sweep import sweep
from apps.workflows.execution.turns import SharedTurns
from apps.workflows.models import Execution, NodeExecution, Turn, TurnGate
from apps.workflows.services.retention import forget_old_executions
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook
from tests.workflows.triggers.hooks import call

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    def one(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def body(**values: Any) -> bytes:
    return json.dumps(values).encode()


def throttled(person: Person, path: str, **parameters: Any) -> dict[str, Any]:
    node = "gate", "throttle", {"limit": 3, "window": 1, "window_unit": "hours", **parameters}
    mode = {"response_mode": "immediately"}
    definition = chain(hook(path, **mode), node, fields("passed", x="1"))
    definition["nodes"].append(
        {"id": "over", "type": "no_op", "name": "over", "position": {"x": 0, "y": 9}, "parameters": {}}
    )
    definition["connections"].append({"source": "gate", "source_output": "dropped", "target": "over"})
    return go_live(person, definition)


def ran(node: str) -> int:
    return NodeExecution.plain.filter(node_id=node, status="success").count()


def test_no_more_than_the_limit_pass_however_many_come_at_once(owner: Person) -> None:
    throttled(owner, "race")
    at_once(10, lambda _: call("race"))
    assert (ran("passed"), ran("over"), Turn.plain.count()) == (3, 7, 3)


def test_each_key_has_a_limit_of_its_own(owner: Person) -> None:
    throttled(owner, "keys", limit=1, key="={{ $json.body.who }}")
    for who in ("a", "b", "a", "b", "c"):
        call("keys", body(who=who))
    assert (ran("passed"), ran("over")) == (3, 2)
    assert "a" not in set(TurnGate.plain.values_list("key", flat=True))


def test_a_window_slides(owner: Person) -> None:
    throttled(owner, "slides", limit=2, window=1, window_unit="minutes")
    for seconds in (0, 30, 59, 61, 89, 91):
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
            call("slides")
    assert (ran("passed"), ran("over")) == (4, 2)


def test_items_can_count_each(owner: Person) -> None:
    throttled(owner, "items", counts="items", limit=2)
    rows = "={{ {rows: [{n: 1}, {n: 2}, {n: 3}]} }}"
    steps = (
        hook("each"),
        ("rows", "set", {"mode": "raw_json", "include": "none", "json": rows}),
        ("split", "split_out", {"fields": [{"field": "rows"}]}),
        ("gate", "throttle", {"limit": 2, "counts": "items", "window": 1, "window_unit": "hours"}),
    )
    go_live(owner, chain(*steps, settings={}), "Each")
    assert call("each").json() == {"n": 1}
    gate = NodeExecution.plain.get(node_id="gate")
    assert (gate.items_out, Turn.plain.count()) == (3, 2)


def test_what_is_over_the_limit_can_wait_for_its_turn(owner: Person) -> None:
    throttled(
        owner, "waits", limit=1, window=1, window_unit="hours", over_limit="wait", longest=2, longest_unit="hours"
    )
    for _ in range(4):
        call("waits")
    assert (ran("passed"), ran("over")) == (1, 1)
    waiting = Execution.plain.filter(status="waiting").order_by("resume_at")
    first, second = waiting
    assert second.resume_at - first.resume_at == timedelta(hours=1)
    with time_machine.travel(utc_now() + timedelta(hours=1, seconds=1)):
        sweep()
        assert (ran("passed"), waiting.all().count()) == (2, 1)
    with time_machine.travel(utc_now() + timedelta(hours=2, seconds=1)):
        sweep()
        assert (ran("passed"), waiting.all().count()) == (3, 0)


def test_a_run_that_was_cut_off_takes_no_second_turn(owner: Person) -> None:
    made = throttled(owner, "cut")
    shared, rate = SharedTurns(owner.organization.id, UUID(made["id"])), Rate(1, MINUTE)
    first = shared.admit("gate", {"run-1": ""}, rate)
    assert first == shared.admit("gate", {"run-1": ""}, rate)
    assert shared.admit("gate", {"run-2": ""}, rate) == {"run-2": None}


def test_clocks_that_differ_let_no_more_pass() -> None:
    ahead = NOW + timedelta(seconds=5)
    rate = Rate(2, MINUTE)
    second = rate.next_turn([ahead], NOW)
    assert second == ahead
    assert rate.next_turn([ahead, ahead], NOW) is None
    assert rate.next_turn([ahead, ahead], NOW + timedelta(seconds=66)) == NOW + timedelta(seconds=66)
    waits = Rate(1, MINUTE, waits=True, longest=MINUTE)
    assert waits.next_turn([NOW], NOW) == NOW + MINUTE
    assert waits.next_turn([NOW, NOW + MINUTE], NOW) is None


def debounced(person: Person, path: str, **parameters: Any) -> dict[str, Any]:
    node = "calm", "debounce", {"quiet": 30, "quiet_unit": "seconds", **parameters}
    return go_live(
        person, chain(hook(path, response_mode="immediately"), node, fields("passed", n="={{ $json.body.n }}"))
    )


def passed() -> list[str]:
    rows = NodeExecution.plain.filter(node_id="passed").select_related("payload").order_by("execution_id")
    found = [
        row.payload.value[str(row.execution_order)]["outputs"]["main"][0]["json"]["n"] for row in rows if row.payload
    ]
    return [str(n) for n in found]


def calls_at(path: str, *moments: tuple[float, dict[str, Any]]) -> None:
    for seconds, values in moments:
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
            sweep()
            call(path, body(**values))


def calm(seconds: float) -> None:
    with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
        sweep()


def test_only_the_last_before_the_quiet_passes(owner: Person) -> None:
    debounced(owner, "calm")
    calls_at("calm", (0, {"n": 1}), (20, {"n": 2}), (40, {"n": 3}), (80, {"n": 4}))
    assert passed() == ["3"]
    calm(111)
    assert passed() == ["3", "4"]
    assert set(Execution.plain.values_list("status", flat=True)) == {"success"}
    assert not Execution.plain.exclude(pending_children=0).exists()


def test_each_key_is_quiet_for_itself(owner: Person) -> None:
    debounced(owner, "keys", key="={{ $json.body.doc }}")
    calls_at("keys", (0, {"n": 1, "doc": "a"}), (10, {"n": 2, "doc": "b"}), (20, {"n": 3, "doc": "a"}))
    calm(60)
    assert sorted(passed()) == ["2", "3"]


def test_of_many_at_once_exactly_one_passes(owner: Person) -> None:
    debounced(owner, "many")
    at_once(8, lambda number: call("many", body(n=number)))
    assert Execution.plain.filter(status="waiting").count() == 8
    with time_machine.travel(utc_now() + timedelta(seconds=31)):
        sweep()
    assert (len(passed()), Execution.plain.filter(status="success").count()) == (1, 8)


def test_one_whose_time_is_over_is_superseded_by_nobody(owner: Person) -> None:
    """It was to pass at 30; that nobody looked before 31 takes nothing from it."""
    debounced(owner, "late")
    with time_machine.travel(NOW, tick=False):
        call("late", body(n=1))
    with time_machine.travel(NOW + timedelta(seconds=31), tick=False):
        call("late", body(n=2))
    calm(90)
    assert passed() == ["1", "2"]


def test_a_later_arrival_takes_the_place_of_earlier_ones(owner: Person) -> None:
    made = debounced(owner, "ticket")
    shared = SharedTurns(owner.organization.id, UUID(made["id"]))
    first = shared.settle("calm", {"run-1": ""}, MINUTE)["run-1"]
    assert shared.settle("calm", {"run-1": ""}, MINUTE)["run-1"] == first
    shared.settle("calm", {"run-2": ""}, MINUTE)
    assert shared.settle("calm", {"run-1": ""}, MINUTE)["run-1"].superseded


@pytest.mark.parametrize(("kind", "parameters"), [("throttle", {"limit": 1}), ("debounce", {})])
def test_runs_by_hand_pass_and_count_for_nothing(owner: Person, kind: str, parameters: dict[str, Any]) -> None:
    made = create(owner, chain(MANUAL, ("gate", kind, parameters), fields("a", x="1")))
    for _ in range(2):
        assert run_by_hand(owner, made)["status"] == "success"
    assert (ran("a"), Turn.plain.count()) == (2, 0)


@pytest.mark.parametrize(
    ("kind", "parameters", "message"),
    [
        ("throttle", {"limit": 0}, "whole number from 1 to 1000"),
        ("throttle", {"window": 0}, "more than 0"),
        ("throttle", {"window": 400, "window_unit": "days"}, "366 days"),
        ("debounce", {"quiet": "soon"}, "number of 0 or more"),
        ("debounce", {"quiet": 0}, "more than 0"),
    ],
)
def test_parameters_that_make_no_sense_are_named(
    run_node: Any, kind: str, parameters: dict[str, Any], message: str
) -> None:
    with pytest.raises(Exception, match=message):
        run_node(kind, parameters, [{"a": 1}])


def test_too_many_keys_at_once_are_refused(run_node: Any) -> None:
    with pytest.raises(Exception, match="At most 1000 different keys"):
        run_node("throttle", {"key": "={{ $json.n }}"}, [{"n": n} for n in range(1001)])


def test_nothing_arrives_nothing_passes(run_node: Any) -> None:
    assert run_node("throttle", {}, []).json() == []
    assert run_node("debounce", {}, []).json() == []
    assert AloneTurns().admit("n", {}, Rate(1, MINUTE)) == {}


def test_what_is_over_is_swept_whole(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BATCH", 2)
    throttled(owner, "old", limit=1, window=1, window_unit="minutes", key="={{ $json.body.n }}")
    with time_machine.travel(utc_now() - timedelta(days=3)):
        for n in range(3):
            call("old", body(n=n))
    call("old", body(n=0))
    forget_old_executions()
    assert (Turn.plain.count(), TurnGate.plain.count()) == (1, 1)
    call("old", body(n=1))
    assert (Turn.plain.count(), TurnGate.plain.count()) == (2, 2)

"""Waiting in the pure engine: what goes out, what is journaled, and how the node runs again. No database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import WAITING, JournalEntry
from apps.workflows.engine.ports_people import Assignee, NoPeople
from apps.workflows.engine.run import RunResult, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from apps.workflows.engine.waiting import ResumeAddresses, Resumed
from apps.workflows.registry import get_node_type
from exprsn.kernel.errors import NotFound
from tests.workflows.engine.graphs import NOW, ports
from tests.workflows.main_job.definitions import MANUAL, chain

KEEP = ("end", "no_op", {})
ITEMS = [{"n": 1}, {"n": 2}]


def run_of(*steps: Any, **more: Any) -> RunContext:
    graph = Graph(parse_definition(chain(MANUAL, *steps)), get_node_type)
    scheduler = Scheduler(graph)
    scheduler.begin("start", ItemBatch.of(ITEMS))
    return RunContext(scheduler=scheduler, ports=ports(), execution_id="e1", **more)


def resumed(first: RunContext, answer: Resumed, *steps: Any) -> tuple[RunContext, RunResult]:
    """The run in another process, which has the journal as data and the answer."""
    journal = [JournalEntry.from_data(entry.to_data()) for entry in first.scheduler.entries]
    waits = journal.pop()
    again = run_of(*steps)
    again.scheduler.replay(journal)
    again.resumed[waits.node_id, waits.run_index] = answer
    return again, run_to_pause(again)


def last(run: RunContext) -> list[dict[str, Any]]:
    return [item.json for item in run.scheduler.entries[-1].first_output()]


def test_nothing_goes_out_before_the_answer_and_then_the_node_runs_again() -> None:
    wait = ("wait", "wait", {"mode": "webhook", "output": "merge", "limit_wait_time": True})
    run = run_of(wait, KEEP)
    result = run_to_pause(run)
    entry = run.scheduler.entries[-1]
    assert (result.status, result.resume_at) == ("waiting", NOW + timedelta(hours=1))
    assert (entry.status, entry.outputs, entry.runs_again) == (WAITING, {}, False)  # the runtime has not kept it yet
    assert entry.wait_for is not None
    assert (entry.wait_for.kind, entry.wait_for.settings["methods"]) == ("webhook", ["POST"])
    entry.wait = {"id": "w1", "kind": "webhook"}
    kept = JournalEntry.from_data(entry.to_data())
    assert (kept.runs_again, kept.wait, kept.wait_for) == (True, entry.wait, None)
    again, ended = resumed(run, Resumed({"body": 5}), wait, KEEP)
    assert (ended.status, last(again)) == ("success", [{"n": 1, "body": 5}, {"n": 2, "body": 5}])
    late, ended = resumed(run, Resumed(timed_out=True), wait, KEEP)
    assert (ended.status, last(late)[0]) == ("success", {"n": 1, "timed_out": True})


def test_alone_the_lineage_leads_to_the_first_item() -> None:
    wait = ("wait", "wait", {"mode": "webhook"})
    named = ("end", "set", {"mode": "raw_json", "include": "none", "json": "={{ ({ n: $('start').item.json.n }) }}"})
    run = run_of(wait, named)
    run_to_pause(run)
    again, ended = resumed(run, Resumed({"body": 5}), wait, named)
    assert (ended.status, last(again)) == ("success", [{"n": 1}])


def test_a_dry_run_does_not_rest() -> None:
    run = run_of(("wait", "wait", {"mode": "form", "fields": [{"name": "a", "label": "A"}]}), KEEP, dry_run=True)
    assert run_to_pause(run).status == "success"
    assert last(run)[0] | {"submittedAt": ""} == {"a": "A", "submittedAt": "", "formMode": "test"}


def test_the_addresses_are_asked_for_when_an_expression_wants_them() -> None:
    tell = ("tell", "set", {"mode": "raw_json", "include": "none", "json": "={{ $execution }}"})
    run = run_of(tell, resume_at=lambda: ResumeAddresses("http://call", "http://form"))
    run_to_pause(run)
    assert (last(run)[0]["resumeUrl"], last(run)[0]["resumeFormUrl"]) == ("http://call", "http://form")


def test_a_question_goes_on_by_the_output_that_was_chosen() -> None:
    ask = ("ask", "approval", {"title": "=Pay {{ $json.n }}?"})
    run = run_of(ask, KEEP)
    assert run_to_pause(run).status == "waiting"
    wait_for = run.scheduler.entries[-1].wait_for
    assert wait_for is not None
    assert (wait_for.settings["title"], wait_for.settings["items"], wait_for.until) == ("Pay 1?", ITEMS, None)
    again, ended = resumed(run, Resumed({"decision": "rejected", "by": "ada"}), ask, KEEP)
    entry = again.scheduler.entries[-1]
    assert (ended.status, entry.node_id, list(entry.outputs)) == ("success", "ask", ["rejected"])
    assert last(again)[1] == {"n": 2, "approval": {"decision": "rejected", "by": "ada"}}
    _, ended = resumed(run, Resumed({"decision": "expired"}), ask, KEEP)
    assert (ended.status, ended.error and ended.error["kind"]) == ("error", "approval_expired")


@pytest.mark.parametrize(
    ("more", "parameter"),
    [
        ({"title": "={{ '' }}"}, "title"),
        ({"limit_time": True, "on_deadline": "escalate", "escalate_to": "={{ '' }}"}, "escalate_to"),
        ({"assignees": "={{ 'a@example.com,'.repeat(101) }}"}, "assignees"),
        ({"limit_time": True, "amount": "={{ 'soon' }}"}, "amount"),
        ({"remind": True, "remind_unit": "={{ 'moons' }}"}, "remind_unit"),
    ],
)
def test_a_question_that_cannot_be_asked(more: dict[str, Any], parameter: str) -> None:
    result = run_to_pause(run_of(("ask", "approval", {"title": "Pay?", **more})))
    assert (result.status, result.error and result.error["parameter"]) == ("error", parameter)


def test_only_as_many_items_are_shown_as_make_a_table() -> None:
    run = run_of(
        ("fat", "set", {"mode": "raw_json", "json": "={{ ({ t: 'x'.repeat(60000) }) }}"}),
        ("ask", "approval", {"title": "?"}),
    )
    run_to_pause(run)
    wait_for = run.scheduler.entries[-1].wait_for
    assert wait_for is not None
    shown: Any = wait_for.settings["items"]
    assert len(shown) == 1


def test_beside_nobody_only_nobody_is_asked() -> None:
    assert NoPeople().find([]) == []
    with pytest.raises(NotFound, match="ada"):
        NoPeople().find(["ada"])
    assert (Assignee("u1").to_data(), Assignee(role="admin").to_data()) == ({"user": "u1"}, {"role": "admin"})

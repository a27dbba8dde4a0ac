"""What nodes are told where a part of the outside world is not there, and the ends of what dry runs note."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine import rehearsal
from apps.workflows.engine.operations.types import WORKFLOW_OPERATIONS
from apps.workflows.engine.parameters import CompiledParameters
from apps.workflows.engine.ports import NoWorkflows
from apps.workflows.engine.ports_mail import NoMail
from apps.workflows.engine.ports_sql import NoSql
from apps.workflows.engine.ports_static import RunOnlyStaticData, StaticChange
from exprsn.kernel.errors import DomainError
from tests.workflows.engine.graphs import carry_out, document, output


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: NoWorkflows().find("other"), "workflow_not_found"),
        (lambda: NoMail().send(None), "mail_unavailable"),  # type: ignore[arg-type]
        (lambda: NoSql().session(None), "sql_unavailable"),  # type: ignore[arg-type]
    ],
)
def test_a_part_that_is_not_there_says_so(ask: Any, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        ask()
    assert refused.value.code == code


def test_static_data_without_a_store_lives_as_long_as_the_run() -> None:
    data = RunOnlyStaticData()
    assert data.read("") == {}
    data.apply(StaticChange("set", "", "a", {"b": 1}), "key")
    data.read("")["a"] = "a copy"
    assert data.read("") == {"a": {"b": 1}}
    assert not data.is_kept()


def test_templates_that_cannot_be_compiled_are_passed_over() -> None:
    given = CompiledParameters((), {"good": "={{ $json.a }}", "bad": "={{ 1 }}" * 500_000, "text": "x"})
    assert len(list(given.templates())) == 1


def test_removing_a_parameter_where_nothing_is_makes_no_parents() -> None:
    state = {"nodes": [{"id": "a", "parameters": {}}], "connections": [], "variables": {}, "settings": {}}
    apply = WORKFLOW_OPERATIONS["parameter_changed"].apply
    assert apply(state, ("nodes", "a", "parameters", "x", "y", "z"), None)["nodes"][0]["parameters"] in (
        {},
        {"x": None},
    )


EFFECT = {"parameters": {"add": "={{ $json.n }}"}}


def dry(items: list[Any], node: str = "effect", **fields: Any) -> Any:
    nodes = [("start", "start"), ("do", node, {**EFFECT, **fields})]
    return carry_out(document(nodes, ["start > do"]), items, dry_run=True, use_pins=True)


def test_a_dry_run_notes_so_many_effects_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "MAX_CHANGES", 2)
    run, result = dry([{"n": n} for n in range(5)])
    assert (result.status, [change.item for change in run.changes]) == ("success", [0, 1])
    assert output(run, "do") == [{"n": n} for n in range(5)]


@pytest.mark.parametrize(("pins", "expected"), [([{"json": {"a": 1}}], [{"a": 1}]), ([{"a": 2}], [{"a": 2}]), ([], [])])
def test_pinned_data_stand_for_what_an_effect_answers(pins: list[Any], expected: list[Any]) -> None:
    run, _result = dry([{"n": 1}], pinned_data=pins)
    assert len(run.changes) == 1
    assert output(run, "do") == expected


@pytest.mark.parametrize(("items", "answers"), [([{"n": 1}, {"n": 2}], 2), ([], 1)])
def test_the_example_of_a_type_stands_for_its_answer(items: list[Any], answers: int) -> None:
    run, _result = dry(items or [{}], node="effect_with_example")
    assert output(run, "do") == [{"id": 7}] * max(1, len(items))
    assert len(run.changes) == answers

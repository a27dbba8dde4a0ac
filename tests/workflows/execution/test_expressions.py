"""Expressions of real runs, in both tiers: errors say where, publishing refuses mistakes, versions compile once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from apps.workflows.engine.parameters import CompiledParameters
from apps.workflows.execution import graphs as kept
from apps.workflows.execution.graphs import GraphCache
from apps.workflows.models import Workflow
from apps.workflows.services import script_syntax as syntax
from apps.workflows.services.script_syntax import ScriptSyntax
from exprsn.kernel.expressions import Script, compile_template
from exprsn.kernel.expressions import templates as kernel_templates
from exprsn.sandbox.errors import SandboxUnavailable
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("expression", "column"),
    [("=ok\n{{ $json.n.explode() }}", 19), ("=ok\n{{ /x/.test('x') && $json.n.explode() }}", 21)],
)
def test_an_error_says_node_parameter_item_line_and_column(owner: Person, expression: str, column: int) -> None:
    found = run_by_hand(owner, create(owner, chain(MANUAL, fields("greet", text=expression))))
    error = found["error"]
    assert (found["status"], found["failed_node"]) == ("error", "greet")
    assert (error["kind"], error["parameter"], error["item"]) == ("expression_error", "assignments", 0)
    assert error["details"] == {"line": 2, "column": column, "code": "expression_failed"}
    nodes = owner.api.get(f"/api/v1/executions/{found['id']}/nodes/").json()["items"]
    assert nodes[-1]["error"]["details"] == error["details"]


def test_a_run_evaluates_what_needs_the_sandbox(owner: Person) -> None:
    source = "={{ (() => { for (const w of $json.words) if (/^b/i.test(w)) return w.toUpperCase() })() }}"
    definition = chain(MANUAL, fields("words", words="={{ ['ab', 'Bc'] }}"), fields("pick", text=source))
    definition["nodes"][1]["parameters"]["assignments"][0]["type"] = "array"
    found = run_by_hand(owner, create(owner, definition))
    nodes = owner.api.get(f"/api/v1/executions/{found['id']}/nodes/").json()["items"]
    assert (found["status"], nodes[-1]["output"]["main"][0]["json"]) == ("success", {"text": "BC"})


@pytest.mark.parametrize(
    ("expression", "line", "column"),
    [
        ("={{ (() => { for (const x of $json) return x })() }}", None, None),
        ("={{ $json.name.replace(/\\s+/g, '-') }}", None, None),
        ("=a\n{{ (() => { if ) })() }}", 2, 16),
        ("={{ 1 + }}", 1, 8),
        ("={{ /(/.test('a') }}", 1, 3),
        ("={{ a); (b }}", 1, 5),
    ],
)
def test_publishing_refuses_what_neither_tier_can_read(
    owner: Person, expression: str, line: int | None, column: int | None
) -> None:
    made = create(owner, chain(MANUAL, fields("a", text=expression)))
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json")
    if line is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert (fault["code"], fault["line"], fault["column"]) == ("expression_syntax_error", line, column)


def scripts_of(text: str) -> list[Script]:
    return compile_template(text, scripts=True).scripts


def test_the_sandbox_is_asked_about_a_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = syntax.check_expressions
    monkeypatch.setattr(syntax, "check_expressions", lambda scripts: asked.append(len(scripts)) or real(scripts))
    checker = ScriptSyntax()
    texts = scripts_of("{{ /a/ }} {{ /b/ }} {{ /a/ }} {{ (() => { if })() }}")
    for _ in range(3):
        assert [script.source.strip() for script in checker.check(texts)] == ["(() => { if })()"]
    assert asked == [3]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "KEPT", 2)
    checker = ScriptSyntax()
    for letter in "abcd":
        checker.check(scripts_of(f"{{{{ /{letter}/ }}}}"))
    assert len(checker._known) == 2


def test_without_the_sandbox_the_first_tier_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(scripts: Any) -> Any:
        raise SandboxUnavailable("The sandbox is busy.")

    monkeypatch.setattr(syntax, "check_expressions", refuse)
    found = ScriptSyntax().check(scripts_of("{{ /a/ }} {{ 1 + }}"))
    assert [error.code for error in found.values()] == ["expression_syntax_error"]


def test_a_version_is_compiled_once_and_few_are_kept(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[UUID] = []
    real = kept._compile
    monkeypatch.setattr(kept, "_compile", lambda version: compiled.append(version) or real(version))
    monkeypatch.setattr(kept, "KEPT", 2)
    cache = GraphCache()
    made = [create(owner, chain(MANUAL, fields("a", text="={{ $json.n }}")), name=f"W{n}") for n in range(3)]
    first, second, third = [Workflow.plain.get(id=one["id"]).current_id for one in made]
    assert first
    assert second
    assert third
    graph = cache.get(first)
    value = graph.compiled("a").parameters.compiled("assignments")
    assert cache.get(first) is graph
    assert cache.get(first).compiled("a").parameters.compiled("assignments") is value
    cache.get(second)
    cache.get(third)
    assert compiled == [first, second, third]
    assert cache.get(first) is not graph


def test_a_text_is_compiled_once_for_all_nodes_and_few_are_kept() -> None:
    first = CompiledParameters((), {"a": "={{ $json.once + 1 }}"}).compiled("a").template
    second = CompiledParameters((), {"b": "={{ $json.once + 1 }}"}).compiled("b").template
    assert first is second
    assert kernel_templates._cached.cache_info().maxsize == 4096

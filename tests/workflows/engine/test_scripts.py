"""Expressions that need the sandbox, by the real sandbox: the same roots, one round trip, and what they cannot do."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import Evaluator, Ports, ScriptCall, ScriptOutcome
from apps.workflows.engine.scope import ItemScope
from apps.workflows.execution.real_ports import SandboxedExpressions
from exprsn.kernel.expressions import ExpressionError, compile_template
from tests.workflows.engine.graphs import Clock, carry_out, document, output
from tests.workflows.engine.test_roots import ITEMS, OPTIONS, ROOTS

BLOCK = re.compile(r"\{\{ (.*?) \}\}", re.DOTALL)


class Counting:
    """The real evaluator, with what was asked of it."""

    def __init__(self) -> None:
        self.real: Evaluator = SandboxedExpressions(UUID(int=1))
        self.asked: list[tuple[int, int, dict[str, Any]]] = []

    def evaluate(self, calls: list[ScriptCall], **options: Any) -> list[list[ScriptOutcome]]:
        self.asked.append((len(calls), options["items"], dict(options["world"])))
        return self.real.evaluate(calls, **options)


@pytest.fixture
def evaluator() -> Counting:
    return Counting()


def with_sandbox(evaluator: Evaluator) -> dict[str, Any]:
    nothing: Any = None
    return {"ports": Ports(nothing, nothing, nothing, Clock(), evaluator=evaluator)}


def run(expression: Any, evaluator: Evaluator, items: Any = ITEMS, last: Any = None, **options: Any) -> Any:
    """The run and result of a chain whose last node has the expression."""
    nodes = [
        ("start", "start"),
        ("first", "pass", {"parameters": {"add": "a"}}),
        ("last", "pass", {"parameters": {"add": expression}, **(last or {})}),
    ]
    definition = document(nodes, ["start > first", "first > last"])
    return carry_out(definition, items, **with_sandbox(evaluator), **options)


def values(expression: Any, evaluator: Evaluator, **options: Any) -> list[Any]:
    done, result = run(expression, evaluator, **options)
    assert result.error is None, result.error
    return [item.get("value") for item in output(done, "last")]


def error(expression: Any, evaluator: Evaluator, **options: Any) -> dict[str, Any]:
    _, result = run(expression, evaluator, **options)
    assert result.error is not None
    return dict(result.error)


@pytest.mark.parametrize(("expression", "expected"), ROOTS)
def test_roots_are_the_same_as_without_the_sandbox(expression: str, expected: list[Any], evaluator: Counting) -> None:
    statement = BLOCK.sub(r"{{ (() => { if (true) return (\1) })() }}", expression)
    assert values(statement, evaluator, **OPTIONS) == expected
    assert len(evaluator.asked) == 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("={{ 'report.final.pdf'.replace(/\\.[^/.]+$/, '') }}", "report.final"),
        ("={{ (() => { let n = 1; for (let i = 0; i < 5; i++) n *= 2; return n })() }}", 32),
        ("={{ (function (x) { return x + 1 })(1) }}", 2),
        ("={{ [...new Map([['a', 1]])] }}", [["a", 1]]),
        ("={{ (() => { try { null.x() } catch (e) { return e.name } })() }}", "TypeError"),
        ("={{ (() => { const { a, ...rest } = {a: 1, b: 2}; if (a) return rest })() }}", {"b": 2}),
        ("={{ ((s, ...v) => s.raw.join('|') + v)`a${1}b` }}", "a|b1"),
        ("={{ let x = 20; x + 1 }}", 21),
        ("={{ new URL }}", "error"),
        ("={{ (async () => { await null; return 7 })() }}", 7),
        ("=a {{ /x/.test('x') }} b {{ $json.none?.match(/x/) }} c", "a true b  c"),
        ("={{ new Date(0) }} {{ [1, [2]].map(function (x) { return x }) }}", None),
        ("={{ 9007199254740993n + 0n === 9007199254740993n }}", True),
        ("={{ new Number(3000000000) + 1 }}", 3_000_000_001),
        ("={{ '\\ud800'.match(/./)[0] }}", "\ufffd"),
    ],
)
def test_javascript_beyond_tier_1(expression: str, expected: Any, evaluator: Counting) -> None:
    if expected == "error":
        assert error(expression, evaluator)["details"]["code"] == "expression_failed"
    else:
        found = values(expression, evaluator)
        assert found == [expected] * 2 if expected is not None else all("1970" in text for text in found)


def test_all_items_and_all_parameters_go_in_one_round_trip(evaluator: Counting) -> None:
    expression = {"a": "={{ /1/.test($json.n) }}", "b": ["=n{{ /2/.test($json.n) }}", "{{ /x/ }}"]}
    found = values(expression, evaluator, items=[{"n": n % 3} for n in range(100)])
    assert found[:2] == [{"a": n == 1, "b": ["nfalse", "{{ /x/ }}"]} for n in range(2)]
    assert [(calls, items) for calls, items, _ in evaluator.asked] == [(2, 100)]


@pytest.mark.parametrize(
    ("expression", "nodes", "has_items"),
    [
        ("={{ /a$/.test('a') }}", set(), False),
        ("={{ /a/.test($json.n) }}", set(), True),
        ("={{ /a/.test($('first').item.json.n) }}", {"first"}, False),
        ("={{ /a/.test($node['start'].json.n + $items(`first`)[0].json.n) }}", {"start", "first"}, True),
        ("={{ /a/.test(['first'].map(n => $(n).first().json.n)) }}", {"start", "first", "last"}, False),
    ],
)
def test_only_what_is_named_is_sent(expression: str, nodes: set[str], has_items: bool, evaluator: Counting) -> None:
    values(expression, evaluator)
    ((_, _, world),) = evaluator.asked
    assert set(world["nodes"]) == nodes
    assert ("items" in world) is has_items
    assert not {"env", "vars", "execution"} & set(world)


def test_plain_expressions_do_not_wake_the_sandbox(evaluator: Counting) -> None:
    assert values("={{ $json.n + 1 }}", evaluator) == [2, 3]
    assert evaluator.asked == []


def test_an_item_does_not_see_what_another_one_changed(evaluator: Counting) -> None:
    source = "={{ (() => { $input.all()[0].json.n += 10; globalThis.seen = (globalThis.seen ?? 0) + 1; later = 5;"
    source += " return [$input.first().json.n, $json.n, seen, typeof Array.prototype.x] })() }}"
    assert values(source, evaluator) == [[11, 11, 1, "undefined"], [11, 2, 1, "undefined"]]


def test_a_script_sees_its_own_changes_and_its_own_item_after_waiting(evaluator: Counting) -> None:
    source = "={{ (() => { $json.list.push($json.n); return $json.list.concat($input.item.json.list.length) })() }}"
    assert values(source, evaluator, items=[{"n": n, "list": [0]} for n in (1, 2)]) == [[0, 1, 2], [0, 2, 2]]
    source = "={{ (async () => { await null; $json.n += 1; await null; return [$itemIndex, $json.n] })() }}"
    assert values(source, evaluator) == [[0, 2], [1, 3]]


def test_a_failing_item_leaves_the_others_alone(evaluator: Counting) -> None:
    source = "={{ (() => { if ($json.n === 1) throw new Error('not 1'); return $json.n })() }}"
    done, _ = run(source, evaluator, last={"on_error": "error_output"})
    assert [item["value"] for item in output(done, "last")] == [2]
    (failed,) = output(done, "last", "error")
    assert (failed["n"], failed["error"]["message"]) == (1, "not 1")


@pytest.mark.parametrize(
    ("expression", "line", "column", "message"),
    [
        ("=ok\n{{ /x/.test('x') && $json.n.explode() }}", 2, 29, "not a function"),
        ("={{ (() => {\n  if (true)\n    throw new Error('here') })() }}", 3, 15, "here"),
        ("={{ /x/.test('x') && $json.a.b.c.trim() }}", 1, 21, "cannot read property 'trim' of undefined"),
        ("=a\nb {{ /x/.test(\n missing.y) }}", 3, 2, "missing is not defined"),
    ],
)
def test_an_error_names_parameter_item_line_and_column(
    expression: str, line: int, column: int, message: str, evaluator: Counting
) -> None:
    found = error(expression, evaluator)
    assert (found["kind"], found["parameter"], found["item"]) == ("expression_error", "add", 0)
    assert message in found["message"]
    assert (found["details"]["line"], found["details"]["column"]) == (line, column)


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("={{ /x/.test($('nowhere').first()) }}", "node_not_found"),
        ("={{ /x/.test($('last').first()) }}", "node_not_found"),
        ("={{ /x/.test($('first').itemMatching(-1)) }}", "lineage_lost"),
        ("={{ /x/.test($('first').itemMatching(9)) }}", "lineage_lost"),
    ],
)
def test_nodes_that_cannot_be_reached(expression: str, kind: str, evaluator: Counting) -> None:
    found = error(expression, evaluator)
    assert (found["kind"], found["details"]["line"]) == (kind, 1)
    plain = error(expression.replace("/x/.test", ""), evaluator)
    assert (plain["kind"], plain["message"], plain["details"]["line"]) == (kind, found["message"], 1)


@pytest.mark.parametrize(
    "source",
    [
        "(() => { for (;;); })()",
        "/^(\\w+\\s?)*$/.test('word '.repeat(20) + '!') && /(a|aa)+$/.test('a'.repeat(60) + 'b')",
        "(() => { const k = []; for (;;) k.push(new Array(100000).fill('x')) })()",
        "(() => { let s = 'ab'; for (;;) s += s })()",
        "(async () => { for (;;) await 0 })()",
        "(function f() { return f() + 1 })()",
        "(() => { while (true) 'a'.repeat(1000).hash('sha512') })()",
    ],
)
def test_time_and_memory_are_bounded(source: str, evaluator: Counting, settings: Any) -> None:
    settings.EXPRSN_EXPRESSION_SECONDS = 1.0
    found = error(f"={{{{ {source} }}}}", evaluator)
    assert (found["kind"], found["details"]["code"]) == ("expression_error", "expression_too_costly")
    assert values("={{ /x/.source }}", evaluator) == ["x", "x"]


def test_a_promise_that_never_settles_is_an_error(evaluator: Counting) -> None:
    assert "never settles" in error("={{ new Promise(() => {}) }}", evaluator)["message"]


def test_nothing_of_the_host_is_in_reach(evaluator: Counting) -> None:
    names = ["__host", "__interface", "process", "require", "os", "std", "fetch", "Deno", "WebAssembly"]
    source = f"={{{{ {names}.filter(function (n) {{ return n in globalThis }}) }}}}"
    assert values(source, evaluator) == [[], []]


def test_without_a_sandbox_they_are_refused() -> None:
    nothing: Any = None
    nodes = [("start", "start"), ("last", "pass", {"parameters": {"add": "={{ /x/ }}"}})]
    ports = Ports(nothing, nothing, nothing, Clock())
    _, result = carry_out(document(nodes, ["start > last"]), ITEMS, ports=ports)
    assert result.error is not None
    assert result.error["details"]["code"] == "expression_unsupported"


def test_what_neither_tier_can_read_fails_with_its_place(evaluator: Counting) -> None:
    found = error("=a {{ 1 + }} b", evaluator)
    assert (found["details"]["code"], found["details"]["line"]) == ("expression_syntax_error", 1)
    found = error("={{ (() => { if }) }}", evaluator)
    assert (found["details"]["code"], found["details"]["column"]) == ("expression_syntax_error", 16)


def test_a_condition_of_a_node_may_need_the_sandbox(evaluator: Counting) -> None:
    done, _ = run("={{ 5 }}", evaluator, last={"run_if": "/zz/.test($json.value)"})
    assert [item["value"] for item in output(done, "last")] == ["a", "a"]
    assert [(calls, items) for calls, items, _ in evaluator.asked] == [(1, 1)]


def test_a_lost_trail_hinders_only_who_follows_it(evaluator: Counting) -> None:
    """What cannot be paired travels as its reason: ``first`` is there all the same, ``item`` says why it is not."""
    nodes = [("start", "start"), ("mixed", "shuffle"), ("last", "pass", {"parameters": {"add": ""}})]
    for expression, expected in (("$('start').first().json.n", 1), ("$('start').item.json.n", None)):
        nodes[2][2]["parameters"]["add"] = f"={{{{ (() => {{ if (true) return {expression} }})() }}}}"  # type: ignore[index, misc]
        done, result = carry_out(
            document(nodes, ["start > mixed", "mixed > last"]), [{"n": 1}, {"n": 2}], **with_sandbox(evaluator)
        )
        if expected is None:
            assert result.error is not None
            assert result.error["details"]["code"] == "lineage_lost"
        else:
            assert [item["value"] for item in output(done, "last")] == [expected] * 3


def test_a_scope_of_its_own_has_no_engine() -> None:
    scope = ItemScope(None, None, ItemBatch(), 0)  # type: ignore[arg-type]
    (found,) = compile_template("{{ (() => { if (true) return 1 })() }}", scripts=True).scripts
    with pytest.raises(ExpressionError, match="code node"):
        scope.script_value(found, as_text=False)


class Busy(Counting):
    """Has no room when it is asked for the first time."""

    def evaluate(self, calls: list[ScriptCall], **options: Any) -> list[list[ScriptOutcome]]:
        if not self.asked:
            self.asked.append((len(calls), options["items"], {}))
            raise NodeError("All sandboxes are busy.", kind="sandbox_busy", retryable=True)
        return super().evaluate(calls, **options)


def test_a_node_tries_again_when_there_was_no_room_for_its_expressions() -> None:
    retry = {"retry": {"enabled": True, "max_retries": 1, "delay_ms": 0}}
    done, result = run("={{ /a/.test('a') }}", Busy(), last=retry)
    assert result.error is None, result.error
    assert (output(done, "last")[0]["value"], done.scheduler.entries[-1].retry_count) == (True, 1)


def test_without_another_try_the_node_says_that_there_was_no_room() -> None:
    for fields in ({}, {"run_if": "/a/.test('a')"}):
        _, result = run("={{ /a/.test('a') }}", Busy(), last=fields)
        assert result.error is not None
        assert (result.error["kind"], result.error["message"]) == ("sandbox_busy", "All sandboxes are busy.")

"""Bombs: every evaluation ends, soon and small, with one clear error; and the next one works."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from exprsn.kernel.expressions import (
    Budget,
    ExpressionBudgetExceeded,
    compile_expression,
    compile_template,
    finish,
    to_json,
)

_DOUBLING = "Array.from({length: 60}).reduce((a) => "
_BOMBS = [
    "'x'.repeat(1e9)",
    "'x'.repeat(1e7).repeat(1e7)",
    "'x'.padStart(1e9)",
    "'x'.padEnd(1e9, 'ab')",
    "Array(1e9)",
    "new Array(4294967295)",
    "Array.from({length: 1e9})",
    "Array.from({length: 1e15}, x => x)",
    "[...Array(3000000)]",
    f"{_DOUBLING}a + a, 'ab')",
    f"{_DOUBLING}`${{a}}${{a}}`, 'ab')",
    f"{_DOUBLING}a.concat(a), 'ab')",
    f"{_DOUBLING}a.concat(a), [1])",
    f"{_DOUBLING}[...a, ...a], [1])",
    f"{_DOUBLING}a.replaceAll('b', 'bb'), 'b')",
    f"{_DOUBLING}a.replaceAll('b', '$&$&'), 'b')",
    f"{_DOUBLING}a.replaceAll('b', m => m + m), 'b')",
    f"{_DOUBLING}a.replace(a, '$&$&'), 'ab')",
    f"{_DOUBLING}String([a, a]), 'ab')",
    f"{_DOUBLING}[a, a].join(a), 'ab')",
    f"{_DOUBLING}JSON.stringify(a), '\"')",
    f"String({_DOUBLING}[a, a], 1))",
    f"JSON.stringify({_DOUBLING}[a, a], 1))",
    f"JSON.stringify({_DOUBLING}({{x: a, y: a}}), 1), null, 10)",
    f"({_DOUBLING}[a, a], 1)).flat(Infinity)",
    f"({_DOUBLING}[a, a], 1)) + 1",
    f"({_DOUBLING}[a, a], 1)) == 'x'",
    f"[{_DOUBLING}[a, a], 1)].unique()",
    f"[{_DOUBLING}({{x: a, y: a}}), 1)].unique()",
    "Array.from({length: 1e6}).map(() => [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0])",
    "Array(2e5).fill(0).map((x, i, a) => a.includes(1))",
    "Array(2e5).fill(0).map((x, i, a) => a.indexOf(1))",
    "Array(2e5).fill(0).flatMap((x, i, a) => a)",
    "Array(2e5).fill(0).map((x, i, a) => ({...a}))",
    "Array(2e5).fill(0).map((x, i, a) => Object.keys(a).length)",
    "Array(2e5).fill(0).map((x, i, a) => Math.max(...a))",
    "Array(2e5).fill('x').map((x, i, a) => a.join())",
    "Array(2e5).fill(1).sort((a, b) => Array(2e5).fill(1).every(x => x) ? 1 : -1)",
    "(f => f(f))(f => f(f))",
    "(f => f(f))(f => [1].map(() => f(f)))",
    "JSON.parse('['.repeat(100000))",
    "JSON.parse('['.repeat(150) + ']'.repeat(150), (k, v) => v)",
    "'a,'.repeat(5e6).split(',')",
    "'ab'.repeat(5e6).split('')",
    "'\\n'.repeat(2e6).toSentenceCase()",
    "'a'.repeat(2e6).extractDomain()",
    "JSON.parse('[' + '[],'.repeat(5e6) + '[]]')",
    "$jmespath({a: 1}, '[@,@]|'.repeat(60) + 'to_string(@)')",
    f"$jmespath({_DOUBLING}[a, a], 1), '{'[]' * 40}')",
    f"$jmespath([{_DOUBLING}[a, a], 1), {_DOUBLING}[a, a], 1)], '[0] == [1]')",
    f"$jmespath([{_DOUBLING}({{x: a, y: a}}), 1), {_DOUBLING}({{x: a, y: a}}), 1)], 'contains([[0]], [1])')",
]


@pytest.mark.parametrize("source", _BOMBS, ids=lambda source: source[:50])
def test_a_bomb_is_defused(source: str, evaluate: Callable[..., Any]) -> None:
    begin = time.process_time()
    with pytest.raises(ExpressionBudgetExceeded) as caught:
        evaluate(source, budget=Budget(seconds=0.2))
    assert time.process_time() - begin < 4
    assert (caught.value.code, caught.value.line) == ("expression_too_costly", 1)
    assert evaluate("1 + 1") == 2


def test_steps_are_counted(evaluate: Callable[..., Any]) -> None:
    budget = Budget(steps=100)
    assert evaluate("[1, 2, 3].map(x => x * 2)", budget=budget) == [2, 4, 6]
    assert 80 <= budget.steps_left < 100
    with pytest.raises(ExpressionBudgetExceeded, match="too many steps"):
        evaluate("Array(60).fill(0).map(x => x)", budget=budget)


def test_the_clock_is_looked_at(evaluate: Callable[..., Any]) -> None:
    with pytest.raises(ExpressionBudgetExceeded, match="takes too long"):
        evaluate("Array(20000).fill(0).map(x => x)", budget=Budget(seconds=0.000001))


def test_memory_is_counted(evaluate: Callable[..., Any]) -> None:
    assert evaluate("'x'.repeat(900).length", budget=Budget(size=1000)) == 900
    with pytest.raises(ExpressionBudgetExceeded, match="too much data"):
        evaluate("'x'.repeat(1001)", budget=Budget(size=1000))
    with pytest.raises(ExpressionBudgetExceeded, match="too much data"):
        evaluate("['x'.repeat(400), 'y'.repeat(400), 'z'.repeat(400)]", budget=Budget(size=1000))


def test_the_blocks_of_a_template_share_one_budget(names: Callable[..., Any]) -> None:
    template = compile_template("{{ 'x'.repeat(600) }}{{ 'y'.repeat(600) }}")
    assert len(template.evaluate(names())) == 1200
    with pytest.raises(ExpressionBudgetExceeded) as caught:
        template.evaluate(names(), Budget(size=1000))
    assert caught.value.block == 1


@pytest.mark.parametrize("limits", [{"steps": 0}, {"seconds": 0}, {"size": 0}, {"steps": -1}, {"seconds": -0.5}])
def test_a_limit_of_nothing_is_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="greater than 0"):
        Budget(**limits)


def test_a_plain_path_costs_nothing(names: Callable[..., Any]) -> None:
    budget = Budget(steps=1)
    for _ in range(100):
        assert compile_template("{{ $json.a.b }}").evaluate(names(json={"a": {"b": 1}}), budget) == 1
    assert budget.steps_left == 1


def test_ordinary_large_work_fits_into_the_usual_budget(evaluate: Callable[..., Any]) -> None:
    rows = [{"id": at, "name": f"row {at}"} for at in range(5_000)]
    source = "$json.filter(r => r.id % 2).map(r => ({...r, n: r.name.toUpperCase()})).length"
    assert evaluate(source, json=rows) == 2_500
    assert len(evaluate("JSON.stringify($json)", json=rows)) > 100_000


def test_a_result_of_too_many_shared_parts_is_refused(
    evaluate: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finish, "MAX_VALUES", 20_000)  # each is visited as often as it is shared: a million take long
    shared = evaluate(f"{_DOUBLING}[a, a], 1)")
    with pytest.raises(ExpressionBudgetExceeded, match="too large"):
        to_json(shared)


def test_a_result_of_more_than_a_million_values_is_refused() -> None:
    with pytest.raises(ExpressionBudgetExceeded, match="too large"):
        to_json([0] * 1_000_001)


def test_an_evaluation_from_deep_inside_ends_cleanly(names: Callable[..., Any]) -> None:
    expression = compile_expression("((((((((((((((((((((1 + (2 + (3 + (4 + [5].map(x => x)[0])))))))))))))))))))))))")

    def dig(levels: int) -> Any:
        return dig(levels - 1) if levels else expression.evaluate(names())

    with pytest.raises(ExpressionBudgetExceeded, match="nested too deeply"):
        for levels in range(880, 990, 2):
            dig(levels)

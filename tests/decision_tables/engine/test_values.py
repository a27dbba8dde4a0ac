"""Values at the edges of their types."""

from __future__ import annotations

from decimal import Decimal
from time import thread_time
from typing import Any

import pytest

from apps.decision_tables.engine.compiling import CompiledTable, compile_table
from apps.decision_tables.engine.faults import EvaluationError
from apps.decision_tables.engine.reading import read_table
from tests.decision_tables.engine.tables import columns, compiled, rule


def of(kind: str, *cells: Any) -> CompiledTable:
    """A table that gives every rule that matches."""
    rules = [rule(f"r{at}", {"a": cell}) for at, cell in enumerate(cells)]
    return compiled({"hit_policy": "RULE_ORDER", "input_columns": columns(a=kind), "rules": rules})


@pytest.mark.parametrize("number", [0.3, Decimal("0.3"), Decimal("0.30")])
@pytest.mark.parametrize("cell", [("==", 0.3), ("<=", 0.3), ("between", [0.3, 0.3]), ("in", [0.1, 0.3])])
def test_three_tenths_are_three_tenths_however_they_come(number: Any, cell: Any) -> None:
    assert of("number", cell).evaluate({"a": number}).matched


@pytest.mark.parametrize(
    "number",
    [
        float("nan"),
        float("inf"),
        float("-inf"),
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1e999999"),
        1j,
        "1",
        b"1",
    ],
)
@pytest.mark.parametrize("cell", [("==", 1), ("<", 1), ("<", 0.1), ("<", 2**60)])
def test_what_is_no_number_is_refused(number: Any, cell: Any) -> None:
    table = of("number", cell, *((">", at) for at in range(20)))
    for compiled_once in (table, compile_table(table.table, mask_bytes=0)):
        with pytest.raises(EvaluationError, match="must be a number"):
            compiled_once.evaluate({"a": number})


@pytest.mark.parametrize(
    ("number", "rules"),
    [
        (10**400, ["r0"]),
        (10**400 + 1, ["r0", "r1"]),
        (10**400 - 1, ["r2"]),
        (1e308, ["r2"]),
        (2**53 + 1, ["r2"]),
    ],
)
def test_large_numbers_are_exact(number: Any, rules: list[str]) -> None:
    table = of("number", (">=", 10**400), (">", 10**400), ("<", 10**400))
    assert table.evaluate({"a": number}).rule_ids == rules


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        ("^A.*z$", "Abcz", True),
        ("b", "abc", True),
        ("^b", "abc", False),
        (r"^\d{3}$", "123", True),
        ("é", "café", True),
        ("a", "\ud800", False),
    ],
)
def test_patterns(pattern: str, text: str, matched: bool) -> None:
    assert of("string", ("matches", pattern)).evaluate({"a": text}).matched is matched
    assert not of("any", ("matches", pattern)).evaluate({"a": 5}).matched


def test_patterns_take_linear_time() -> None:
    table = of("string", ("matches", "^(a+)+$"))
    started = thread_time()
    assert not table.evaluate({"a": "a" * 5_000 + "b"}).matched
    assert thread_time() - started < 2


def test_a_pattern_that_would_take_too_long_is_refused() -> None:
    table = of("string", ("matches", "(a?){500}b"))
    with pytest.raises(EvaluationError) as caught:
        table.evaluate({"a": "a" * 600_000})
    assert caught.value.code == "too_many_steps"


def test_texts_of_any_length_and_number_are_compared() -> None:
    table = of("string", (">", "m"), ("contains", "x"))
    for text, rules in (("z" * 500, ["r0"]), ("x" * 500, ["r0", "r1"]), ("a" * 500, [])):
        assert table.evaluate({"a": text}).rule_ids == rules
    few = compile_table(table.table, mask_bytes=0)
    assert [few.evaluate({"a": f"x{at}"}).rule_ids for at in range(40)] == [["r0", "r1"]] * 40


@pytest.mark.parametrize(
    ("cell", "value", "matched"),
    [
        ("/* whatever */ -", None, True),
        ("< true", True, False),
        ("true", True, True),
        ("not(true)", None, False),
    ],
)
def test_boolean_cells(cell: str, value: Any, matched: bool) -> None:
    assert of("boolean", cell).evaluate({"a": value}).matched is matched


def test_the_same_question_twice_in_a_cell_is_one() -> None:
    cells = [{"column": "a", "feel": "? * 2 > 3"}] * 2 + [{"column": "a", "operator": "!=", "value": 9}] * 2
    table = compiled({"input_columns": columns(a="number"), "rules": [{"conditions": cells}]})
    answer = table.evaluate({"a": 2}, explain=True)
    assert [one["held"] for one in answer.trace["rules"][0]["conditions"]] == [True] * 4
    texts = [{"column": "a", "operator": "contains", "value": "b"}] * 2
    table = compiled({"input_columns": columns(a="string"), "rules": [{"conditions": texts}]})
    assert table.evaluate({"a": "abc"}).matched


def test_equality_with_little_memory() -> None:
    table = of("number", *(("==", at) for at in range(20)))
    assert compile_table(table.table, mask_bytes=0).evaluate({"a": 7.0}).rule_ids == ["r7"]


@pytest.mark.parametrize("value", [0, 1, "true", [True]])
def test_what_is_no_boolean_is_refused(value: Any) -> None:
    with pytest.raises(EvaluationError, match="must be a boolean"):
        of("boolean", ("==", True)).evaluate({"a": value})


def test_a_table_of_many_rules_keeps_to_its_memory() -> None:
    rules = [
        rule(f"r{at}", {"a": ("between", [at, at + 50]), "b": ("in", [f"{at}", f"{at % 7}"])}) for at in range(600)
    ]
    table = read_table({"input_columns": columns(a="number", b="string"), "rules": rules})
    large, small = compile_table(table), compile_table(table, mask_bytes=20_000)
    rows = [{"a": at / 2, "b": str(at % 9)} for at in range(0, 1300, 7)]
    assert small.evaluate_batch(rows) == large.evaluate_batch(rows)
    with pytest.raises(EvaluationError):
        small.evaluate({"a": float("nan")})
    assert sum(answer.matched for answer in large.evaluate_batch(rows) if not isinstance(answer, Exception)) > 20

"""The index gives what rule by rule reading of the document gives, whatever the table."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.compiling import CompiledTable, compile_table
from apps.decision_tables.engine.faults import EvaluationError
from apps.decision_tables.engine.reading import document_of, normalized, read_table
from apps.decision_tables.engine.results import Evaluation
from tests.decision_tables.engine.oracle import expected, holds, matching
from tests.decision_tables.engine.strategies import inputs_of, tables

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def asked(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    document = draw(tables())
    return document, draw(st.lists(inputs_of(document), min_size=1, max_size=8))


def answer(compiled: CompiledTable, inputs: dict[str, Any]) -> dict[str, Any]:
    try:
        return compiled.evaluate(inputs).as_json()
    except EvaluationError as error:
        return said(error)


def said(error: EvaluationError) -> dict[str, Any]:
    if error.code == "invalid_input":
        return {"error": error.code, "columns": [path.removeprefix("inputs.") for path in error.errors]}
    return {"error": error.code, "rules": error.params["rules"]}


def without_matches(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "all_matches"}


@QUICK
@given(asked())
def test_answers_are_those_of_reading_rule_by_rule(case: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    document, rows = case
    compiled = compile_table(read_table(document))
    assert [without_matches(answer(compiled, row)) for row in rows] == [expected(document, row) for row in rows]


@QUICK
@given(asked())
def test_a_batch_a_small_memory_and_a_rewritten_document_answer_alike(
    case: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    document, rows = case
    table = read_table(document)
    compiled = compile_table(table)
    one_by_one = [answer(compiled, row) for row in rows]
    batch = [r.as_json() if isinstance(r, Evaluation) else said(r) for r in compiled.evaluate_batch(rows)]
    assert batch == one_by_one
    small = compile_table(table, mask_bytes=0)
    assert [answer(small, row) for row in rows] == one_by_one
    rewritten = normalized(document)
    assert document_of(read_table(rewritten)) == rewritten
    assert [answer(compile_table(read_table(rewritten)), row) for row in rows] == one_by_one


@QUICK
@given(asked())
def test_the_explanation_names_every_condition(case: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    document, rows = case
    compiled = compile_table(read_table(document))
    types = {column["name"]: column["type"] for column in document["input_columns"]}
    for row in rows:
        try:
            found = compiled.evaluate(row, explain=True)
        except EvaluationError:
            continue
        assert found.trace is not None and found.all_matches is not None
        matched = {rule["id"] for rule in matching(document, row)}
        assert {match["rule_id"] for match in found.all_matches} == matched
        for rule, traced in zip(filter(itemgetter("enabled"), document["rules"]), found.trace["rules"], strict=True):
            by_column = sorted(rule["conditions"], key=itemgetter("column"))
            held = [holds(one, row.get(one["column"]), types[one["column"]]) for one in by_column]
            assert (traced["rule_id"], traced["matched"]) == (rule["id"], rule["id"] in matched)
            assert [one["held"] for one in traced["conditions"]] == held

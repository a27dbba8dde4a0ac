"""FEEL in columns, cells and outputs."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.compiling import CompiledTable
from apps.decision_tables.engine.faults import EvaluationError, TableInvalid
from tests.decision_tables.engine.tables import columns, compiled, rule

HEAVY = "count(for i in 1..99999999 return i) > 0"


def of_column(expression: str, kind: str, cell: Any, **types: str) -> CompiledTable:
    """One rule on a column that is worked out."""
    column = {"name": "c", "type": kind, "expression": expression}
    inputs = [*columns(**types), column]
    return compiled({"input_columns": inputs, "rules": [rule("r", {"c": cell})]})


@pytest.mark.parametrize(
    ("expression", "kind", "cell", "inputs", "matched"),
    [
        ("quantity * price", "number", (">=", 100), {"quantity": 10, "price": 10}, True),
        ("quantity * price", "number", (">=", 100), {"quantity": 10, "price": 9.99}, False),
        ("customer.tier", "string", ("==", "gold"), {"customer": {"tier": "gold"}}, True),
        ("customer.tier", "string", ("==", "gold"), {"customer": {}}, False),
        ("customer.tier", "string", ("isEmpty",), {}, True),
        ("customer.since", "date", ("<", "2026-01-01"), {"customer": {"since": "2025-06-01"}}, True),
        ('date("2026-02-01")', "date", (">", "2026-01-01"), {}, True),
        ("flag", "boolean", ("==", True), {"flag": True}, True),
        ("items", "list", ("contains", 2), {"items": [1, 2]}, True),
        ("0.1 + 0.2", "number", ("==", 0.3), {}, True),
        ('date("2026-01-01")', "datetime", ("==", "2026-01-01T00:00:00Z"), {}, True),
        ('@"2026-01-01"', "any", ("isNotEmpty",), {}, True),
        ('@"2026-01-01T10:00:00"', "any", ("==", 1), {}, False),
    ],
)
def test_a_column_may_be_worked_out(expression: str, kind: str, cell: Any, inputs: Any, matched: bool) -> None:
    assert of_column(expression, kind, cell).evaluate(inputs).matched is matched


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("1", "string"),
        ('"x"', "number"),
        ('"x"', "date"),
        ("true", "number"),
        ("[function(x) x]", "list"),
        ("[1]", "date"),
    ],
)
def test_an_expression_of_another_type_is_an_error_of_its_column(expression: str, kind: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        of_column(expression, kind, ("isEmpty",)).evaluate({})
    assert (caught.value.code, caught.value.params["column"]) == ("invalid_input", "c")


@pytest.mark.parametrize(
    ("cell", "n", "matched"),
    [
        ("? * 2 > limit", 6, True),
        ("? * 2 > limit", 5, False),
        ("limit", 10, True),
        ("< limit, 20", 20, True),
        ("not(? > limit)", 9, True),
        ("not(? > limit)", None, False),
        ("limit", None, False),
        ("null, ? > limit", None, True),
        ("nobody", None, False),
        ("? = null", None, True),
        ("odd(?)", 3, True),
    ],
)
def test_a_cell_may_use_every_input(cell: str, n: Any, matched: bool) -> None:
    table = compiled({"input_columns": columns(n="number", limit="number"), "rules": [rule("r", {"n": cell})]})
    assert table.evaluate({"n": n, "limit": 10}).matched is matched


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ('"a"', "number"),
        ("< 5", "string"),
        ('[1.."b"]', "number"),
        ("> 5", "date"),
        ('"soon"', "date"),
        ('date("2026-01-01")', "time"),
        ('1, "x"', "number"),
        ('>= date("2026-02-30")', "date"),
        ("true", "number"),
        ("1", "boolean"),
        ("true", "number"),
        ("1", "boolean"),
    ],
)
def test_a_constant_of_another_type_is_refused_in_a_cell(cell: str, kind: str) -> None:
    with pytest.raises(TableInvalid, match="is not") as caught:
        compiled({"input_columns": columns(n=kind), "rules": [rule("r", {"n": cell})]})
    assert list(caught.value.errors) == ["rules[0].conditions[0].feel"]


@pytest.mark.parametrize(
    ("cell", "value", "matched"),
    [
        ('= "a"', "a", True),
        ('!= "a"', "b", True),
        ('!= "a"', None, False),
        (", ".join(f'"{at}"' for at in range(300)), "299", True),
        (", ".join(f'"{at}"' for at in range(300)), "300", False),
        ('if ? = "a" then true else false', "a", True),
    ],
)
def test_text_cells(cell: str, value: Any, matched: bool) -> None:
    table = compiled({"input_columns": columns(s="string"), "rules": [rule("r", {"s": cell})]})
    assert table.evaluate({"s": value}).matched is matched


@pytest.mark.parametrize(
    ("kind", "feel", "outcome"),
    [
        ("number", "n * 1.1", 2.2),
        ("number", "n / 3 * 3", 2),
        ("number", "nobody", None),
        ("string", '"n is " + string(n)', "n is 2"),
        ("date", 'date("2026-01-31") + duration("P1M")', "2026-02-28"),
        ("duration", 'duration("PT90M")', "PT1H30M"),
        ("list", "[n, {a: n}]", [2, {"a": 2}]),
        ("any", "n > 1", True),
        ("number", "extra.deep", 5),
        ("number", "double + 1", 5),
    ],
)
def test_an_output_may_be_worked_out(kind: str, feel: str, outcome: Any) -> None:
    inputs = [*columns(n="number"), {"name": "double", "type": "number", "expression": "2 * n"}]
    table = {"input_columns": inputs, "output_columns": columns(x=kind), "rules": [rule("r", x={"feel": feel})]}
    assert compiled(table).evaluate({"n": 2, "extra": {"deep": 5}}).outputs == {"x": outcome}


def test_an_output_of_another_type_names_its_rule() -> None:
    table = compiled({"output_columns": columns(x="number"), "rules": [rule("r7", x={"feel": '"text"'})]})
    with pytest.raises(EvaluationError, match="rule r7") as caught:
        table.evaluate({})
    assert caught.value.code == "expression_failed"


@pytest.mark.parametrize(
    "settings",
    [
        {"rules": [rule("r", {"n": HEAVY})]},
        {"rules": [rule("r", x={"feel": f"if {HEAVY} then 1 else 2"})]},
        {"input_columns": [{"name": "n", "type": "boolean", "expression": HEAVY}]},
    ],
)
def test_work_is_limited(settings: dict[str, Any]) -> None:
    table = {"input_columns": columns(n="boolean"), "output_columns": columns(x="number"), **settings}
    with pytest.raises(EvaluationError) as caught:
        compiled(table).evaluate({"n": True})
    assert caught.value.code == "too_many_steps"


@pytest.mark.parametrize(
    "feel",
    [
        "for i in 1..3000 return partial",
        "for i in 1..600 return [partial[-1]]",
        "[" * 25 + "]" * 25,
    ],
)
def test_large_and_deep_values_are_limited(feel: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        compiled({"output_columns": columns(x="list"), "rules": [rule("r", x={"feel": feel})]}).evaluate({})
    assert caught.value.code == "too_many_steps"


def test_the_explanation_tells_what_became_null() -> None:
    table = compiled({"output_columns": columns(x="number"), "rules": [rule("r", x={"feel": "nobody + 1"})]})
    answer = table.evaluate({}, explain=True)
    assert answer.outputs == {"x": None}
    assert any("nobody" in text for text in answer.trace["warnings"])
    table = of_column("nobody", "number", (">", 1))
    assert any("nobody" in text for text in table.evaluate({}, explain=True).trace["warnings"])


def test_an_explanation_survives_rules_that_did_not_win() -> None:
    rules = [rule("a", x=1), rule("b", x={"feel": '"text"'}), rule("c", x={"feel": "1 + 2"})]
    table = compiled({"output_columns": columns(x="number"), "rules": rules})
    answer = table.evaluate({}, explain=True)
    assert answer.outputs == {"x": 1}
    assert [match["outputs"] for match in answer.all_matches] == [{"x": 1}, {}, {"x": 3}]
    assert answer.all_matches[1]["error"]["code"] == "expression_failed"


def test_batches_with_expressions_have_errors_per_row() -> None:
    table = of_column("a * 2", "number", (">", 4), a="number")
    found = table.evaluate_batch([{"a": 3}, {"a": "x"}, {"a": 1}])
    assert [one.matched if not isinstance(one, EvaluationError) else one.code for one in found] == [
        True,
        "invalid_input",
        False,
    ]


def test_inputs_that_no_expression_can_read_are_left_out() -> None:
    table = of_column("1", "number", ("==", 1))
    assert table.evaluate({"odd": float("nan"), "deep": [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]}).matched

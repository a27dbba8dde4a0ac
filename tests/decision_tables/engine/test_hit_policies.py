"""What several matches come to."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.faults import EvaluationError
from tests.decision_tables.engine.tables import columns, compiled, rule

SIZES = ["large", "medium", "small"]


def three(policy: str, **settings: Any) -> dict[str, Any]:
    """Three rules that all match 1; the second and the third match 2."""
    return {
        "hit_policy": policy,
        "input_columns": columns(n="number"),
        "output_columns": [
            {"name": "size", "type": "string", "allowed_values": SIZES},
            {"name": "x", "type": "number"},
        ],
        "rules": [
            rule("a", {"n": ("==", 1)}, size="small", x=0.1),
            rule("b", {"n": ("<=", 2)}, size="large", x=0.2),
            rule("c", {"n": ("<", 3)}, size="medium"),
        ],
        **settings,
    }


@pytest.mark.parametrize(
    ("policy", "size", "ids"),
    [
        ("FIRST", "small", ["a"]),
        ("PRIORITY", "large", ["b"]),
        ("RULE_ORDER", ["small", "large", "medium"], ["a", "b", "c"]),
        ("OUTPUT_ORDER", ["large", "medium", "small"], ["b", "c", "a"]),
        ("COLLECT", ["small", "large", "medium"], ["a", "b", "c"]),
    ],
)
def test_policies_with_three_matches(policy: str, size: Any, ids: list[str]) -> None:
    answer = compiled(three(policy)).evaluate({"n": 1})
    assert (answer.matched, answer.outputs["size"], answer.rule_ids) == (True, size, ids)


def test_several_hits_come_with_every_match() -> None:
    answer = compiled(three("RULE_ORDER")).evaluate({"n": 2})
    assert answer.all_matches == [
        {"rule_id": "b", "outputs": {"size": "large", "x": 0.2}},
        {"rule_id": "c", "outputs": {"size": "medium", "x": None}},
    ]


@pytest.mark.parametrize(
    ("aggregation", "x"),
    [("sum", 0.3), ("min", 0.1), ("max", 0.2), ("count", 2), ("list", [0.1, 0.2, None]), (None, [0.1, 0.2, None])],
)
def test_aggregations_are_exact(aggregation: str | None, x: Any) -> None:
    rules = [rule("a", x=0.1), rule("b", x=0.2), rule("c")]
    table = {"hit_policy": "COLLECT", "aggregation": aggregation, "output_columns": columns(x="number"), "rules": rules}
    assert compiled(table).evaluate({}).outputs == {"x": x}


@pytest.mark.parametrize(
    ("kind", "values", "total"),
    [
        ("number", [1, 2.5], 3.5),
        ("number", [None], None),
        ("duration", ["P1D", "PT12H"], "P1DT12H"),
        ("any", [1, 2], 3),
    ],
)
def test_sums(kind: str, values: list[Any], total: Any) -> None:
    rules = [rule(f"r{at}", x=value) for at, value in enumerate(values)]
    table = {"hit_policy": "COLLECT", "aggregation": "sum", "output_columns": columns(x=kind), "rules": rules}
    assert compiled(table).evaluate({}).outputs == {"x": total}


@pytest.mark.parametrize("values", [["a", "b"], [1, "b"], [True, False]])
def test_what_cannot_be_added_is_an_error(values: list[Any]) -> None:
    rules = [rule(f"r{at}", x=value) for at, value in enumerate(values)]
    table = {"hit_policy": "COLLECT", "aggregation": "sum", "output_columns": columns(x="any"), "rules": rules}
    with pytest.raises(EvaluationError) as caught:
        compiled(table).evaluate({})
    assert caught.value.code == "expression_failed"


def test_unique_names_all_rules_that_match() -> None:
    with pytest.raises(EvaluationError) as caught:
        compiled(three("UNIQUE")).evaluate({"n": 1})
    assert (caught.value.code, caught.value.params["rules"]) == ("multiple_rules_matched", ["a", "b", "c"])


def test_a_long_list_of_rules_is_cut_in_the_message_alone() -> None:
    rules = [rule(f"r{at}") for at in range(12)]
    with pytest.raises(EvaluationError, match="r9 and 2 more") as caught:
        compiled({"hit_policy": "UNIQUE", "rules": rules}).evaluate({})
    assert len(caught.value.params["rules"]) == 12


@pytest.mark.parametrize(("n", "outcome"), [(1, "conflicting_outputs"), (2, ["b", "c"]), (4, [])])
def test_any_wants_agreement(n: int, outcome: Any) -> None:
    table = three("ANY")
    table["rules"][2]["outputs"] = table["rules"][1]["outputs"]
    try:
        assert compiled(table).evaluate({"n": n}).rule_ids == outcome
    except EvaluationError as error:
        assert error.code == outcome


@pytest.mark.parametrize(("priorities", "winner"), [((2, 1, 1), "b"), ((1, 1, 0), "c"), ((-1, -2, 5), "b")])
def test_the_lowest_priority_number_comes_first_then_the_row(priorities: tuple[int, ...], winner: str) -> None:
    table = three("FIRST")
    for one, priority in zip(table["rules"], priorities, strict=True):
        one["priority"] = priority
    assert compiled(table).evaluate({"n": 1}).rule_ids == [winner]


def test_without_allowed_values_priority_goes_by_the_rules() -> None:
    table = three("PRIORITY", output_columns=columns(size="string", x="number"))
    table["rules"][2]["priority"] = 0
    assert compiled(table).evaluate({"n": 1}).rule_ids == ["c"]


def test_importance_counts_outputs_that_are_worked_out() -> None:
    table = three("PRIORITY")
    table["rules"][0]["outputs"] = {"size": {"feel": 'if n = 1 then "large" else "small"'}}
    table["rules"][1]["outputs"] = {"size": "small"}
    assert compiled(table).evaluate({"n": 1}).rule_ids == ["a"]
    assert compiled(table, hit_policy="OUTPUT_ORDER").evaluate({"n": 2}).rule_ids == ["c", "b"]


def test_a_disabled_rule_never_matches() -> None:
    table = three("FIRST")
    table["rules"][0] |= {"enabled": False, "outputs": {"size": {"feel": '"small"'}}}
    answer = compiled(table).evaluate({"n": 1}, explain=True)
    assert answer.rule_ids == ["b"]
    assert [one["rule_id"] for one in answer.trace["rules"]] == ["b", "c"]
    assert compiled(table, hit_policy="PRIORITY").evaluate({"n": 1}).rule_ids == ["b"]


@pytest.mark.parametrize("policy", ["FIRST", "UNIQUE", "ANY", "PRIORITY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"])
def test_no_match_gives_the_defaults(policy: str) -> None:
    outputs = [{"name": "size", "type": "string", "default_value": "small"}, {"name": "x", "type": "number"}]
    table = compiled(three(policy, output_columns=outputs, default_outputs={"x": 7}))
    assert table.evaluate({"n": 9}).as_json() | {"all_matches": []} == {
        "matched": False,
        "outputs": {"size": "small", "x": 7},
        "rule_ids": [],
        "all_matches": [],
    }


def test_columns_default_where_a_rule_says_nothing() -> None:
    outputs = [{"name": "size", "type": "string"}, {"name": "x", "type": "number", "default_value": 5}]
    assert compiled(three("FIRST", output_columns=outputs)).evaluate({"n": 2.5}).outputs == {"size": "medium", "x": 5}


def test_equal_answers_are_equal() -> None:
    table = compiled(three("FIRST"))
    assert table.evaluate({"n": 1}) == table.evaluate({"n": 1.0})
    assert len({table.evaluate({"n": 1}), table.evaluate({"n": 1}, explain=True)}) == 2
    assert "small" in repr(table.evaluate({"n": 1}))


def test_lists_and_objects_in_outputs_are_copies() -> None:
    table = compiled({"output_columns": columns(x="any"), "rules": [rule("a", x={"deep": [1]})]})
    table.evaluate({}).outputs["x"]["deep"].append(2)
    assert table.evaluate({}).outputs == {"x": {"deep": [1]}}

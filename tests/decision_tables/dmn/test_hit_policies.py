"""What tables answer under each hit policy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decision_tables.dmn.samples import asks, gives, table, typed, worth

ONE = asks("n") + gives("a")
ORDERED = asks("n") + gives("a", values='"high", "mid", "low"')


@pytest.mark.parametrize(
    ("policy", "rules", "n", "expected"),
    [
        ("UNIQUE", ('&gt; 1 | "a"', '&lt; 0 | "b"'), 5, "a"),
        ("UNIQUE", ('> 1 | "a"', '> 2 | "b"'), 5, None),
        ("U", ('> 1 | "a"',), 0, None),
        ("ANY", ('> 1 | "a"', '> 2 | "a"'), 5, "a"),
        ("ANY", ('> 1 | "a"', '> 2 | "b"'), 5, None),
        ("FIRST", ('> 1 | "a"', '> 2 | "b"'), 5, "a"),
        ("RULE ORDER", ('> 2 | "b"', '> 1 | "a"'), 5, ["b", "a"]),
        ("COLLECT", ('> 2 | "b"', '> 9 | "a"'), 5, ["b"]),
        ("COLLECT", ('> 9 | "a"',), 5, []),
        ("RULE ORDER", ('> 9 | "a"',), 5, None),
        ("WHATEVER", ('> 1 | "a"',), 5, None),
    ],
)
def test_answers(policy: str, rules: tuple[str, ...], n: int, expected: Any) -> None:
    plain = tuple(rule.replace("&gt;", ">").replace("&lt;", "<") for rule in rules)
    assert worth(table(policy, ONE, *plain), {"n": n}) == expected


@pytest.mark.parametrize(
    ("policy", "expected"), [("PRIORITY", "high"), ("OUTPUT ORDER", ["high", "low"]), ("P", "high")]
)
def test_outputs_have_an_order(policy: str, expected: Any) -> None:
    assert worth(table(policy, ORDERED, '> 1 | "low"', '> 2 | "high"'), {"n": 5}) == expected


RANKS = """
<itemDefinition name="tRank"><typeRef>string</typeRef>
  <allowedValues><text>"b","a"</text></allowedValues></itemDefinition>
<itemDefinition name="tAlias"><typeRef>tRank</typeRef></itemDefinition>
<itemDefinition name="tRound"><typeRef>tRound</typeRef></itemDefinition>
"""


@pytest.mark.parametrize(("type_ref", "expected"), [("tRank", "b"), ("tAlias", "b"), ("string", "a"), ("tRound", None)])
def test_a_type_gives_the_order_where_the_column_does_not(type_ref: str, expected: Any) -> None:
    logic = table("PRIORITY", asks("n") + gives("x", type_ref), '> 1 | "a"', '> 2 | "b"')
    assert worth(logic, {"n": 5}, inside=RANKS) == expected


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3), ("AVERAGE", None)]
)
def test_collected_numbers(aggregation: str, expected: Any) -> None:
    logic = table("COLLECT", ONE, "> 1 | 3", "> 2 | 1", "> 3 | 2", "> 9 | 7", aggregation=aggregation)
    assert worth(logic, {"n": 5}) == typed(expected)


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", None), ("MIN", None), ("COUNT", 0)])
def test_collecting_nothing(aggregation: str, expected: Any) -> None:
    assert worth(table("COLLECT", ONE, "> 9 | 1", aggregation=aggregation), {"n": 5}) == typed(expected)


@pytest.mark.parametrize("aggregation", ["SUM", "MAX"])
def test_what_cannot_be_aggregated_is_null(aggregation: str) -> None:
    logic = table("COLLECT", ONE, '> 1 | "a"', "> 2 | 1", aggregation=aggregation)
    assert worth(logic, {"n": 5}) is None


def test_texts_are_not_summed() -> None:
    assert worth(table("COLLECT", ONE, '> 1 | "a"', '> 2 | "b"', aggregation="SUM"), {"n": 5}) is None


def test_several_outputs_are_a_context() -> None:
    columns = asks("n") + gives("a") + gives("b")
    assert worth(table("UNIQUE", columns, "> 1 | 1; 2"), {"n": 5}) == typed({"a": 1, "b": 2})
    assert worth(table("COLLECT", columns, "> 1 | 1; 2", "> 2 | 3; 4", aggregation="SUM"), {"n": 5}) == typed(
        {"a": 4, "b": 6}
    )


def test_no_match_gives_the_defaults() -> None:
    columns = asks("n") + gives("a", default='"none"') + gives("b")
    assert worth(table("UNIQUE", columns, "> 9 | 1; 2"), {"n": 5}) == {"a": "none", "b": None}


@pytest.mark.parametrize(
    ("column", "n", "expected"),
    [
        (asks("n", values="1, 5"), 5, "hit"),
        (asks("n", values="1, 2"), 5, None),
        (asks("n", values="1, 2"), None, None),
        (asks("n", "number"), "five", None),
        (asks("n", "list<number>", values="1, 5"), [1, 5], "hit"),
        (asks("n", "list<number>", values="1, 5"), [1, 7], None),
    ],
)
def test_inputs_that_the_column_does_not_allow(column: str, n: Any, expected: Any) -> None:
    assert worth(table("FIRST", column + gives("a"), '5, [1, 5] | "hit"'), {"n": n}) == expected


def test_outputs_that_the_column_does_not_allow() -> None:
    logic = table("FIRST", asks("n") + gives("a", values='"x"'), '- | "y"')
    assert worth(logic, {"n": 5}) is None


def test_null_passes_only_where_anything_does() -> None:
    logic = table(
        "RULE ORDER", ONE, '- | "any"', 'null | "null"', '< 5 | "less"', 'not(3) | "other"', '? > 5 | "asked"'
    )
    assert worth(logic, {"n": None}) == ["any", "null", "other"]


def test_a_rule_in_another_language_never_matches() -> None:
    cell = '<inputEntry expressionLanguage="juel"><text>true</text></inputEntry>'
    rule = f'<rule>{cell}<outputEntry><text>"a"</text></outputEntry></rule>'
    assert worth(f'<decisionTable hitPolicy="FIRST">{ONE}{rule}</decisionTable>', {"n": 5}) is None


def test_cells_that_are_no_feel_never_match() -> None:
    assert worth(table("FIRST", ONE, ')( | "a"', "- | )(", '- | "b"'), {"n": 5}) is None
    assert worth(table("FIRST", ONE, ')( | "a"', '- | "b"'), {"n": 5}) == "b"


def test_a_table_without_outputs_is_null() -> None:
    assert worth(table("FIRST", asks("n"), "- | 1"), {"n": 5}) is None

"""Merge by SQL: inputs are tables, a query reads them and can do nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support import sql_tables

ORDERS = [{"customer": 1, "total": 10.5}, {"customer": 2, "total": 4}, {"customer": 1, "total": 2}]
CUSTOMERS = [{"id": 1, "name": "Ada", "tags": ["a", "b"], "vip": True}, {"id": 2, "name": "Bob", "vip": False}]


def query(run_node: Any, text: str, left: Any = ORDERS, right: Any = CUSTOMERS) -> Any:
    return run_node("merge", {"mode": "sql", "query": text}, {"input_1": left, "input_2": right})


def test_a_join_with_sums(run_node: Any) -> None:
    text = "SELECT name, sum(total) AS spent FROM input1 JOIN input2 ON customer = id GROUP BY name ORDER BY name"
    ran = query(run_node, text)
    assert ran.json() == [{"name": "Ada", "spent": 12.5}, {"name": "Bob", "spent": 4}]
    assert ran.pairs() == [[], []]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT tags, vip FROM input2 WHERE id = 1", [{"tags": '["a","b"]', "vip": 1}]),
        ("SELECT json_extract(tags, '$[1]') AS second FROM input2 LIMIT 1", [{"second": "b"}]),
        ("SELECT tags FROM input2 WHERE id = 2", [{"tags": None}]),
        ("SELECT id, id FROM input2 LIMIT 1;", [{"id": 1, "id_2": 1}]),
        ("=SELECT name FROM input2 WHERE id = {{ $json.customer }}", [{"name": "Ada"}]),
        ("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT max(x) AS x FROM n",
         [{"x": 3}]),
    ],
)  # fmt: skip
def test_values(run_node: Any, text: str, expected: Any) -> None:
    assert query(run_node, text).json() == expected


def test_odd_names_and_numbers(run_node: Any) -> None:
    left = [{'a "b"; DROP': 1, "n\x00": 2**70}, {"": None}]
    assert query(run_node, "SELECT * FROM input1", left).json() == [
        {'a "b"; DROP': 1, "n\ufffd": str(2**70), "": None},
        {'a "b"; DROP': None, "n\ufffd": None, "": None},
    ]


def test_an_input_without_items_is_an_empty_table(run_node: Any) -> None:
    assert query(run_node, "SELECT (SELECT count(*) FROM input1) AS n, name FROM input2 LIMIT 1", []).json() == [
        {"n": 0, "name": "Ada"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT customer, input2.name FROM input1 LEFT JOIN input2 ON input1.customer = input2.id LIMIT 1",
        'SELECT customer, b."name" FROM input_1 a LEFT JOIN input_2 b ON a.customer = b.id LIMIT 1',
        "SELECT customer, input2.name FROM input1 LEFT JOIN input2 USING (customer) LIMIT 1",
    ],
)
def test_a_join_with_an_input_that_is_empty_gives_nothing_of_it(run_node: Any, text: str) -> None:
    assert query(run_node, text, right=[]).json() == [{"customer": 1, "name": None}]


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("DELETE FROM input1", "not_allowed", "Only a SELECT"),
        ("ATTACH '/tmp/x.db' AS x", "not_allowed", "Only a SELECT"),
        ("PRAGMA table_info(input1)", "not_allowed", "Only a SELECT"),
        ("SELECT load_extension('x')", "not_allowed", "Only a SELECT"),
        ("SELECT zeroblob(1000000000)", "not_allowed", "Only a SELECT"),
        ("SELECT nobody FROM input1", "bad_sql", "no such column: nobody"),
        ("SELEKT", "bad_sql", "syntax error"),
        ("SELECT 1; SELECT 2", "bad_sql", "exactly one SELECT"),
        ("=SELECT * FROM {{ $json.customer }}", "bad_sql", "stands for a value"),
        ("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n", "too_many_rows", "100000"),
    ],
)
def test_what_is_refused(run_node: Any, text: str, kind: str, says: str) -> None:
    with pytest.raises(NodeError, match=says) as refused:
        query(run_node, text)
    assert refused.value.kind == kind


def test_a_query_without_end_is_stopped(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_tables, "SECONDS", 0.2)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) AS c FROM n"
    with pytest.raises(NodeError, match="longer than") as refused:
        query(run_node, endless)
    assert refused.value.kind == "timeout"


def test_fields_that_sql_cannot_tell_apart_are_named(run_node: Any) -> None:
    with pytest.raises(NodeError, match="'id' and 'ID'") as refused:
        query(run_node, "SELECT * FROM input1", [{"id": 1}, {"ID": 2}])
    assert refused.value.kind == "ambiguous_columns"


def test_too_many_different_fields(run_node: Any) -> None:
    with pytest.raises(NodeError, match="1001 different fields"):
        query(run_node, "SELECT * FROM input1", [{f"f{number}": 1 for number in range(1001)}])

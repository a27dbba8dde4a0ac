"""What all databases do alike; each database's own module runs these."""

from __future__ import annotations

import pytest

from apps.workflows.engine.node_type import NodeError
from tests.workflows.execution.sql_nodes import HOSTILE, Database


class SqlCases:
    """``db`` is the fixture of the module: an empty table ``t (id int primary key, name text)``."""

    def test_values_never_become_text(self, db: Database) -> None:
        items = [{"id": at, "name": name} for at, name in enumerate(HOSTILE)]
        db.run("=INSERT INTO t (id, name) VALUES ({{ $json.id }}, '{{ $json.name }}')", items)
        found = [row["name"] for row in db.run("SELECT name FROM t ORDER BY id")]
        assert found == HOSTILE
        for at, name in enumerate(HOSTILE):
            assert db.run("=SELECT id FROM t WHERE name = {{ $json.name }}", [{"name": name}]) == [{"id": at}]
            assert db.run("SELECT id FROM t WHERE name = :n", values={"n": name}) == [{"id": at}]
            assert db.run("SELECT id FROM t WHERE name = $1", values=[name]) == [{"id": at}]

    def test_percent_signs_and_colons_in_the_text_stay(self, db: Database) -> None:
        db.run(operation="insert", table="t", items=[{"id": 1, "name": "100%s: :x"}])
        assert db.run("SELECT id FROM t WHERE name LIKE '100%s: :x' AND id = $1", values=[1]) == [{"id": 1}]

    def test_hostile_names_of_columns_and_tables_are_names(self, db: Database) -> None:
        for name in ("x; DROP TABLE t", 'a"b', "a`b", "a'b", "a]b"):
            failure = db.refused(operation="insert", table="t", items=[{name: 1}])
            assert failure.kind not in ("bad_sql", "internal_error"), name
            assert db.refused(operation="select", table=name).kind not in ("bad_sql", "internal_error")
        assert db.run("SELECT count(*) AS n FROM t") == [{"n": 0}]

    def test_one_run_is_one_transaction(self, db: Database) -> None:
        failure = db.refused(operation="insert", table="t", items=[{"id": 1}, {"id": 2}, {"id": 1}])
        assert failure.item == 2
        assert db.run("SELECT * FROM t") == []

    def test_or_one_for_each_item(self, db: Database) -> None:
        items = [{"id": 1}, {"id": 1}, {"id": 2}]
        ran = db.ran(items, operation="insert", table="t", transaction="each", on_error="error_output")
        assert [(item.json["id"], bool(item.error)) for item in ran.result.failed] == [(1, True)]
        assert [row["id"] for row in db.run("SELECT id FROM t ORDER BY id")] == [1, 2]

    def test_rows_without_sql(self, db: Database) -> None:
        db.run(operation="insert", table="t", items=[{"id": at, "name": f"n{at}"} for at in range(5)])
        db.run(operation="insert", table="t", skip_conflicts=True, items=[{"id": 1, "name": "again"}])
        db.run(operation="update", table="t", match="id", items=[{"id": 1, "name": "one"}])
        db.run(operation="upsert", table="t", match=["id"], items=[{"id": 2, "name": "two"}, {"id": 9, "name": "nine"}])
        fours = [{"column": "id", "operator": ">=", "value": 4}, {"column": "name", "operator": "!=", "value": "nine"}]
        db.run(operation="delete", table="t", conditions=fours)
        rows = db.run(
            operation="select",
            table="t",
            conditions=[
                {"column": "id", "operator": "<", "value": 3},
                {"column": "name", "operator": "like", "value": "ni%"},
                {"column": "name", "operator": "is_null"},
            ],
            combine="any",
            output_columns="id, name",
            order=[{"column": "id", "direction": "desc"}],
            limit=3,
        )
        assert rows == [{"id": 9, "name": "nine"}, {"id": 2, "name": "two"}, {"id": 1, "name": "one"}]

    def test_columns_named_in_the_node(self, db: Database) -> None:
        columns = [{"name": "id", "value": "={{ $json.n }}"}, {"name": "name", "value": "={{ $json.s.toUpperCase() }}"}]
        db.run(operation="insert", table="t", row="fields", columns=columns, items=[{"n": 1, "s": "a"}])
        assert db.run("SELECT * FROM t") == [{"id": 1, "name": "A"}]

    def test_null_is_compared_as_people_mean_it(self, db: Database) -> None:
        db.run(operation="insert", table="t", items=[{"id": 1, "name": None}, {"id": 2, "name": "x"}])
        where = [{"column": "name", "operator": "=", "value": None}]
        assert [row["id"] for row in db.run(operation="select", table="t", conditions=where)] == [1]

    @pytest.mark.parametrize(
        ("parameters", "words"),
        [
            ({"operation": "delete", "table": "t"}, "condition"),
            ({"operation": "update", "table": "t", "match": "id", "items": [{"name": 1}]}, "no value for the column"),
            ({"operation": "update", "table": "t", "items": [{"name": 1}]}, "Name the columns"),
            ({"operation": "update", "table": "t", "match": "id", "items": [{"id": 1}]}, "nothing to change"),
            ({"operation": "insert", "table": "t"}, "columns"),
            ({"operation": "insert", "table": "", "items": [{"a": 1}]}, "name of a table"),
            ({"operation": "select", "table": "t", "conditions": [{"column": "a", "operator": ";"}]}, "comparison"),
            ({"query": "SELECT $1"}, "asks for value"),
            ({"query": "BEGIN"}, "BEGIN is not possible"),
        ],
    )
    def test_refusals(self, db: Database, parameters: dict, words: str) -> None:  # type: ignore[type-arg]
        failure = db.refused(**parameters)
        assert failure.kind == "bad_sql" and words in failure.message

    def test_more_rows_than_allowed_are_an_error_and_the_next_run_works(self, db: Database) -> None:
        db.run(operation="insert", table="t", items=[{"id": at} for at in range(30)])
        assert db.refused("SELECT a.id FROM t a, t b, t c", max_rows=100).kind == "too_many_rows"
        assert len(db.run("SELECT id FROM t", max_rows=30)) == 30

    def test_read_only(self, db: Database) -> None:
        db.run(operation="insert", table="t", items=[{"id": 1}])
        assert db.run("SELECT id FROM t", read_only=True) == [{"id": 1}]
        for query in ("DELETE FROM t", "DROP TABLE t", "INSERT INTO t (id) VALUES (2)"):
            assert db.refused(query, read_only=True).kind != "bad_sql"
        assert db.run("SELECT id FROM t") == [{"id": 1}]

    def test_several_statements_and_rows_paired_with_their_item(self, db: Database) -> None:
        ran = db.ran(
            [{"id": 1}, {"id": 2}],
            query="=INSERT INTO t (id) VALUES ({{ $json.id }}); SELECT id, id FROM t WHERE id = {{ $json.id }};",
        )
        rows = ran.json()
        assert [row for row in rows if "id" in row] == [{"id": 1, "id_2": 1}, {"id": 2, "id_2": 2}]
        assert {row["affected_rows"] for row in rows if "id" not in row} == {1}
        assert ran.pairs() == [[(0, 0)], [(0, 0)], [(1, 0)], [(1, 0)]]

    def test_broken_sql_says_so(self, db: Database) -> None:
        failure = db.refused("SELEKT 1")
        assert not failure.retryable and "refused the statement" in failure.message
        assert isinstance(failure, NodeError)

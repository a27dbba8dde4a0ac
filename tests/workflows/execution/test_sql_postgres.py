"""PostgreSQL: on a real server, if one is there."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from apps.workflows.engine.node_type import NodeError
from apps.workflows.execution.sql_port import try_database
from exprsn.kernel.errors import DomainError
from tests.workflows.execution.smtp_server import free_port
from tests.workflows.execution.sql_cases import SqlCases
from tests.workflows.execution.sql_nodes import Database

SETTINGS = {
    "host": "127.0.0.1",
    "port": "5432",
    "database": "postgres",
    "user": "root",
    "password": "",
    "ssl": "disable",
}
SERVER = os.environ.get("EXPRSN_TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    name = f"exprsn_sql_{uuid4().hex[:12]}"
    try:
        connection = psycopg.connect(SERVER, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server: {error}")
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        connection.execute(f"CREATE ROLE {name} LOGIN".encode())
        connection.execute(f'ALTER DATABASE "{name}" OWNER TO {name}'.encode())
    yield name
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
        connection.execute(f"DROP ROLE {name}".encode())


@pytest.fixture
def db(run_sql_node: Any, database: str, settings: Any) -> Database:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1:5432"]
    made = Database(run_sql_node, "postgres", {**SETTINGS, "database": database, "user": database})
    made.run("DROP TABLE IF EXISTS t; CREATE TABLE t (id int primary key, name text)")
    return made


class TestPostgres(SqlCases):
    """What all databases do."""


def test_values_of_each_type(db: Database) -> None:
    (row,) = db.run(
        """SELECT 1::smallint AS i, 9007199254740993 AS big, 1.5::float8 AS f, 'NaN'::float8 AS nan, 1.50::numeric AS d,
        true AS b, NULL AS n, '2024-02-03T04:05:06Z'::timestamptz AT TIME ZONE 'UTC' AS ts, '2024-02-03'::date AS day,
        '04:05'::time AS t, INTERVAL '1 day 2 hours' AS iv, '\\x00ff'::bytea AS bytes, ARRAY[1,2] AS list,
        '{"a": [1.5]}'::jsonb AS j, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS u, '10.0.0.1'::inet AS ip,
        '[1,3)'::int4range AS r, 'now'::text AS txt, ROW(1, 'x') AS rec"""
    )
    assert row["ip"].startswith("10.0.0.1") and row.pop("ip") and row.pop("r") and row.pop("rec")
    assert row == {
        "i": 1, "big": "9007199254740993", "f": 1.5, "nan": "nan", "d": "1.50", "b": True, "n": None,
        "ts": "2024-02-03T04:05:06", "day": "2024-02-03", "t": "04:05:00", "iv": "26:00:00", "bytes": "AP8=",
        "list": [1, 2], "j": {"a": [1.5]}, "u": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "txt": "now",
    }  # fmt: skip
    assert db.run("SELECT 1.50 AS d, 2.0 AS e", decimals="number") == [{"d": 1.5, "e": 2}]


def test_lists_objects_and_casts_are_bound(db: Database) -> None:
    items = [{"ids": [1, 3], "o": {"a": 1}, "tags": ["x"], "days": 2, "n": None}]
    query = """=SELECT 3 = ANY({{ $json.ids }}) AS found, {{ $json.o }}->>'a' AS a,
        '{{ JSON.stringify($json.tags) }}'::jsonb ->> 0 AS tag,
        DATE '2024-01-01' + INTERVAL '{{ $json.days }} days' AS day,
        {{ $json.n }}::int IS NULL AS none"""
    expected = {"found": True, "a": "1", "tag": "x", "day": "2024-01-03T00:00:00", "none": True}
    assert db.run(query, items) == [expected]


def test_what_was_written_comes_back(db: Database) -> None:
    assert db.run(operation="insert", table="t", schema="public", items=[{"id": 1, "name": "a"}]) == [
        {"id": 1, "name": "a"}
    ]
    assert db.run("UPDATE t SET name = 'b' RETURNING name") == [{"name": "b"}]
    assert db.run("UPDATE t SET name = 'c'") == [{"affected_rows": 1}]
    assert db.run("SELECT * FROM t WHERE false") == []
    assert db.run("WITH x AS (SELECT 2 AS id) INSERT INTO t SELECT id, 'w' FROM x") == [{"affected_rows": 1}]


def test_the_database_s_words_are_in_the_error(db: Database) -> None:
    failure = db.refused(operation="insert", table="t", items=[{"id": 1}, {"id": 1}])
    assert (failure.kind, failure.retryable, failure.item) == ("sql_23505", False, 1)
    assert failure.params == {"sqlstate": "23505", "table": "t", "constraint": "t_pkey"}
    assert db.refused("SELECT * FROM nowhere").kind == "sql_42P01"
    assert db.refused("SELECT 'a\\' || $1", values=["x\x00"]).kind == "sql_value"


def test_a_slow_statement_is_stopped(db: Database) -> None:
    failure = db.refused("SELECT pg_sleep(60)", timeout_seconds=1)
    assert (failure.kind, failure.retryable) == ("timeout", True)


def test_read_only_cannot_be_talked_out_of_it(db: Database) -> None:
    for words in (
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SET transaction_read_only = off",
        "SET LOCAL default_transaction_read_only = off",
    ):
        assert db.refused(f"{words}; DELETE FROM t", read_only=True).kind in ("sql_25001", "sql_25006")


def test_a_deadlock_can_be_tried_again(db: Database, database: str) -> None:
    db.run(operation="insert", table="t", items=[{"id": 1}, {"id": 2}])
    barrier = threading.Barrier(2, timeout=20)
    kinds: list[Any] = []

    def other() -> None:
        with psycopg.connect(host="127.0.0.1", user=database, dbname=database) as connection:
            connection.execute("UPDATE t SET name = 'o' WHERE id = 2")
            barrier.wait()
            try:
                connection.execute("UPDATE t SET name = 'o' WHERE id = 1")
            except psycopg.errors.DeadlockDetected:
                connection.rollback()
                kinds.append("other")

    thread = threading.Thread(target=other)
    thread.start()
    barrier.wait()
    try:
        # Either may be chosen to give way; when it is the node, it says that another try may help.
        db.run("UPDATE t SET name = 'n' WHERE id = 1; SELECT pg_sleep(0.2); UPDATE t SET name = 'n' WHERE id = 2")
    except NodeError as error:
        assert (error.kind, error.retryable) == ("sql_40P01", True)
        kinds.append("node")
    thread.join()
    assert len(kinds) <= 1


def test_a_connection_that_breaks_can_be_tried_again(db: Database) -> None:
    failure = db.refused("SELECT pg_terminate_backend(pg_backend_pid())")
    assert failure.retryable and failure.kind in ("sql_57P01", "connection_failed")


@pytest.mark.parametrize(
    ("changed", "kind", "retryable"),
    [
        ({"host": "10.255.255.1"}, "outgoing_request_blocked", False),
        ({"host": "/var/run/postgresql"}, "invalid_host", False),
        ({"host": "127.0.0.1,10.0.0.1"}, "invalid_host", False),
        ({"port": "x"}, "invalid_port", False),
        ({"user": "nobody_of_this_name"}, "sql_login_refused", False),
        ({"database": "no_database_of_this_name"}, "sql_login_refused", False),
        ({"database": "x host=10.0.0.1"}, "sql_login_refused", False),
    ],
)
def test_a_credential_that_does_not_work(db: Database, changed: Any, kind: str, retryable: bool) -> None:
    db.settings.update(changed)
    failure = db.refused("SELECT 1")
    assert (failure.kind, failure.retryable) == (kind, retryable)
    with pytest.raises(DomainError) as tried:
        try_database("postgres", db.settings)
    assert tried.value.code == kind


def test_private_addresses_need_to_be_allowed(db: Database, settings: Any) -> None:
    try_database("postgres", db.settings)
    settings.EXPRSN_OUTGOING_ALLOW = []
    assert db.refused("SELECT 1").kind == "outgoing_request_blocked"


def test_nobody_there(db: Database, settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8"]
    db.settings["port"] = str(free_port())
    failure = db.refused("SELECT 1")
    assert (failure.kind, failure.retryable) == ("connection_failed", True)


def test_without_encryption_on_the_other_side_nothing_is_sent(db: Database) -> None:
    with psycopg.connect(SERVER) as connection:
        if connection.pgconn.ssl_in_use or connection.execute("SHOW ssl").fetchone() == ("on",):
            pytest.skip("the server speaks TLS")
    for mode in ("verify", "require"):
        db.settings["ssl"] = mode
        assert db.refused("SELECT 1").kind == "tls_failed"


def test_nothing_is_taken_from_the_server_s_own_environment(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PGUSER", "x"), ("PGOPTIONS", "-c role=x"), ("PGSSLMODE", "verify-full"), ("PGHOST", "x")):
        monkeypatch.setenv(name, value)
    assert db.run("SELECT current_user::text = current_database()::text AS same") == [{"same": True}]

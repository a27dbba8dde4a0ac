"""MySQL: on a real server of our own, where MariaDB is installed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apps.workflows.execution.sql_port import try_database
from exprsn.kernel.errors import DomainError
from tests.workflows.execution.mysql_server import mysql_server
from tests.workflows.execution.smtp_server import free_port
from tests.workflows.execution.sql_cases import SqlCases
from tests.workflows.execution.sql_nodes import Database


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with mysql_server("--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES") as settings:
        yield settings


@pytest.fixture
def db(run_sql_node: Any, server: dict[str, str], settings: Any) -> Database:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8"]
    made = Database(run_sql_node, "mysql", dict(server))
    made.run("DROP TABLE IF EXISTS t; CREATE TABLE t (id int primary key, name varchar(100) COLLATE utf8mb4_bin)")
    return made


class TestMySql(SqlCases):
    """What all databases do."""


def test_values_of_each_type(db: Database) -> None:
    (row,) = db.run(
        """SELECT 1 AS i, 9007199254740993 AS big, 1.5e0 AS f, 1.50 AS d, NULL AS n, TRUE AS b,
        CAST('2024-02-03 04:05:06' AS DATETIME) AS ts, CAST('2024-02-03' AS DATE) AS day, CAST('26:05:00' AS TIME) AS t,
        X'00ff' AS bytes, $1 AS j, $2 AS s""",
        values=[{"a": [1]}, "y"],
    )
    assert row == {
        "i": 1, "big": "9007199254740993", "f": 1.5, "d": "1.50", "n": None, "b": 1, "ts": "2024-02-03T04:05:06",
        "day": "2024-02-03", "t": "26:05:00", "bytes": "AP8=", "j": '{"a":[1]}', "s": "y",
    }  # fmt: skip


def test_what_was_written_is_counted(db: Database) -> None:
    db.run("CREATE TABLE IF NOT EXISTS u (id int primary key auto_increment, a text); DELETE FROM u")
    (row,) = db.run(operation="insert", table="u", items=[{"a": "x"}])
    assert row["affected_rows"] == 1 and row["insert_id"] >= 1
    assert db.run("UPDATE u SET a = 'y'") == [{"affected_rows": 1}]


def test_the_database_s_words_are_in_the_error(db: Database) -> None:
    failure = db.refused(operation="insert", table="t", items=[{"id": 1}, {"id": 1}])
    assert (failure.kind, failure.retryable, failure.item) == ("mysql_1062", False, 1)
    assert failure.params == {"code": 1062}
    assert db.refused("SELECT * FROM nowhere").kind == "mysql_1146"


def test_a_slow_statement_is_stopped(db: Database) -> None:
    failure = db.refused("SELECT SLEEP(60) FROM t UNION SELECT SLEEP(60)", timeout_seconds=1)
    assert (failure.kind, failure.retryable) == ("timeout", True)


@pytest.mark.parametrize(
    ("changed", "kind", "retryable"),
    [
        ({"password": "wrong"}, "sql_login_refused", False),
        ({"database": "mysql"}, "sql_login_refused", False),
        ({"host": "10.255.255.1"}, "outgoing_request_blocked", False),
        ({"host": "/run/mysqld.sock"}, "invalid_host", False),
        ({"ssl": "require"}, "tls_failed", False),
        ({"ssl": "verify"}, "tls_failed", False),
    ],
)
def test_a_credential_that_does_not_work(db: Database, changed: Any, kind: str, retryable: bool) -> None:
    db.settings.update(changed)
    failure = db.refused("SELECT 1")
    assert (failure.kind, failure.retryable) == (kind, retryable)
    with pytest.raises(DomainError) as tried:
        try_database("mysql", db.settings)
    assert tried.value.code == kind


def test_trying_a_credential(db: Database) -> None:
    try_database("mysql", db.settings)


def test_nobody_there(db: Database) -> None:
    db.settings["port"] = str(free_port())
    failure = db.refused("SELECT 1")
    assert (failure.kind, failure.retryable) == ("connection_failed", True)


def test_files_of_this_machine_are_not_sent(db: Database, tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("1\tsecret\n")
    db.refused(f"LOAD DATA LOCAL INFILE '{tmp_path}/secret' INTO TABLE t")
    assert db.run("SELECT * FROM t") == []


def test_a_server_that_says_nothing_is_left(run_sql_node: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8"]
    monkeypatch.setattr("apps.workflows.execution.sql_mysql.CONNECT_SECONDS", 0.5)
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as silent:

        def listen() -> None:
            with silent.accept()[0]:
                done.wait(30)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        port = str(silent.getsockname()[1])
        fields = {"host": "127.0.0.1", "port": port, "database": "x", "user": "x", "password": "x", "ssl": "disable"}
        failure = Database(run_sql_node, "mysql", fields).refused("SELECT 1")
        done.set()
        thread.join()
    assert (failure.kind, failure.retryable) == ("timeout", True)

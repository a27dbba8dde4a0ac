"""SQLite: the files that are meant, and nothing beyond."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.execution.sql_cases import SqlCases
from tests.workflows.execution.sql_nodes import ORGANIZATION, Database


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.EXPRSN_SQLITE_DIR = str(tmp_path)
    return tmp_path / str(ORGANIZATION)


@pytest.fixture
def db(run_sql_node: Any, folder: Path) -> Database:
    made = Database(run_sql_node, "sqlite", {})
    made.run("CREATE TABLE t (id int primary key, name text)")
    return made


class TestSqlite(SqlCases):
    """What all databases do."""


def test_values_of_each_type(db: Database) -> None:
    row = db.run(
        "SELECT 1 AS i, 9007199254740993 AS big, 1.5 AS f, 'x' AS s, NULL AS n, x'00ff' AS b, $1 AS j, $2 AS t",
        values=[{"a": [1]}, True],
    )
    assert row == [
        {"i": 1, "big": "9007199254740993", "f": 1.5, "s": "x", "n": None, "b": "AP8=", "j": '{"a":[1]}', "t": 1}
    ]


def test_without_the_setting_it_says_what_to_do(db: Database, settings: Any) -> None:
    settings.EXPRSN_SQLITE_DIR = ""
    failure = db.refused("SELECT 1")
    assert failure.kind == "sqlite_off" and "EXPRSN_SQLITE_DIR" in failure.message


def test_a_missing_file_is_made_only_when_asked(db: Database, folder: Path) -> None:
    assert db.refused("SELECT 1", file="other.db", create=False).kind == "sqlite_missing"
    assert db.refused("SELECT 1", file="other.db", read_only=True).kind == "sqlite_missing"
    db.run("CREATE TABLE x (a)", file="sub/other.db")
    assert (folder / "sub" / "other.db").is_file()


@pytest.mark.parametrize(
    "name",
    ["../x.db", "/etc/passwd", "a/../../x.db", "file:x.db", "file:x.db?mode=rwc", ":memory:", "", ".", "..", "a//b",
     "a/", "~/x.db", "t.db-wal", "t.db-journal", "x\x00.db", "ü.db", "x" * 201, "%2e%2e/x.db", "a?b", ".hidden"],
)  # fmt: skip
def test_no_name_leads_out(db: Database, name: str) -> None:
    assert db.refused("SELECT 1", file=name).kind == "sqlite_name"


def test_no_link_is_followed(db: Database, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    with sqlite3.connect(outside / "secret.db") as connection:
        connection.execute("CREATE TABLE s (a)")
    connection.close()
    (folder / "link.db").symlink_to(outside / "secret.db")
    (folder / "dir").symlink_to(outside)
    (folder / "t2.db-wal").symlink_to(outside / "wal")
    for name in ("link.db", "dir/secret.db", "dir/new.db", "dir/sub/new.db", "t2.db"):
        assert db.refused("SELECT 1", file=name).kind == "sqlite_name", name
    assert sorted(entry.name for entry in outside.iterdir()) == ["secret.db"]


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH DATABASE 'x.db' AS x",
        "=ATTACH DATABASE {{ 'x.db' }} || '' AS x",
        "DETACH DATABASE main",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
        "PRAGMA journal_mode = WAL",
        "PRAGMA writable_schema = ON",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA max_page_count = 999999999",
        "PRAGMA trusted_schema = ON",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
    ],
)
def test_what_reaches_beyond_the_file_is_refused(db: Database, folder: Path, query: str) -> None:
    before = sorted(folder.iterdir())
    assert db.refused(query).kind in ("sqlite_not_allowed", "bad_sql", "sqlite_error")
    assert sorted(folder.iterdir()) == before


def test_tables_can_be_described(db: Database) -> None:
    assert [row["name"] for row in db.run("PRAGMA table_info(t)")] == ["id", "name"]


def test_an_endless_statement_is_stopped(db: Database) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    failure = db.refused(endless, timeout_seconds=1)
    assert (failure.kind, failure.retryable) == ("timeout", True)
    assert db.run("SELECT 1 AS a") == [{"a": 1}]


def test_a_huge_value_is_refused(db: Database) -> None:
    assert db.refused("SELECT zeroblob(100000000)").kind == "sqlite_toobig"
    many = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT hex(zeroblob(1000000)) FROM c"
    assert db.refused(many).kind == "too_much_data"


def test_a_value_that_is_there_already(db: Database) -> None:
    failure = db.refused(operation="insert", table="t", items=[{"id": 1}, {"id": 1}])
    assert (failure.kind, failure.retryable) == ("sqlite_constraint_primarykey", False)


def test_a_locked_file_can_be_tried_again(db: Database, folder: Path) -> None:
    with sqlite3.connect(folder / "t.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        failure = db.refused("SELECT 1", timeout_seconds=1)
        other.execute("ROLLBACK")
    other.close()
    assert (failure.kind, failure.retryable) == ("sqlite_busy", True)


def test_runs_side_by_side_lose_nothing(db: Database) -> None:
    db.run(operation="insert", table="t", items=[{"id": 1, "name": "0"}])

    def count() -> None:
        for _ in range(10):
            db.run("UPDATE t SET name = name + 1")

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.run("SELECT CAST(name AS INTEGER) AS n FROM t") == [{"n": 30}]


def test_files_belong_to_an_organization(folder: Path, tmp_path: Path, db: Database) -> None:
    other = tmp_path / "0192d6a4-0000-7000-8000-000000000000"
    other.mkdir()
    (other / "secret.db").touch()
    assert db.refused("SELECT 1", file="secret.db", create=False).kind == "sqlite_missing"

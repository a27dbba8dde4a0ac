"""Items as tables: a database in memory that lives for one SELECT and can do nothing else."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_sql import SqlStatement, SqlTarget
from apps.workflows.execution.sql_values import collect
from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.clock import monotonic
from exprsn.kernel.deadlines import within
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_COLUMNS = 1_000
MAX_VALUE = 32 * 1024 * 1024
SECONDS = 10.0
_LARGEST = 2**63
_STEPS = 10_000
_QUALIFIED = re.compile(r'\b([A-Za-z_]\w*)\s*\.\s*(?:"((?:[^"]|"")+)"|([A-Za-z_]\w*))')
_USING = re.compile(r"\bUSING\s*\(([^()]*)\)", re.IGNORECASE)
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "zeroblob", "randomblob"})


def select_from(tables: Mapping[str, Sequence[JsonObject]], statement: SqlStatement, *, most: int) -> list[JsonObject]:
    """The rows of one SELECT. Raises ``NodeError`` for what SQLite refuses, takes too long or has too many rows."""
    text = statement.texts[0] + "".join(
        f"?{slot + 1}{after}" for slot, after in zip(statement.slots, statement.texts[1:], strict=True)
    )
    ends = monotonic() + within(SECONDS)
    with closing(sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)) as database:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
        database.set_progress_handler(lambda: int(monotonic() > ends), _STEPS)
        try:
            for name, rows in tables.items():
                _fill(database, name, rows, otherwise=_named_in(text, name))
            database.set_authorizer(_may_only_read)
            cursor = database.execute(text, [_adapted(value) for value in statement.values])
            names = [column[0] for column in cursor.description or ()]
            return collect(names, cursor, SqlTarget("sqlite", {}, max_rows=most))
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise _node_error(error) from None


def _named_in(text: str, table: str) -> list[str]:
    """The columns that a query names as those of a table, or joins by: what an input without items has."""
    own = rf"{table}|{table.replace('input', 'input_')}"
    aliases = re.findall(rf"\b(?:{own})\b\s+(?:AS\s+)?([A-Za-z_]\w*)", text, re.IGNORECASE)
    of = {table, table.replace("input", "input_"), *(alias.lower() for alias in aliases)}
    found = [
        (quoted.replace('""', '"') or plain) for one, quoted, plain in _QUALIFIED.findall(text) if one.lower() in of
    ]
    found += [name.strip().strip('"') for listed in _USING.findall(text) for name in listed.split(",")]
    return list({name.lower(): name for name in found if name}.values())


def _fill(database: sqlite3.Connection, table: str, rows: Sequence[JsonObject], otherwise: Sequence[str]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row)) or list(otherwise) or ["empty"]
    _check_names(table, columns)
    quoted = ", ".join(_quoted(name) for name in columns)
    database.execute(f"CREATE TABLE {_quoted(table)} ({quoted})")
    # The ports are called input_1 and so on; who writes their names means the same.
    by_port = _quoted(table.replace("input", "input_"))
    database.execute(f"CREATE VIEW {by_port} AS SELECT * FROM {_quoted(table)}")  # noqa: S608
    marks = ", ".join("?" * len(columns))
    values = ([_adapted(row.get(name)) for name in columns] for row in rows)
    # Names are quoted, values are bound.
    database.executemany(f"INSERT INTO {_quoted(table)} VALUES ({marks})", values)  # noqa: S608


def _check_names(table: str, columns: Sequence[str]) -> None:
    if len(columns) > MAX_COLUMNS:
        raise NodeError(
            f"{table} has {len(columns)} different fields; at most {MAX_COLUMNS} are possible.", kind="too_many_columns"
        )
    seen: dict[str, str] = {}
    for name in columns:
        former = seen.setdefault(name.lower(), name)
        if former != name:
            raise NodeError(
                f"{table} has the fields {former!r} and {name!r}, which SQL cannot tell apart. Rename one of them.",
                kind="ambiguous_columns",
            )


def _quoted(name: str) -> str:
    return '"' + name.replace("\x00", "\ufffd").replace('"', '""') + '"'


def _adapted(value: JsonValue) -> Any:
    """Lists and objects, and whole numbers that SQL has no place for, as text."""
    if isinstance(value, list | dict) or (isinstance(value, int) and not -_LARGEST <= value < _LARGEST):
        return text_of(value)
    return value


def _may_only_read(action: int, _first: str | None, function: str | None, *_: str | None) -> int:
    allowed = action in _READING or (
        action == sqlite3.SQLITE_FUNCTION and (function or "").lower() not in _FORBIDDEN_FUNCTIONS
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _node_error(error: Exception) -> NodeError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return NodeError(f"The query took longer than {SECONDS:g} seconds and was stopped.", kind="timeout")
    if name == "SQLITE_AUTH" or str(error).startswith("not authorized"):
        return NodeError("Only a SELECT from the inputs is possible.", kind="not_allowed", parameter="query")
    return NodeError(f"The query is refused: {error}", kind="bad_sql", parameter="query")

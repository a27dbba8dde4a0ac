"""SQLite for nodes: one file, no way to another one, limited time and size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from apps.core.public import dumps
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_sql import SqlAnswer, SqlStatement, SqlTarget
from apps.workflows.execution.sql_values import collect
from exprsn.kernel.clock import monotonic
from exprsn.kernel.deadlines import within
from exprsn.kernel.jsonvalue import JsonValue

BUSY_SECONDS = 5.0
MAX_PAGES = 262_144  # a gigabyte with pages of the usual size
MAX_VALUE = 32 * 1024 * 1024
_STEPS = 10_000
_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
# What reaches beyond the file or its transaction; each is asked about by its number before a statement runs.
_FORBIDDEN = frozenset(
    {
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DROP_VTABLE,
    }
)
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})
_READING_PRAGMAS = frozenset(
    {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list", "database_list"}
)


class SqliteSession:
    """One connection. Its own statements that begin and end transactions are not asked about."""

    def __init__(self, connection: sqlite3.Connection, target: SqlTarget) -> None:
        self._connection = connection
        self._target = target
        self._ends = monotonic() + target.seconds
        connection.set_progress_handler(self._is_late, _STEPS)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What runs within is kept as a whole, or not at all."""
        self._own("BEGIN" if self._target.read_only else "BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(NodeError):
                self._own("ROLLBACK")
            raise
        self._own("COMMIT")

    def execute(self, statement: SqlStatement) -> SqlAnswer:
        """Carry out one statement."""
        text = statement.texts[0] + "".join(
            f"?{slot + 1}{after}" for slot, after in zip(statement.slots, statement.texts[1:], strict=True)
        )
        values = [_adapted(value) for value in statement.values]
        with self._asking(), closing(self._connection.cursor()) as cursor:
            cursor.execute(text, values)
            if cursor.description is None:
                return SqlAnswer(None, cursor.rowcount, cursor.lastrowid or None)
            rows = collect([column[0] for column in cursor.description], cursor, self._target)
            return SqlAnswer(rows, len(rows))

    def _own(self, text: str) -> None:
        self._connection.set_authorizer(None)
        try:
            with self._asking():
                self._connection.execute(text)
        finally:
            self._connection.set_authorizer(_is_allowed)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self._ends = monotonic() + within(self._target.seconds)
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
            raise _node_error(error, self._target) from None

    def _is_late(self) -> int:
        return int(monotonic() > self._ends)


def _is_allowed(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    refused = (
        action in _FORBIDDEN
        or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in _READING_PRAGMAS)
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN_FUNCTIONS)
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _adapted(value: JsonValue) -> Any:
    return dumps(value).decode() if isinstance(value, dict | list) else value


@contextmanager
def open_sqlite(path: Path, target: SqlTarget) -> Iterator[SqliteSession]:
    """A session with a file whose name was checked."""
    mode = "ro" if target.read_only else "rwc" if target.create else "rw"
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=min(BUSY_SECONDS, target.seconds),
            isolation_level=None,
            cached_statements=0,
        )
    except sqlite3.Error as error:
        raise _node_error(error, target) from None
    with closing(connection):
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
        try:
            for setting in ("trusted_schema = OFF", "temp_store = MEMORY", f"max_page_count = {MAX_PAGES}"):
                connection.execute(f"PRAGMA {setting}").close()
        except sqlite3.Error as error:
            raise _node_error(error, target) from None
        connection.set_authorizer(_is_allowed)
        yield SqliteSession(connection, target)


def _node_error(error: Exception, target: SqlTarget) -> NodeError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        message = f"The statement took longer than {target.seconds:g} seconds and was stopped."
        return NodeError(message, kind="timeout", retryable=True)
    if name == "SQLITE_AUTH":
        message = f"The statement reaches beyond the file and its tables, which is refused: {error}."
        return NodeError(message, kind="sqlite_not_allowed")
    return NodeError(
        f"The database refused the statement: {error}",
        kind=name.lower() or "sql_value",
        retryable=name.startswith(_PASSING),
    )

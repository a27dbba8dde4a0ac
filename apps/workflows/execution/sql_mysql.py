"""MySQL and MariaDB for nodes. The driver writes values into the statement, escaped as the server reads them."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeAlias

import pymysql
from pymysql.cursors import SSCursor

from apps.core.public import cut_after, dumps, guarded_socket, host_of, port_of
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_sql import SqlAnswer, SqlStatement, SqlTarget
from apps.workflows.execution.sql_values import collect
from exprsn.kernel.deadlines import within
from exprsn.kernel.jsonvalue import JsonValue

CONNECT_SECONDS = 15.0
GRACE_SECONDS = 5.0
_READING = frozenset({"select", "with", "values", "table", "show", "describe", "desc", "explain", "help"})
_FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")
_LOGIN = frozenset({1044, 1045, 1049, 1130, 1251, 1698, 2059})
_LOST = frozenset({1053, 1152, 1153, 1159, 1161, 2000, 2002, 2003, 2006, 2013, 2055})
_PASSING = frozenset({1040, 1203, 1205, 1213, 3572})
_TIMEOUT = frozenset({1317, 1969, 3024})
# The statement's quotes are read by this mode: no other one may be in force, or a value could end where it should not.
_SQL_MODE = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"

Connection: TypeAlias = "pymysql.Connection[SSCursor]"


class MySqlSession:
    """One connection; its cursors take rows as they come."""

    def __init__(self, connection: Connection, watched: socket.socket, target: SqlTarget) -> None:
        self._connection = connection
        self._watched = watched
        self._target = target

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What runs within is kept as a whole, or not at all; statements that define tables end it by themselves."""
        with self._asking():
            begin = "START TRANSACTION READ ONLY" if self._target.read_only else "START TRANSACTION"
            self._connection.query(begin)
        try:
            yield
        except BaseException:
            with suppress(pymysql.Error, OSError):
                self._connection.rollback()
            raise
        with self._asking():
            self._connection.commit()

    def execute(self, statement: SqlStatement) -> SqlAnswer:
        """Carry out one statement."""
        first = _FIRST_WORD.match(statement.texts[0])
        if self._target.read_only and (first is None or first[1].lower() not in _READING):
            # What defines tables ends the transaction that only reads, and so would get past it.
            raise NodeError("The node may only read, and the statement does more.", kind="sql_read_only")
        texts = [text.replace("%", "%%") for text in statement.texts]
        values = tuple(_adapted(statement.values[slot]) for slot in statement.slots)
        with self._asking(), self._connection.cursor(SSCursor) as cursor:
            cursor.execute("%s".join(texts), values)
            columns: Sequence[Any] = cursor.description or ()
            if not columns:
                return SqlAnswer(None, cursor.rowcount, cursor.lastrowid or None)
            try:
                rows = collect([column[0] for column in columns], cursor, self._target)
            except NodeError:
                self._leave(cursor)
                raise
            return SqlAnswer(rows, len(rows))

    def _leave(self, cursor: SSCursor) -> None:
        """Hang up in the middle of the rows: the driver would wait for the rest of them."""
        result = getattr(cursor, "_result", None)
        if result is not None:
            result.unbuffered_active = False
        self._watched.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        seconds = within(self._target.seconds) + GRACE_SECONDS
        with cut_after(self._watched.fileno(), seconds) as was_cut:
            try:
                yield
            except (pymysql.Error, OSError) as error:
                raise _node_error(error, self._target, was_cut=was_cut()) from None


def _adapted(value: JsonValue) -> Any:
    return dumps(value).decode() if isinstance(value, dict | list) else value


@contextmanager
def open_mysql(target: SqlTarget) -> Iterator[MySqlSession]:
    """A session with the database that the target names, by its checked address."""
    host, port = host_of(target.settings.get("host", "")), port_of(target.settings.get("port", ""))
    seconds = within(CONNECT_SECONDS)
    connected = guarded_socket(host, port, seconds)
    # The driver may close or wrap the socket; this one is ours, for cutting it off.
    with connected.dup() as watched:
        connection = _connection(target, host, port, seconds)
        try:
            with cut_after(watched.fileno(), seconds) as was_cut:
                _sign_in(connection, connected, target, was_cut)
            yield MySqlSession(connection, watched, target)
        finally:
            with suppress(pymysql.Error, OSError):
                connection.close()
            connected.close()


def _connection(target: SqlTarget, host: str, port: int, seconds: float) -> Connection:
    settings = target.settings
    mode = settings.get("ssl", "verify")
    return pymysql.Connection(
        host=host,
        port=port,
        user=settings.get("user", ""),
        password=settings.get("password", "").encode(),
        database=settings.get("database") or None,
        charset="utf8mb4",
        sql_mode=_SQL_MODE,
        cursorclass=SSCursor,
        defer_connect=True,
        local_infile=False,
        autocommit=True,
        read_timeout=seconds + target.seconds,
        write_timeout=seconds + target.seconds,
        program_name="exprsn",
        ssl=None if mode == "disable" else _tls(mode),
        ssl_disabled=mode == "disable",
    )


def _tls(mode: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if mode == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _sign_in(connection: Connection, connected: socket.socket, target: SqlTarget, was_cut: Callable[[], bool]) -> None:
    try:
        connection.connect(connected)
        version = str(connection.get_server_info())  # type: ignore[no-untyped-call]
        limit = (
            f"SET SESSION max_statement_time = {target.seconds:.3f}"
            if "MariaDB" in version
            else f"SET SESSION max_execution_time = {max(1, int(target.seconds * 1000))}"
        )
        with suppress(pymysql.err.InternalError, pymysql.err.OperationalError):
            connection.query(limit)
    except (pymysql.Error, OSError) as error:
        raise _node_error(error, target, was_cut=was_cut()) from None


def _node_error(error: Exception, target: SqlTarget, *, was_cut: bool) -> NodeError:
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    text = str(error.args[1]) if len(error.args) > 1 else str(error)
    if was_cut or number in _TIMEOUT or isinstance(error, TimeoutError):
        message = f"The statement took longer than {target.seconds:g} seconds and was stopped."
        return NodeError(message, kind="timeout", retryable=True)
    cause = getattr(error, "original_exception", error)
    if isinstance(cause, ssl.SSLError) or number == 2026:
        message = f"The encrypted connection failed; see “Encryption” of the credential. {text}"
        return NodeError(message, kind="tls_failed")
    if number in _LOGIN:
        return NodeError(f"The database does not let the user in: {text}", kind="sql_login_refused")
    if number in _LOST or isinstance(error, OSError):
        return NodeError(f"The connection to the database was lost: {text}", kind="connection_failed", retryable=True)
    return NodeError(
        f"The database refused the statement: {text}",
        kind=f"mysql_{number}",
        retryable=number in _PASSING,
        details={"code": number},
    )

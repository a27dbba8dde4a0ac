"""PostgreSQL for nodes: values travel apart from the statement (the extended protocol)."""

from __future__ import annotations

import math
import os
import re
import ssl
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg.types.json import Jsonb

from apps.core.public import at_checked_address, cut_after, host_of, port_of
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_sql import SqlAnswer, SqlStatement, SqlTarget
from apps.workflows.execution.sql_values import collect
from exprsn.kernel.deadlines import within
from exprsn.kernel.jsonvalue import JsonValue

CONNECT_SECONDS = 15.0
# How much later than the server we stop waiting ourselves.
GRACE_SECONDS = 5.0
_BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
_NO_FILE = "/nonexistent"  # else a file in our home folder would be looked for
_WRITES = re.compile(r"\b(?:into|insert|update|delete|merge)\b", re.IGNORECASE)
_LOGIN = ("authentication failed", "no pg_hba.conf entry", "does not exist", "no password supplied", "not permitted")
_TLS = ("SSL", "certificate")
# Classes and states after which the same may well succeed.
_PASSING = ("08", "40", "53", "55P03", "57P")

Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresSession:
    """One connection; each transaction has the time limit and, where asked for, may only read."""

    def __init__(self, connection: Connection, target: SqlTarget) -> None:
        self._connection = connection
        self._target = target
        connection.read_only = target.read_only

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What runs within is kept as a whole, or not at all."""
        with _known_errors(self._target), self._connection.transaction():
            limit = str(max(1, int(self._target.seconds * 1000)))
            # The query also takes the snapshot after which a transaction that only reads cannot be made another one.
            self._connection.execute("SELECT set_config('statement_timeout', %s, true)", [limit])
            yield

    def execute(self, statement: SqlStatement) -> SqlAnswer:
        """Carry out one statement."""
        text = statement.texts[0] + "".join(
            f"${slot + 1}{after}" for slot, after in zip(statement.slots, statement.texts[1:], strict=True)
        )
        values = [_adapted(value) for value in statement.values]
        seconds = within(self._target.seconds) + GRACE_SECONDS
        with (
            _known_errors(self._target),
            cut_after(self._connection.fileno(), seconds),
            psycopg.RawCursor(self._connection) as cursor,
        ):
            if _answers_rows(text):
                return self._streamed(cursor, text, values)
            cursor.execute(text.encode(), values)
            if cursor.description is None:
                return SqlAnswer(None, cursor.rowcount)
            names = [column.name for column in cursor.description]
            return SqlAnswer(collect(names, cursor, self._target), cursor.rowcount)

    def _streamed(self, cursor: psycopg.RawCursor[Any], text: str, values: list[Any]) -> SqlAnswer:
        """Row by row: the library would otherwise take all of them into memory before the first is seen."""
        rows = cursor.stream(text.encode(), values)
        with closing(cast("Generator[Any, None, None]", rows)):
            first = next(rows, None)
            names = [column.name for column in cursor.description or ()]
            kept = collect(names, rows if first is None else chain([first], rows), self._target)
        return SqlAnswer(kept, len(kept))


def _answers_rows(text: str) -> bool:
    """Whether a statement has rows for certain; of any other one the library finds that out, with all rows at once."""
    begins = text.lstrip(" \t\r\n(").lower().startswith(("select", "with", "values", "table"))
    return begins and _WRITES.search(text) is None


@contextmanager
def open_postgres(target: SqlTarget) -> Iterator[PostgresSession]:
    """A session with the database that the target names, by its checked address."""
    settings = target.settings
    host, port = host_of(settings.get("host", "")), port_of(settings.get("port", ""))

    def connect(address: str, seconds: float) -> Connection:
        try:
            return psycopg.connect(**_parameters(settings, host, address, port, seconds))
        except psycopg.Error as error:
            raise _not_connected(error, host) from None

    connection = at_checked_address(host, port, within(CONNECT_SECONDS), connect)
    try:
        yield PostgresSession(connection, target)
    finally:
        connection.close()


def _parameters(settings: Mapping[str, str], host: str, address: str, port: int, seconds: float) -> dict[str, Any]:
    """Everything is said: what is left out, the library would take from this server's environment and files."""
    encryption = {"disable": "disable", "require": "require"}.get(settings.get("ssl", ""), "verify-full")
    return {
        "host": host,
        "hostaddr": address,
        "port": port,
        "dbname": settings.get("database") or "postgres",
        "user": settings.get("user", ""),
        "password": settings.get("password", ""),
        "passfile": os.devnull,
        "sslmode": encryption,
        "sslrootcert": _authorities() if encryption == "verify-full" else _NO_FILE,
        "sslcertmode": "disable",
        "gssencmode": "disable",
        "options": "",
        "target_session_attrs": "any",
        "client_encoding": "UTF8",
        "application_name": "exprsn",
        "connect_timeout": max(2, math.ceil(seconds)),
        "autocommit": True,
        "prepare_threshold": None,
    }


def _authorities() -> str:
    """The file of trusted certificates: the library brings its own idea of where it is."""
    known = ssl.get_default_verify_paths().cafile
    return next((path for path in (known, *_BUNDLES) if path and Path(path).is_file()), "system")


def _adapted(value: JsonValue) -> Any:
    """Objects are JSON; a list of plain values is an array, any other list JSON."""
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict | list) for v in value)):
        return Jsonb(value)
    return value


def _not_connected(error: psycopg.Error, host: str) -> Exception:
    text = " ".join(str(error).split())[:400]
    if any(word in text for word in _LOGIN):
        return NodeError(f"{host} does not let the user in: {text}", kind="sql_login_refused")
    if any(word in text for word in _TLS):
        message = f"The encrypted connection to {host} failed; see “Encryption” of the credential. {text}"
        return NodeError(message, kind="tls_failed")
    return ConnectionError(text)


@contextmanager
def _known_errors(target: SqlTarget) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise _node_error(error, target) from None


def _node_error(error: psycopg.Error, target: SqlTarget) -> NodeError:
    state = error.sqlstate
    if state == "57014":
        message = f"The statement took longer than {target.seconds:g} seconds and was stopped."
        return NodeError(message, kind="timeout", retryable=True)
    if state is None:
        lost = isinstance(error, psycopg.OperationalError)
        kind = "connection_failed" if lost else "sql_value"
        return NodeError(f"The database could not be asked: {error}", kind=kind, retryable=lost)
    diagnosis = error.diag
    facts = {
        "sqlstate": state,
        "table": diagnosis.table_name,
        "column": diagnosis.column_name,
        "constraint": diagnosis.constraint_name,
        "hint": diagnosis.message_hint,
    }
    return NodeError(
        f"The database refused the statement: {diagnosis.message_primary or error}",
        kind=f"sql_{state}",
        retryable=state.startswith(_PASSING),
        details={name: fact for name, fact in facts.items() if fact},
    )

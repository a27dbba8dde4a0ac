"""The databases that nodes may reach, each kind by its own driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_sql import SqlSession, SqlStatement, SqlTarget
from apps.workflows.execution.outside import as_node_errors
from apps.workflows.execution.sql_files import sqlite_file
from apps.workflows.execution.sql_mysql import open_mysql
from apps.workflows.execution.sql_postgres import open_postgres
from apps.workflows.execution.sql_sqlite import open_sqlite
from exprsn.kernel.effects import require_effect

TEST_SECONDS = 10.0
_SERVERS: Mapping[str, Callable[[SqlTarget], AbstractContextManager[SqlSession]]] = {
    "postgres": open_postgres,
    "mysql": open_mysql,
}


class Databases:
    """Databases for the runs of one organization, to which the SQLite files belong."""

    def __init__(self, organization_id: UUID) -> None:
        self._organization_id = organization_id

    @contextmanager
    def session(self, target: SqlTarget) -> Iterator[SqlSession]:
        """An open database. Raises ``NodeError``."""
        with as_node_errors(), self._opened(target) as session:
            require_effect()
            yield session

    def _opened(self, target: SqlTarget) -> AbstractContextManager[SqlSession]:
        if target.dialect == "sqlite":
            path = sqlite_file(self._organization_id, target.settings.get("file", ""), create=target.create)
            return open_sqlite(path, target)
        if target.dialect not in _SERVERS:
            raise NodeError(f"There is no database of the kind {target.dialect!r}.", kind="bad_value")
        return _SERVERS[target.dialect](target)


def try_database(dialect: str, fields: Mapping[str, str]) -> None:
    """Connect, sign in and ask for nothing but 1. Raises ``DomainError``."""
    target = SqlTarget(dialect, fields, seconds=TEST_SECONDS, read_only=True)
    with _SERVERS[dialect](target) as session, session.transaction():
        session.execute(SqlStatement(["SELECT 1"]))

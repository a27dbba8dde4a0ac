"""What an installation has recorded, read from its database, at little cost: the machine is being measured."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from benchmarks.server import Server

# Seconds since 1970 of a column, as each kind of database says it.
_SECONDS = {"sqlite": "(julianday({0}) - 2440587.5) * 86400.0", "postgresql": "extract(epoch from {0})"}


class Recorded:
    """Questions about the runs of an installation."""

    def __init__(self, server: Server) -> None:
        url = server.environment["DATABASE_URL"]
        self._kind = "postgresql" if url else "sqlite"
        self._url = url or str(Path(server.environment["EXPRSN_DATA_DIR"]) / "exprsn.sqlite3")

    def unfinished(self) -> int:
        """How many runs have not ended."""
        return int(self._rows("SELECT count(*) FROM workflows_execution WHERE finished_at IS NULL")[0][0])

    def span(self, count: int) -> float:
        """Seconds from the first acceptance to the last end of the newest runs."""
        seconds = _SECONDS[self._kind]
        newest = f"SELECT created_at, finished_at FROM workflows_execution ORDER BY id DESC LIMIT {count}"
        ends = f"min({seconds.format('created_at')}), max({seconds.format('finished_at')})"
        [(first, last)] = self._rows(f"SELECT {ends} FROM ({newest}) AS newest")
        return float(last) - float(first)

    def first_node_ms(self, count: int) -> float:
        """Milliseconds from the acceptance of a run to the start of its first node: the median of the newest runs."""
        seconds = _SECONDS[self._kind]
        started, created = seconds.format("n.started_at"), seconds.format("e.created_at")
        rows = self._rows(
            f"SELECT {started} - {created} FROM workflows_nodeexecution n JOIN workflows_execution e"
            f" ON e.id = n.execution_id WHERE n.execution_order = 0 ORDER BY n.id DESC LIMIT {count}"
        )
        return 1000 * median(float(wait) for (wait,) in rows)

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        if self._kind == "sqlite":
            with closing(sqlite3.connect(self._url, timeout=20)) as database:
                return database.execute(sql).fetchall()
        with closing(psycopg.connect(self._url, autocommit=True)) as connection:
            return connection.execute(sql.encode()).fetchall()

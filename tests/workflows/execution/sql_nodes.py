"""Runs a node of a database with the real port."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import Secret
from apps.workflows.execution.sql_port import Databases

ORGANIZATION = UUID("0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c")
HOSTILE = [
    "x",
    "'; DROP TABLE t; --",
    "' OR '1'='1",
    "\\'; DROP TABLE t; --",
    "\\",
    '"',
    "`",
    "%s %(x)s %",
    "$1",
    ":a ?",
    "é✓😀\u200b",
    "\x1a",
    "a\nb\r\t",
    "0x27",
    "\u00bf\u0027 OR 1=1",
]


class Database:
    """A node type with its settings; ``run`` answers rows, ``refused`` the error."""

    def __init__(self, run_node: Callable[..., Any], kind: str, settings: dict[str, str]) -> None:
        self._run_node = run_node
        self.kind = kind
        self.settings = settings

    def ran(self, items: Any = ({},), **parameters: Any) -> Any:
        options = {name: parameters.pop(name) for name in ("on_error",) if name in parameters}
        if self.kind == "sqlite":
            parameters = {"file": "t.db", "create": True, **parameters}
        return self._run_node(
            self.kind,
            parameters,
            items,
            sql=Databases(ORGANIZATION),
            credentials={self.kind: "c"},
            secrets={"c": Secret(self.kind, self.settings)},
            **options,
        )

    def run(self, query: str = "", items: Any = ({},), **parameters: Any) -> list[Any]:
        given = {"query": query, **parameters} if query else parameters
        return list(self.ran(items, **given).json())

    def refused(self, query: str = "", items: Any = ({},), **parameters: Any) -> NodeError:
        try:
            self.run(query, items, **parameters)
        except NodeError as error:
            return error
        raise AssertionError("it was not refused")

"""What nodes may ask of a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from exprsn.kernel.errors import Unavailable
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

SQLITE_OFF = "SQLite files are not switched on. An administrator names a folder for them with EXPRSN_SQLITE_DIR."


@dataclass(frozen=True, slots=True)
class SqlTarget:
    """A database and how to speak to it. ``settings`` are the fields of its credential, or ``{file}`` for SQLite.

    ``seconds`` is for each statement; more than ``max_rows`` rows are an error; ``numbers`` says what becomes of
    exact decimals: ``text`` or ``number``.
    """

    dialect: str
    settings: Mapping[str, str] = field(repr=False)
    seconds: float = 30.0
    max_rows: int = 10_000
    read_only: bool = False
    create: bool = False
    numbers: str = "text"


@dataclass(frozen=True, slots=True)
class SqlStatement:
    """One statement in pieces: between two texts stands the value to which the slot of the same number points.

    There is no text in which a value could be taken for a part of the statement.
    """

    texts: Sequence[str]
    slots: Sequence[int] = ()
    values: Sequence[JsonValue] = ()


@dataclass(frozen=True, slots=True)
class SqlAnswer:
    """``rows`` is None for a statement that has none; ``affected`` counts what it changed, -1 if that is unknown."""

    rows: list[JsonObject] | None
    affected: int = -1
    insert_id: int | None = None


class SqlSession(Protocol):
    """A connection. Raises ``NodeError``."""

    def transaction(self) -> AbstractContextManager[None]:
        """What runs within is kept as a whole, or not at all."""

    def execute(self, statement: SqlStatement) -> SqlAnswer: ...


class SqlPort(Protocol):
    """Opens databases. Raises ``NodeError``."""

    def session(self, target: SqlTarget) -> AbstractContextManager[SqlSession]: ...


class NoSql:
    """For runs beside which there are no databases."""

    def session(self, target: SqlTarget) -> AbstractContextManager[SqlSession]:
        raise Unavailable("There is no way to a database here.", code="sql_unavailable")

"""Rows that are written and read many hundred times a second, without making their SQL anew each time.

The ORM composes a statement for each call, which costs several times what the database does for it. Here
the statement is composed once and kept: inserts and updates from the model's own fields, queries by the
ORM itself. What is not hot stays with the ORM.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

from exprsn.kernel.clock import utc_now

Prepare = Callable[[Any], Any]
_WITHOUT_OFFSET = -len("+00:00")
_Row = TypeVar("_Row", bound=models.Model)


def new_row(model: type[_Row], values: dict[str, Any]) -> _Row:
    """A row that is about to be inserted. ``values`` has every column by its attribute (``execution_id``).

    The model's constructor, which sorts out defaults, related objects and signals, costs more than the insert does.
    """
    row = model.__new__(model)
    row._state = ModelState()
    row.__dict__.update(values)
    return row


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model as they are; times that are set on saving are set if they are missing."""
    if not rows:
        return
    own = connections[DEFAULT_DB_ALIAS]
    table = _table(type(rows[0]), own.vendor)
    with own.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(table.insert_sql, table.values(rows[0]))
        else:
            # One statement for one row, sent for all of them in one go: it is prepared once, however many follow.
            cursor.executemany(table.insert_sql, [table.values(row) for row in rows])
    for row in rows:
        row._state.adding = False


def update_rows(model: type[models.Model], changes: Mapping[str, Any], where: Mapping[str, Any]) -> int:
    """``UPDATE`` by field names, all of ``where`` being equal; answers how many rows were changed."""
    own = connections[DEFAULT_DB_ALIAS]
    table = _table(model, own.vendor)
    sql = table.update_sql(tuple(changes), tuple(where))
    values = [table.prepare[name](value) for part in (changes, where) for name, value in part.items()]
    with own.cursor() as cursor:
        with sent_together(own):
            cursor.execute(sql, values)
        return int(cursor.rowcount)


@contextmanager
def sent_together(own: BaseDatabaseWrapper) -> Iterator[None]:
    """Within the block PostgreSQL is sent statements without waiting for the answer of each; the end waits for all.

    A transaction's begin and its first statement then travel together, too. The end raises the error of the first
    statement that has one; those behind it were not carried out. Within the block nothing may ask for a count of rows.
    """
    if own.vendor != "postgresql" or own.connection is None:
        yield
        return
    with own.wrap_database_errors, own.connection.pipeline():
        yield


def commit_along(own: BaseDatabaseWrapper) -> None:
    """At the end of a block of ``sent_together``: the commit travels with the statements, and waits for no answer of
    its own. Django's commit, which follows, then has nothing left to do.
    """
    if own.vendor == "postgresql":
        with own.cursor() as cursor:
            cursor.execute("COMMIT")


class KeptQuery:
    """A ``values_list`` query whose SQL is kept; called with one text for each of ``marks``.

    ``build`` is given a mark for each value and answers the queryset that compares text fields with them.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], values: int) -> None:
        self._build = build
        self._marks = [f"\x01mark {number}" for number in range(values)]
        self._local = threading.local()

    def __call__(self, *values: str) -> list[tuple[Any, ...]]:
        compiler, sql, parameters = self._compiled()
        given = dict(zip(self._marks, values, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(one, one) for one in parameters])
            return list(compiler.results_iter(results=[cursor.fetchall()], tuple_expected=True))

    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        # A compiler belongs to its connection, and a connection to its thread.
        kept = getattr(self._local, "kept", None)
        of_thread = connections[DEFAULT_DB_ALIAS]
        if kept is None or kept[0].connection is not of_thread:
            compiler = self._build(*self._marks).query.get_compiler(connection=of_thread)
            kept = (compiler, *compiler.as_sql())
            self._local.kept = kept
        return kept


class _Table:
    """The statements for one model on one kind of database."""

    def __init__(self, model: type[models.Model], vendor: str) -> None:
        fields = list(model._meta.concrete_fields)
        quote = connection.ops.quote_name
        self.name = quote(model._meta.db_table)
        columns = [quote(str(field.column)) for field in fields]
        self.prepare: dict[str, Prepare] = {}
        self._column_of: dict[str, str] = {}
        for field, column in zip(fields, columns, strict=True):
            for name in (field.name, field.attname):
                self.prepare[name] = _prepare(field, vendor)
                self._column_of[name] = column
        self._get = attrgetter(*(field.attname for field in fields))
        prepared = [(at, self.prepare[field.attname]) for at, field in enumerate(fields)]
        self._prepared = [(at, prepare) for at, prepare in prepared if prepare is not _same]
        places = ", ".join(["%s"] * len(fields))
        # Names come from the models, values are parameters.
        self.insert_sql = f"INSERT INTO {self.name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
        self.update_sql = lru_cache(256)(self._update_sql)

    def values(self, row: models.Model) -> list[Any]:
        """The values of a row as the database takes them."""
        values = list(self._get(row))
        for at, prepare in self._prepared:
            values[at] = prepare(values[at])
        return values

    def _update_sql(self, changes: tuple[str, ...], where: tuple[str, ...]) -> str:
        assignments = ", ".join(f"{self._column_of[name]} = %s" for name in changes)
        conditions = " AND ".join(f"{self._column_of[name]} = %s" for name in where)
        return f"UPDATE {self.name} SET {assignments} WHERE {conditions}"  # noqa: S608


@lru_cache(256)
def _table(model: type[models.Model], vendor: str) -> _Table:
    return _Table(model, vendor)


def _prepare(field: models.Field[Any, Any], vendor: str) -> Prepare:
    """How a field's value becomes what the database's driver takes."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.JSONField):
        return _json
    if isinstance(target, models.UUIDField):
        return _same if vendor == "postgresql" else _hex
    if isinstance(target, models.DateTimeField):
        moment = _same if vendor == "postgresql" else _moment_of(vendor)
        if target.auto_now or target.auto_now_add:
            return lambda value: moment(value or utc_now())
        return moment
    if isinstance(target, models.CharField | models.TextField):
        return _text
    if isinstance(target, models.IntegerField | models.BooleanField | models.BinaryField):
        return _same
    return lambda value: field.get_db_prep_save(value, connection)


def _same(value: Any) -> Any:
    return value


def _text(value: str | None) -> str | None:
    # A member of TextChoices is a str that some drivers would take for something else.
    return value if value is None or type(value) is str else str(value)


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _moment_of(vendor: str) -> Prepare:
    return _sqlite_moment if vendor == "sqlite" else _moment


def _moment(value: datetime | None) -> Any:
    return None if value is None else connection.ops.adapt_datetimefield_value(value)


def _sqlite_moment(value: datetime | None) -> Any:
    if value is not None and value.tzinfo is UTC:
        return value.isoformat(" ")[:_WITHOUT_OFFSET]  # what Django would come to, much sooner
    return _moment(value)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value)

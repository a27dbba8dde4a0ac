"""Statements that the node writes itself: rows read, added, changed and removed by names and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apps.workflows.engine.ports_sql import SqlStatement
from apps.workflows.nodes.support.sql_lexing import SqlProblem
from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.jsonvalue import JsonValue

MAX_NAME = 128
MAX_COLUMNS = 500
COMPARISONS = {"=": "=", "!=": "<>", ">": ">", ">=": ">=", "<": "<", "<=": "<=", "like": "LIKE"}
WITHOUT_VALUE = {"is_null": "IS NULL", "is_not_null": "IS NOT NULL"}


@dataclass(slots=True)
class Builder:
    """A statement that grows; what is a value can only come in as one."""

    dialect: str
    texts: list[str] = field(default_factory=lambda: [""])
    values: list[JsonValue] = field(default_factory=list)

    def text(self, text: str) -> Builder:
        """Words of ours."""
        self.texts[-1] += text
        return self

    def name(self, name: str) -> Builder:
        """The name of a table or a column, quoted."""
        return self.text(quoted(name, self.dialect))

    def value(self, value: JsonValue) -> Builder:
        """A value, bound."""
        self.values.append(value)
        self.texts.append("")
        return self

    def statement(self) -> SqlStatement:
        """What has grown."""
        return SqlStatement(self.texts, range(len(self.values)), self.values)


def quoted(name: str, dialect: str) -> str:
    """A name as the database reads it, whatever stands in it. Raises ``SqlProblem`` for what cannot be a name."""
    if not name or len(name) > MAX_NAME or "\x00" in name:
        raise SqlProblem(f"{name[:60]!r} cannot be the name of a table or a column.")
    quote = "`" if dialect == "mysql" else '"'
    return f"{quote}{name.replace(quote, quote * 2)}{quote}"


@dataclass(frozen=True, slots=True)
class Condition:
    """A column compared with a value."""

    column: str
    operator: str
    value: JsonValue = None


@dataclass(frozen=True, slots=True)
class Table:
    """Where rows are."""

    dialect: str
    name: str
    schema: str = ""

    def begin(self, words: str) -> Builder:
        """A statement that begins with these words and the table."""
        builder = Builder(self.dialect).text(words)
        if self.schema:
            builder.name(self.schema).text(".")
        return builder.name(self.name)

    @property
    def can_return(self) -> bool:
        """Whether changed rows can be asked back."""
        return self.dialect != "mysql"


def select_rows(
    table: Table,
    conditions: Sequence[Condition],
    *,
    columns: Sequence[str],
    any_of: bool,
    order: Sequence[tuple[str, bool]],
    limit: int | None,
) -> SqlStatement:
    """``SELECT``; ``order`` are columns and whether they descend."""
    names = ", ".join(quoted(column, table.dialect) for column in columns) or "*"
    builder = table.begin(f"SELECT {names} FROM ")  # noqa: S608 - names are quoted, values bound
    _where(builder, conditions, any_of=any_of)
    for position, (column, descends) in enumerate(order):
        builder.text(", " if position else " ORDER BY ").name(column).text(" DESC" if descends else "")
    if limit is not None:
        builder.text(f" LIMIT {int(limit)}")
    return builder.statement()


def insert_row(table: Table, row: Mapping[str, JsonValue], *, skip_conflicts: bool) -> SqlStatement:
    """``INSERT`` of one row."""
    ignore = "IGNORE " if skip_conflicts and table.dialect == "mysql" else ""
    builder = _inserting(table, row, f"INSERT {ignore}INTO ")
    if skip_conflicts and table.dialect != "mysql":
        builder.text(" ON CONFLICT DO NOTHING")
    return _returning(table, builder)


def upsert_row(table: Table, row: Mapping[str, JsonValue], match: Sequence[str]) -> SqlStatement:
    """``INSERT``, or an update of the row that is there with the same values in the columns to match."""
    _require_match(row, match)
    changed = [name for name in row if name not in match] or list(match)
    builder = _inserting(table, row, "INSERT INTO ")
    if table.dialect == "mysql":
        builder.text(" ON DUPLICATE KEY UPDATE ")
        for position, name in enumerate(changed):
            column = quoted(name, table.dialect)
            builder.text(f"{', ' if position else ''}{column} = VALUES({column})")
        return builder.statement()
    builder.text(" ON CONFLICT (" + ", ".join(quoted(name, table.dialect) for name in match) + ") DO UPDATE SET ")
    for position, name in enumerate(changed):
        column = quoted(name, table.dialect)
        builder.text(f"{', ' if position else ''}{column} = excluded.{column}")
    return _returning(table, builder)


def update_rows(table: Table, row: Mapping[str, JsonValue], match: Sequence[str]) -> SqlStatement:
    """``UPDATE`` of the rows that have the values of the columns to match."""
    _require_match(row, match)
    changed = [name for name in row if name not in match]
    if not changed:
        raise SqlProblem("There is nothing to change: every column given is one to match.")
    builder = table.begin("UPDATE ").text(" SET ")
    for position, name in enumerate(changed):
        builder.text(", " if position else "").name(name).text(" = ").value(row[name])
    _where(builder, [Condition(name, "=", row[name]) for name in match], any_of=False)
    return _returning(table, builder)


def delete_rows(table: Table, conditions: Sequence[Condition], *, any_of: bool) -> SqlStatement:
    """``DELETE``; without conditions it is refused, since that would be the whole table."""
    if not conditions:
        raise SqlProblem("Give a condition: without one, all rows of the table would be deleted.")
    builder = table.begin("DELETE FROM ")
    _where(builder, conditions, any_of=any_of)
    return _returning(table, builder)


def _inserting(table: Table, row: Mapping[str, JsonValue], words: str) -> Builder:
    _require_columns(row)
    builder = table.begin(words).text(" (" + ", ".join(quoted(name, table.dialect) for name in row) + ") VALUES (")
    for position, value in enumerate(row.values()):
        builder.text(", " if position else "").value(value)
    return builder.text(")")


def _where(builder: Builder, conditions: Sequence[Condition], *, any_of: bool) -> None:
    for position, condition in enumerate(conditions):
        builder.text((" OR " if any_of else " AND ") if position else " WHERE ").name(condition.column)
        operator = condition.operator
        if operator in WITHOUT_VALUE or (condition.value is None and operator in ("=", "!=")):
            builder.text(f" {WITHOUT_VALUE.get(operator) or ('IS NULL' if operator == '=' else 'IS NOT NULL')}")
            continue
        if operator not in COMPARISONS:
            raise SqlProblem(f"There is no comparison {text_of(operator)[:40]!r}.")
        builder.text(f" {COMPARISONS[operator]} ").value(condition.value)


def _returning(table: Table, builder: Builder) -> SqlStatement:
    return (builder.text(" RETURNING *") if table.can_return else builder).statement()


def _require_columns(row: Mapping[str, JsonValue]) -> None:
    if not 0 < len(row) <= MAX_COLUMNS:
        raise SqlProblem(f"A row has 1 to {MAX_COLUMNS} columns, not {len(row)}.")


def _require_match(row: Mapping[str, JsonValue], match: Sequence[str]) -> None:
    _require_columns(row)
    missing = [name for name in match if name not in row]
    if not match or missing:
        raise SqlProblem(
            f"There is no value for the column {missing[0]!r}, which is to match."
            if missing
            else "Name the columns by which rows are found."
        )

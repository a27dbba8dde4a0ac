"""Rows that are added to those that are there: figures that several processes count together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, models, transaction


def add_up(
    model: type[models.Model],
    rows: Iterable[models.Model],
    *,
    key: Sequence[str],
    sums: Sequence[str],
    most: Sequence[str] = (),
) -> None:
    """Insert rows; where one of the same ``key`` is there, add to its ``sums`` and keep the larger of its ``most``.

    One statement for each row, so that no row is read before it is written. Give rows in one order everywhere:
    then no two writers wait for each other.
    """
    fields = model._meta.concrete_fields
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    if values:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_statement(model, key, sums, most), values)


def _statement(model: type[models.Model], key: Sequence[str], sums: Sequence[str], most: Sequence[str]) -> str:
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = [quote(str(field.column)) for field in model._meta.concrete_fields]
    larger = "GREATEST" if connection.vendor == "postgresql" else "MAX"

    def column(name: str) -> str:
        return quote(str(model._meta.get_field(name).column))  # type: ignore[union-attr]  # a field of its own

    adding = [f"{own} = {table}.{own} + EXCLUDED.{own}" for own in map(column, sums)]
    keeping = [f"{own} = {larger}({table}.{own}, EXCLUDED.{own})" for own in map(column, most)]
    # Names come from the models, values are parameters.
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608
        f" ON CONFLICT ({', '.join(map(column, key))}) DO UPDATE SET {', '.join([*adding, *keeping])}"
    )

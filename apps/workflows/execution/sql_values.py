"""Rows of databases as JSON."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_sql import SqlTarget
from exprsn.kernel.jsonvalue import JsonObject

MAX_EXACT = 2**53 - 1
MAX_CHARACTERS = 32 * 1024 * 1024
MAX_DEPTH = 100


def collect(names: Sequence[str], rows: Iterable[Sequence[Any]], target: SqlTarget) -> list[JsonObject]:
    """Rows as objects. Raises ``NodeError`` ``too_many_rows`` or ``too_much_data`` as soon as there are too many."""
    columns = _distinct(names)
    made: list[JsonObject] = []
    size = 0
    for row in rows:
        if len(made) >= target.max_rows:
            raise NodeError(
                f"The statement has more than {target.max_rows} rows. Add a LIMIT, or let the node take more.",
                kind="too_many_rows",
            )
        entry: JsonObject = {name: json_of(value, target.numbers) for name, value in zip(columns, row, strict=True)}
        size += sum(len(value) if isinstance(value, str) else 16 for value in entry.values())
        if size > MAX_CHARACTERS:
            raise NodeError("The rows are larger than 32 MB together. Ask for fewer.", kind="too_much_data")
        made.append(entry)
    return made


def _distinct(names: Sequence[str]) -> list[str]:
    """Column names; the second ``id`` is ``id_2``."""
    taken: set[str] = set()
    made = []
    for name in names:
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name}_{number}", number + 1
        taken.add(unique)
        made.append(unique)
    return made


def json_of(value: Any, numbers: str = "text", depth: int = 0) -> Any:
    """A value of a database: moments in ISO 8601, bytes in Base64, what JSON's numbers cannot say exactly as text."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= MAX_EXACT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return _decimal(value, numbers)
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        return _nested(value, numbers, depth)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return b64encode(bytes(value)).decode()
    return str(value)


def _nested(value: Any, numbers: str, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise NodeError(f"A value is nested more than {MAX_DEPTH} levels deep.", kind="too_much_data")
    if isinstance(value, Mapping):
        return {str(key): json_of(member, numbers, depth + 1) for key, member in value.items()}
    return [json_of(member, numbers, depth + 1) for member in value]


def _decimal(value: Decimal, numbers: str) -> Any:
    if not value.is_finite() or numbers != "number":
        return format(value, "f") if value.is_finite() else str(value)
    if value == value.to_integral_value() and abs(value) <= MAX_EXACT:
        return int(value)
    return float(value)


def _duration(value: timedelta) -> str:
    """As databases write a time: ``26:30:00``, ``-00:00:01.5``."""
    sign = "-" if value < timedelta() else ""
    value = abs(value)
    minutes, seconds = divmod(value.days * 86_400 + value.seconds, 60)
    fraction = f".{value.microseconds:06d}".rstrip("0") if value.microseconds else ""
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}{fraction}"

"""Moments in nodes: read, written and reckoned by the expression language's own dates."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Any

from apps.workflows.engine.node_type import NodeContext, NodeError
from apps.workflows.nodes.support.values import is_number, number_of, text_of
from exprsn.kernel.expressions import DateTime, ExpressionError
from exprsn.kernel.expressions.dates.iso import read_sql
from exprsn.kernel.expressions.dates.loose_text import read_loose
from exprsn.kernel.expressions.dates.making import date_from_milliseconds
from exprsn.kernel.expressions.dates.reading import read_format
from exprsn.kernel.expressions.dates.zones import zone_of

SECONDS_DIGITS = 10


def zone_parameter(context: NodeContext, position: int, name: str = "timezone") -> tzinfo:
    """The zone that a parameter names; the workflow's when it names none. Raises ``NodeError``."""
    own = zone_of(context.timezone, UTC) or UTC
    wanted = text_of(context.param(name, position))
    zone = zone_of(wanted, own)
    if zone is None:
        raise NodeError(f"There is no time zone {wanted[:60]!r}.", kind="bad_value", item=position, parameter=name)
    return zone


def moment_from(value: Any, zone: tzinfo, pattern: str = "") -> DateTime | None:
    """The moment that a value means, shown in the zone; None when it means none.

    Text without an offset is in the zone. A number is milliseconds since 1970, or seconds when it has at most
    ten digits. With a ``pattern`` (Luxon's) text is read by it. Raises ``ExpressionError`` for a bad pattern.
    """
    if pattern:
        return _shown(read_format(text_of(value), pattern, zone), zone)
    number = number_of(value) if is_number(value) or (isinstance(value, str) and value.strip().isdecimal()) else None
    if number is not None:
        in_seconds = len(str(abs(int(number)))) <= SECONDS_DIGITS
        moment = date_from_milliseconds(number * 1000 if in_seconds else number, zone)
        return moment if moment.value is not None else None
    if not isinstance(value, str):
        return None
    found = read_sql(value, zone)
    return _shown(read_loose(value, zone) if found is None else found, zone)


def _shown(value: Any, zone: tzinfo) -> DateTime | None:
    moment = None if value is None else DateTime(value).in_zone(zone)
    return moment if moment is not None and moment.value is not None else None


def moment_parameter(context: NodeContext, name: str, position: int, zone: tzinfo, pattern: str = "") -> DateTime:
    """The moment that a parameter means. Raises ``NodeError``."""
    value = context.param(name, position)
    try:
        moment = moment_from(value, zone, pattern)
    except ExpressionError as problem:
        raise NodeError(problem.message, kind="bad_value", item=position, parameter="input_format") from None
    if moment is None:
        raise NodeError(f"{text_of(value)[:60]!r} is not a date.", kind="bad_value", item=position, parameter=name)
    return moment

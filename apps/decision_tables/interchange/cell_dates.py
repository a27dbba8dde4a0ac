"""Dates, times and durations that there are none of, such as ``2026-02-30``: FEEL would calculate with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apps.decision_tables.engine.coercion import WrongType, domain_of

_DATE = re.compile(
    r"(?<![0-9-])[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    r"(?![0-9-])"
)
_SIGNS = r"(?:[<>=!≥≤≠]+\s*)?"
_BARE = {"time": re.compile(_SIGNS + r"([0-9]{1,2}:[0-9]{2}\S*)"), "duration": re.compile(_SIGNS + r"(-?P[0-9T]\S*)")}
_NO_SECONDS = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T)?[0-9]{2}:[0-9]{2}(?=\Z|Z|[+-])")


def with_seconds(text: str) -> str:
    """``10:00`` as ``10:00:00``; any other text as it is."""
    found = _NO_SECONDS.match(text)
    return f"{found[0]}:00{text[found.end() :]}" if found else text


def temporal_fault(text: str, column_type: str) -> str | None:
    """Which date, time or duration of a condition there is none of, if any."""
    missing = next((each for each, its_type in _named(text, column_type) if not _is_one(each, its_type)), None)
    kind = "date" if column_type == "datetime" else column_type
    return None if missing is None else f"There is no {kind} {missing[:60]!r}."


def _named(text: str, column_type: str) -> Iterator[tuple[str, str]]:
    if column_type in ("date", "datetime"):
        yield from ((found[0], "datetime" if found[1] else "date") for found in _DATE.finditer(text))
    elif column_type in _BARE:
        found = _BARE[column_type].fullmatch(text)
        if found:
            yield found[1], column_type


def _is_one(text: str, column_type: str) -> bool:
    try:
        domain_of(column_type).read(with_seconds(text))
    except WrongType:
        return False
    return True

"""Ranges from text: ``[1..5)``, with literals as ends, one of which may be left out."""

from __future__ import annotations

import re

from apps.decision_tables.engine.feel.comparing import compare
from apps.decision_tables.engine.feel.decimals import parse_number
from apps.decision_tables.engine.feel.temporal_reading import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_temporal,
    parse_time,
)
from apps.decision_tables.engine.feel.values import Range, Value

LONGEST_TEXT = 10_000
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_CALL = re.compile(r'(date|time|date and time|duration)\s*\(\s*"([^"\\]*)"\s*\)')
_READERS = {"date": parse_date, "time": parse_time, "date and time": parse_date_time, "duration": parse_duration}
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def read_range(text: str) -> Range | None:
    """The range; null where the text is none, its ends are of two types, or it runs backwards."""
    text = text.strip()
    if len(text) > LONGEST_TEXT or len(text) < 4 or text[0] not in "[(]" or text[-1] not in "])[":
        return None
    for split in re.finditer(r"\.\.", text):
        ends = text[1 : split.start()].strip(), text[split.end() : -1].strip()
        values = [_literal(end) if end else None for end in ends]
        if any(end and value is None for end, value in zip(ends, values, strict=True)):
            continue
        return _checked(Range(values[0], text[0] == "[", values[1], text[-1] == "]"))
    return None


def _checked(found: Range) -> Range | None:
    if found.low is None or found.high is None:
        has_end = found.low is not None or found.high is not None
        open_end_included = found.low_included if found.low is None else found.high_included
        return found if has_end and not open_end_included else None
    order = compare(found.low, found.high)
    return found if order is not None and order <= 0 else None


def _literal(text: str) -> Value:
    quoted = _TEXT.fullmatch(text)
    if quoted is not None:
        return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), quoted[1], flags=re.DOTALL)
    if text.startswith('@"') and text.endswith('"'):
        return parse_temporal(text[2:-1])
    called = _CALL.fullmatch(text)
    if called is not None:
        return _READERS[called[1]](called[2])
    return parse_number(text)

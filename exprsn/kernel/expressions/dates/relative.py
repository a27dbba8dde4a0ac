"""``toRelative``: how far away a moment is, in English words."""

from __future__ import annotations

import math

from exprsn.kernel.expressions.dates.duration_methods import duration_as
from exprsn.kernel.expressions.dates.moment import DateTime

_UNITS = ("years", "months", "days", "hours", "minutes", "seconds")


def relative_text(moment: DateTime, base: DateTime, unit: str | None) -> str | None:
    """``in 2 days`` or ``3 hours ago``; in the largest unit that fits, or in a chosen one."""
    if moment.value is None or base.value is None:
        return None
    for name in (unit,) if unit else _UNITS:
        count = math.trunc(duration_as(moment.since(base, [name]), name))
        if count or unit:
            return _words(count, name, past=moment.value < base.value)
    return _words(0, "seconds", past=moment.value < base.value)


def _words(count: int, unit: str, *, past: bool) -> str:
    text = f"{abs(count):,} {unit.removesuffix('s') if abs(count) == 1 else unit}"
    return f"{text} ago" if past else f"in {text}"

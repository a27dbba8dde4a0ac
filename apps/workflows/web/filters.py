"""What the fields above the list of executions ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from exprsn.kernel.clock import utc_now

# Name → label and length of the stretch of time that ends now.
PERIODS: Mapping[str, tuple[Any, timedelta]] = {
    "hour": (_("Last hour"), timedelta(hours=1)),
    "day": (_("Last day"), timedelta(days=1)),
    "week": (_("Last 7 days"), timedelta(days=7)),
    "month": (_("Last 30 days"), timedelta(days=30)),
}
WORDS = ("status", "trigger_mode", "environment", "search")


def execution_filters(given: Mapping[str, str]) -> dict[str, Any]:
    """The fields as ``executions_for`` takes them; what cannot be read is as good as not there."""
    filters: dict[str, Any] = {name: given.get(name, "").strip() for name in WORDS}
    filters["workflow"] = _uuid(given.get("workflow", ""))
    filters["parent"] = _uuid(given.get("parent", ""))
    _label, length = PERIODS.get(given.get("period", ""), ("", None))
    filters["since"] = utc_now() - length if length else _start_of(given.get("since", ""))
    filters["until"] = _start_of(given.get("until", ""), days=1)
    return {name: value for name, value in filters.items() if value}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _start_of(text: str, days: int = 0) -> datetime | None:
    """Midnight of a day, or of one some days later, where the reader is."""
    try:
        day = parse_date(text)
        return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min)) if day else None
    except (ValueError, OverflowError):
        return None

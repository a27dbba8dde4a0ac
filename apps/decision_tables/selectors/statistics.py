"""Reading statistics of a table, by the hour or by the day, without holes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Max, Sum
from django.db.models.functions import TruncDay, TruncHour

from apps.decision_tables.models import DecisionTable, RuleHit, TableUse
from exprsn.kernel.clock import utc_now

MAX_DAYS = 366
# So few days are told by the hour.
BY_HOUR = 2
# Rules whose hits over time are told; all others have their sum alone.
MAX_SERIES = 500
Figures = Mapping[str, Any]
_NOTHING: Figures = {"evaluations": 0, "unmatched": 0, "errors": 0, "duration_us": 0, "slowest_us": None}


def statistics_of(table: DecisionTable, rules: Sequence[str], days: int, version: int | None = None) -> dict[str, Any]:
    """``{days, evaluations, no_match, errors, latency_ms: {mean, max}, series, rules}`` of the last days.

    ``rules`` are those of which hits are told, the never hit ones too; others that were hit follow. ``version`` 0 is
    the draft; without it all that was published counts.
    """
    by_hour = days <= BY_HOUR
    starts = _starts(days, by_hour)
    uses = {found["start"]: found for found in _uses(table, version, starts[0], by_hour)}
    hits = _hits(table, version, starts, by_hour)
    told = list(dict.fromkeys([*rules, *sorted(hits)]))
    return {
        "days": days,
        **_summary(list(uses.values())),
        "series": [_bucket(start, uses.get(start, _NOTHING)) for start in starts],
        "rules": [_rule(rule_id, hits, len(starts)) for rule_id in told],
    }


def _starts(days: int, by_hour: bool) -> list[datetime]:
    """The beginning of each hour or day, the present one last."""
    step = timedelta(hours=1) if by_hour else timedelta(days=1)
    last = utc_now().replace(minute=0, second=0, microsecond=0)
    last = last if by_hour else last.replace(hour=0)
    count = days * 24 if by_hour else days
    return [last - step * back for back in range(count - 1, -1, -1)]


def _uses(table: DecisionTable, version: int | None, since: datetime, by_hour: bool) -> Sequence[Figures]:
    rows = TableUse.objects.for_organization(table.organization_id).filter(table=table, hour__gte=since)
    rows = rows.filter(version__gt=0) if version is None else rows.filter(version=version)
    sums = {name: Sum(name) for name in ("evaluations", "unmatched", "errors", "duration_us")}
    return list(rows.values(start=_truncated(by_hour)).annotate(**sums, slowest_us=Max("slowest_us")).order_by())


def _hits(
    table: DecisionTable, version: int | None, starts: Sequence[datetime], by_hour: bool
) -> Mapping[str, Counter[int]]:
    """Rule → position in ``starts`` → hits."""
    rows = RuleHit.objects.for_organization(table.organization_id).filter(table=table, hour__gte=starts[0])
    rows = rows.filter(version__gt=0) if version is None else rows.filter(version=version)
    found = rows.values("rule_id", start=_truncated(by_hour)).annotate(sum=Sum("hits")).order_by()
    position = {start: at for at, start in enumerate(starts)}
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for row in found:
        counted[row["rule_id"]][position[row["start"]]] += row["sum"]
    most = Counter({rule: each.total() for rule, each in counted.items()}).most_common(MAX_SERIES)
    kept = {rule for rule, _ in most}
    return {rule: each if rule in kept else Counter({-1: each.total()}) for rule, each in counted.items()}


def _truncated(by_hour: bool) -> TruncHour | TruncDay:
    return TruncHour("hour", tzinfo=UTC) if by_hour else TruncDay("hour", tzinfo=UTC)


def _summary(uses: Sequence[Figures]) -> dict[str, Any]:
    count = sum(use["evaluations"] for use in uses)
    slowest = max((use["slowest_us"] for use in uses), default=None)
    taken = sum(use["duration_us"] for use in uses)
    return {
        "evaluations": count,
        "no_match": sum(use["unmatched"] for use in uses),
        "errors": sum(use["errors"] for use in uses),
        "latency_ms": {"mean": _milliseconds(taken / count if count else None), "max": _milliseconds(slowest)},
    }


def _bucket(start: datetime, use: Figures) -> dict[str, Any]:
    count = use["evaluations"]
    return {
        "start": start,
        "evaluations": count,
        "no_match": use["unmatched"],
        "errors": use["errors"],
        "latency_ms": _milliseconds(use["duration_us"] / count) if count else 0.0,
    }


def _rule(rule_id: str, hits: Mapping[str, Counter[int]], length: int) -> dict[str, Any]:
    counted = hits.get(rule_id, Counter())
    series = [] if -1 in counted else [counted[at] for at in range(length)]
    return {"rule_id": rule_id, "hits": counted.total(), "series": series}


def _milliseconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else round(microseconds / 1000, 3)

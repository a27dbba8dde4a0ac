"""Circuit breakers of the hosts that are called, and the pauses that hosts ask for, shared by all processes.

The rows are the truth. They are written when a call fails, and asked about hosts of which this process knows some
trouble; calls of hosts in good health cost no statement. A process hears of trouble by its own failing call, and of
that of others by ``refresh``, which every process calls every few seconds while it makes calls.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Count, Q
from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily

from apps.core.models import HostBreaker
from apps.core.registry import metric_sources
from apps.core.services.metrics import METRICS
from exprsn.kernel.breaker import Breaker, BreakerRecord, BreakerState
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Unavailable

logger = structlog.get_logger(__name__)
MAX_KNOWN = 5_000
MAX_PAUSE_SECONDS = 3_600.0
# Failures that are further apart are not failures in a row, whatever other processes saw in between.
ROW_SECONDS = 60.0
KEPT = timedelta(days=1)
FORGET_BATCH = 1_000
_MAX_ERROR = 200
T = TypeVar("T")

calls_refused = Counter(
    "outgoing_calls_refused_total",
    "Calls that were not made: circuit open, or over a rate.",
    ("reason",),
    registry=METRICS,
)


class CircuitOpen(Unavailable):
    """The host kept failing and is left alone for a while; ``params["retry_after"]`` says how long."""

    default_code = "circuit_open"


@dataclass(frozen=True, slots=True)
class Callee:
    """Whom an organization calls: ``host`` with its port where that is unusual, and with which credential."""

    organization_id: UUID
    host: str
    credential: str = ""


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What was last seen of a callee; times in seconds of the epoch."""

    state: BreakerState
    count: int
    since: float
    paused_until: float


class Breakers:
    """See the module. One instance, ``breakers``, for each process."""

    def __init__(self) -> None:
        self._known: dict[Callee, _Trouble] = {}
        self._asked = False

    def require(self, callee: Callee) -> None:
        """Raise ``CircuitOpen`` for a host that is to be left alone; half open lets one call through at a time."""
        self._asked = True
        known = self._known.get(callee)
        if known is None or known.state is BreakerState.CLOSED:
            return
        left = known.since + settings.EXPRSN_BREAKER_RESET_SECONDS - time.time()
        if known.state is BreakerState.OPEN and left > 0:
            raise _open(callee, left)
        with _without_database(callee):
            if self._change(callee, Breaker.allows):
                return
            known = self._known.get(callee)
            left = known.since + settings.EXPRSN_BREAKER_RESET_SECONDS - time.time() if known is not None else 0
            raise _open(callee, max(1.0, left))

    def pause_of(self, callee: Callee) -> float:
        """Seconds for which the host wants to be left in peace; 0 mostly."""
        known = self._known.get(callee)
        return 0.0 if known is None else max(0.0, known.paused_until - time.time())

    def answered(self, callee: Callee, status: int, pause: float = 0.0) -> None:
        """The host answered. ``pause``: the seconds after which it wants to be asked again."""
        if status >= 500:
            self.failed(callee, f"HTTP {status}")
        elif callee in self._known:
            with _without_database(callee):
                self._change(callee, Breaker.succeeded)
        if pause > 0:
            until = utc_now() + timedelta(seconds=min(pause, MAX_PAUSE_SECONDS))
            with _without_database(callee):
                self._change(callee, lambda breaker: None, paused_until=until)

    def failed(self, callee: Callee, error: str) -> None:
        """The host could not be reached, did not answer in time, or answered that it is broken."""
        self._asked = True
        with _without_database(callee):
            self._change(callee, Breaker.failed, failed_at=utc_now(), error=error[:_MAX_ERROR])

    def refresh(self) -> None:
        """Hear of the trouble that other processes had; no statement when this one made no call since the last time."""
        if not self._asked:
            return
        self._asked = False
        now = utc_now()
        recent = Q(count__gt=0, failed_at__gt=now - timedelta(seconds=ROW_SECONDS))
        rows = HostBreaker.objects.for_system(reason="hosts with trouble")
        found = rows.filter(~Q(state=BreakerState.CLOSED) | recent | Q(paused_until__gt=now)).order_by("-updated_at")
        self._known = {_callee(row): _trouble(row) for row in found[:MAX_KNOWN]}

    def forget(self, row: HostBreaker) -> None:
        """The breaker was reset: this process lets calls through at once, the others when they hear of it."""
        self._known.pop(_callee(row), None)

    def _change(self, callee: Callee, act: Callable[[Breaker], T], **changes: object) -> T:
        """Let the shared breaker be told something, under the lock of its row."""
        rows = HostBreaker.objects.for_organization(callee.organization_id)
        mine = rows.filter(host=callee.host, credential=callee.credential)
        with transaction.atomic():
            row = mine.select_for_update().first()
            if row is None:
                made = HostBreaker(
                    organization_id=callee.organization_id, host=callee.host, credential=callee.credential
                )
                rows.bulk_create([made], ignore_conflicts=True)
                row = mine.select_for_update().get()
            breaker = _breaker(row)
            result = act(breaker)
            _store(row, breaker.record, changes)
        self._remember(callee, row)
        return result

    def _remember(self, callee: Callee, row: HostBreaker) -> None:
        trouble = _trouble(row)
        if trouble.state is BreakerState.CLOSED and not trouble.count and trouble.paused_until <= time.time():
            self._known.pop(callee, None)
            return
        if len(self._known) >= MAX_KNOWN:
            self._known.clear()
        self._known[callee] = trouble


@contextmanager
def _without_database(callee: Callee) -> Iterator[None]:
    """A breaker protects calls; that it cannot be kept is no reason to fail one."""
    try:
        yield
    except DatabaseError as error:
        logger.warning("breaker_not_kept", host=callee.host, error=str(error))


def present_state(row: HostBreaker) -> BreakerState:
    """The state of a row now: one that has been open long enough is half open."""
    return _breaker(row).state


def _open(callee: Callee, seconds: float) -> CircuitOpen:
    calls_refused.labels("circuit_open").inc()
    retry_after = max(1, round(seconds))
    return CircuitOpen(
        f"{callee.host} failed {settings.EXPRSN_BREAKER_FAILURES} times in a row and is left alone for now. "
        f"It is tried again in {retry_after} seconds.",
        params={"retry_after": retry_after, "host": callee.host},
    )


def _breaker(row: HostBreaker) -> Breaker:
    state, count = BreakerState(row.state), row.count
    last = row.failed_at
    if state is BreakerState.CLOSED and (last is None or (utc_now() - last).total_seconds() > ROW_SECONDS):
        count = 0
    trial = None if row.trial_since is None else row.trial_since.timestamp()
    return Breaker(
        failures_to_open=settings.EXPRSN_BREAKER_FAILURES,
        successes_to_close=settings.EXPRSN_BREAKER_SUCCESSES,
        reset_seconds=settings.EXPRSN_BREAKER_RESET_SECONDS,
        clock=time.time,
        record=BreakerRecord(state, count, _seconds(row.since), trial),
    )


def _store(row: HostBreaker, record: BreakerRecord, changes: dict[str, object]) -> None:
    if record.state != row.state:
        logger.warning("circuit_breaker_changed", host=row.host, state=str(record.state))
    row.state, row.count, row.since = str(record.state), record.count, _moment(record.since)
    row.trial_since = None if record.trial_since is None else _moment(record.trial_since)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


def _callee(row: HostBreaker) -> Callee:
    return Callee(row.organization_id, row.host, row.credential)


def _trouble(row: HostBreaker) -> _Trouble:
    return _Trouble(BreakerState(row.state), row.count, _seconds(row.since), _seconds(row.paused_until))


def _seconds(moment: datetime | None) -> float:
    return 0.0 if moment is None else moment.timestamp()


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def forget_old_breakers() -> int:
    """Delete the rows of hosts that have been in good health for a day."""
    rows = HostBreaker.objects.for_system(reason="breakers that are closed")
    old = rows.filter(state=BreakerState.CLOSED, updated_at__lt=utc_now() - KEPT)
    return rows.filter(id__in=list(old.values_list("id", flat=True)[:FORGET_BATCH])).delete()[0]


def _figures() -> list[GaugeMetricFamily]:
    rows = HostBreaker.objects.for_system(reason="metrics").exclude(state=BreakerState.CLOSED)
    counted = {row["state"]: row["n"] for row in rows.values("state").annotate(n=Count("id"))}
    family = GaugeMetricFamily("circuit_breakers", "Hosts that are left alone or tried carefully.", labels=["state"])
    for state in (BreakerState.OPEN, BreakerState.HALF_OPEN):
        family.add_metric([str(state)], counted.get(str(state), 0))
    return [family]


breakers = Breakers()
metric_sources.register("circuit_breakers", _figures)

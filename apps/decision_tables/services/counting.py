"""Counting answers in this process, to be written many at a time."""

from __future__ import annotations

import atexit
import os
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection

from apps.core.public import fresh_connections
from apps.decision_tables.models import RuleHit, TableUse
from apps.decision_tables.services.adding_up import add_up
from apps.decision_tables.services.compiled import Ready
from exprsn.kernel.clock import utc_now

logger = structlog.get_logger(__name__)
FLUSH_OVER = 500
# What could not be written waits for the next round; beyond this many hours of tables it is dropped.
MAX_WAITING = 10_000
IDLE_ROUNDS = 20
Key = tuple[UUID, UUID, int, datetime]


@dataclass(slots=True)
class Use:
    """What was counted for one version of a table within one hour."""

    evaluations: int = 0
    unmatched: int = 0
    errors: int = 0
    duration_us: int = 0
    slowest_us: int = 0
    hits: Counter[str] = field(default_factory=Counter)

    def add(self, other: Use) -> None:
        """Both together."""
        self.evaluations += other.evaluations
        self.unmatched += other.unmatched
        self.errors += other.errors
        self.duration_us += other.duration_us
        self.slowest_us = max(self.slowest_us, other.slowest_us)
        self.hits.update(other.hits)


class Statistics:
    """Counts from any thread. Its own thread writes, every ``EXPRSN_DECISION_STATISTICS_SECONDS`` and sooner when
    many have gathered; with 0 seconds whoever counts writes at once."""

    def __init__(self) -> None:
        self._uses: dict[Key, Use] = {}
        self._waiting = 0
        self._lock = threading.Lock()
        self._full = threading.Event()
        self._thread: threading.Thread | None = None
        self._pid = os.getpid()

    def count(self, ready: Ready, rule_ids: Sequence[str], matched: bool, seconds: float) -> None:
        """An answer."""
        taken = round(seconds * 1_000_000)
        self._add(ready, Use(1, int(not matched), 0, taken, taken, Counter(rule_ids)))

    def count_error(self, ready: Ready, seconds: float) -> None:
        """A refusal."""
        taken = round(seconds * 1_000_000)
        self._add(ready, Use(1, 0, 1, taken, taken))

    def count_rows(self, ready: Ready, use: Use) -> None:
        """The answers of a batch."""
        self._add(ready, use)

    def flush(self) -> None:
        """Write what was counted; what the database refuses to take now waits for the next time."""
        with self._lock:
            uses, self._uses = self._uses, {}
            self._waiting = 0
            self._full.clear()
        if not uses:
            return
        try:
            _write(uses)
        except IntegrityError:
            # A table, or its whole organization, is gone for good.
            logger.info("decision_statistics_dropped", hours=len(uses))
        except DatabaseError as error:
            logger.warning("decision_statistics_wait", error=str(error))
            self._take_back(uses)

    def _add(self, ready: Ready, use: Use) -> None:
        hour = utc_now().replace(minute=0, second=0, microsecond=0)
        key = (ready.organization_id, ready.table_id, ready.version or 0, hour)
        with self._lock:
            self._uses.setdefault(key, Use()).add(use)
            self._waiting += use.evaluations
            if self._waiting >= FLUSH_OVER:
                self._full.set()
        if settings.EXPRSN_DECISION_STATISTICS_SECONDS:
            self._ensure_thread()
        else:
            self.flush()

    def _take_back(self, uses: dict[Key, Use]) -> None:
        with self._lock:
            for key, use in uses.items():
                if key in self._uses or len(self._uses) < MAX_WAITING:
                    self._uses.setdefault(key, Use()).add(use)

    def _ensure_thread(self) -> None:
        # Threads do not survive a fork.
        if self._thread is not None and self._thread.is_alive() and self._pid == os.getpid():
            return
        with self._lock:
            if self._thread is not None and self._thread.is_alive() and self._pid == os.getpid():
                return
            self._pid = os.getpid()
            self._thread = threading.Thread(target=self._run, name="decision-statistics", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        idle = 0
        while idle < IDLE_ROUNDS:
            self._full.wait(settings.EXPRSN_DECISION_STATISTICS_SECONDS)
            idle = 0 if self._uses else idle + 1
            fresh_connections()
            self.flush()
        connection.close()


def _write(uses: dict[Key, Use]) -> None:
    add_up(
        TableUse,
        (
            TableUse(
                organization_id=organization_id, table_id=table_id, version=version, hour=hour,
                evaluations=use.evaluations, unmatched=use.unmatched, errors=use.errors,
                duration_us=use.duration_us, slowest_us=use.slowest_us,
            )
            for (organization_id, table_id, version, hour), use in sorted(uses.items())
        ),
        key=("table", "hour", "version"),
        sums=("evaluations", "unmatched", "errors", "duration_us"),
        most=("slowest_us",),
    )  # fmt: skip
    add_up(RuleHit, _hits(uses), key=("table", "hour", "version", "rule_id"), sums=("hits",))


def _hits(uses: dict[Key, Use]) -> Iterable[RuleHit]:
    for (organization_id, table_id, version, hour), use in sorted(uses.items()):
        for rule_id, hits in sorted(use.hits.items()):
            yield RuleHit(
                organization_id=organization_id,
                table_id=table_id,
                version=version,
                hour=hour,
                rule_id=rule_id,
                hits=hits,
            )


statistics = Statistics()
atexit.register(statistics.flush)

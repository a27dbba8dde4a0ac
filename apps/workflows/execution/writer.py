"""The history writer: one thread per process that commits the writes of many runs together.

A commit costs far more than a row, and SQLite admits one writer at a time with an unfair back-off.
So run threads hand their writes to one thread, which takes whatever has gathered, writes it in one
transaction and then tells each caller. Nothing waits on purpose: a lone run commits at once.
"""

from __future__ import annotations

import atexit
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, models, transaction

from apps.core.public import fresh_connections, insert_rows
from apps.workflows.execution.file_uses import uses_of_payloads
from apps.workflows.execution.gatherer import Gatherer

MAX_BATCH = 64


@dataclass(slots=True)
class Write:
    """Rows to insert, if ``guard`` (run first, in the same transaction) answers true.

    ``alone``: in a transaction of its own, because its guard takes a lock that others wait for. ``future`` ends with
    whether the guard let the write through, or with the database's error.
    """

    rows: Sequence[models.Model]
    guard: Callable[[], bool] | None = None
    alone: bool = False
    future: Future[bool] = field(default_factory=Future)


def perform(writes: Sequence[Write]) -> list[bool]:
    """Carry out the writes in one transaction; answers which guards let theirs through."""
    with transaction.atomic():
        passed = [write.guard is None or write.guard() for write in writes]
        by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for write, ok in zip(writes, passed, strict=True):
            if ok:
                for row in [*write.rows, *uses_of_payloads(write.rows)]:
                    by_model[type(row)].append(row)
        for rows in by_model.values():
            insert_rows(rows)
    return passed


class HistoryWriter(Gatherer[Write]):
    """Takes writes from any thread."""

    thread_name = "history-writer"
    stop_seconds = 10.0

    def write(
        self, rows: Sequence[models.Model], guard: Callable[[], bool] | None = None, *, alone: bool = False
    ) -> bool:
        """Write and wait for the commit. False: the guard refused (the lease was lost)."""
        if connection.in_atomic_block:
            # The caller's transaction must see these rows, and would block the writer's.
            return perform([Write(rows, guard)])[0]
        return self.submit(rows, guard, alone=alone).result()

    def submit(
        self, rows: Sequence[models.Model], guard: Callable[[], bool] | None = None, *, alone: bool = False
    ) -> Future[bool]:
        """Write without waiting."""
        write = Write(rows, guard, alone)
        self._hand_over(write)
        return write.future

    def _run(self) -> None:
        while True:
            batch, stopping = self._gather(MAX_BATCH)
            if batch:
                fresh_connections()
                for together in _apart(batch):
                    _commit(together)
            if stopping:
                connection.close()
                return


def _apart(batch: Sequence[Write]) -> list[Sequence[Write]]:
    shared = [write for write in batch if not write.alone]
    if len(shared) == len(batch):
        return [batch]
    return [*([shared] if shared else []), *([write] for write in batch if write.alone)]


def _commit(batch: Sequence[Write]) -> None:
    try:
        passed = perform(batch)
    except DatabaseError as error:
        if len(batch) == 1:
            batch[0].future.set_exception(error)
            return
        # One bad row must not fail its neighbours: each alone now.
        for write in batch:
            _commit([write])
        return
    except BaseException as error:  # noqa: BLE001 - every caller must be told, whatever happened
        for write in batch:
            write.future.set_exception(error)
        return
    for write, ok in zip(batch, passed, strict=True):
        write.future.set_result(ok)


history = HistoryWriter()
atexit.register(history.stop)

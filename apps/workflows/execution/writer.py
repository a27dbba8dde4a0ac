"""The history writer: commits the writes of many runs together.

A commit costs far more than a row, and SQLite admits one writer at a time with an unfair back-off. So one thread at a
time commits for all: whoever comes while nobody does, does it at once and by itself; whoever comes meanwhile queues,
and the first of the queue commits everything that has gathered. No thread of its own stands between: waking one and
being woken by it costs more than a lone run's commit. They all use one connection, so that most threads need none.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

from apps.core.public import SharedConnection, commit_along, insert_rows, sent_together
from apps.workflows.execution.file_uses import uses_of_payloads

MAX_BATCH = 64


def _held() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(slots=True)
class Write:
    """Rows to insert, if ``guard`` (run first, in the same transaction) answers true.

    ``alone``: in a transaction of its own, because its guard takes a lock that others wait for. ``passed`` says
    whether the guard let the write through, once that is known; ``error`` is the database's.
    """

    rows: Sequence[models.Model]
    guard: Callable[[], bool] | None = None
    alone: bool = False
    passed: bool | None = None
    error: BaseException | None = None
    # Released once: when the write is settled, or when its thread is to commit what has gathered.
    turn: threading.Lock = field(default_factory=_held)

    @property
    def settled(self) -> bool:
        """Whether it was carried out, or failed."""
        return self.passed is not None or self.error is not None

    def result(self) -> bool:
        """Whether the guard let it through; raises what the database did."""
        if self.error is not None:
            raise self.error
        return bool(self.passed)


def perform(writes: Sequence[Write]) -> list[bool]:
    """Carry out the writes in one transaction; answers which guards let theirs through."""
    own = connections[DEFAULT_DB_ALIAS]
    is_whole = not own.in_atomic_block
    with transaction.atomic():
        passed = [write.guard is None or write.guard() for write in writes]
        by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for write, ok in zip(writes, passed, strict=True):
            if ok:
                for row in [*write.rows, *uses_of_payloads(write.rows)]:
                    by_model[type(row)].append(row)
        with sent_together(own):
            for rows in by_model.values():
                insert_rows(rows)
            if by_model and is_whole:
                commit_along(own)
    return passed


class HistoryWriter:
    """Takes writes from any thread."""

    def __init__(self) -> None:
        self._reset()
        # A child begins with nothing under way, whatever its parent's threads did at that moment.
        os.register_at_fork(after_in_child=self._reset)

    def write(
        self, rows: Sequence[models.Model], guard: Callable[[], bool] | None = None, *, alone: bool = False
    ) -> bool:
        """Write and wait for the commit. False: the guard refused (the lease was lost)."""
        write = Write(rows, guard, alone)
        if connection.in_atomic_block:
            # The caller's transaction must see these rows, and would block the others'.
            return perform([write])[0]
        if not self._is_ours_to_commit(write):
            write.turn.acquire()
            if write.settled:
                return write.result()
        self._commit_what_gathered(write)
        return write.result()

    def stop(self) -> None:
        """Close the connection; the next write opens it again."""
        self._connection.close()

    def _reset(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[Write] = deque()
        self._committing = False
        self._connection = SharedConnection()

    def _is_ours_to_commit(self, write: Write) -> bool:
        with self._mutex:
            self._waiting.append(write)
            if self._committing:
                return False
            self._committing = True
            return True

    def _commit_what_gathered(self, own: Write) -> None:
        """The own write is the first of those that wait; somebody else's turn comes when this batch is settled."""
        with self._mutex:
            batch = [self._waiting.popleft() for _ in range(min(MAX_BATCH, len(self._waiting)))]
        try:
            with self._connection.in_use():
                for together in _apart(batch):
                    _commit(together)
        finally:
            for write in batch:
                if not write.settled:
                    write.error = RuntimeError("The write was broken off.")
                if write is not own:
                    write.turn.release()
            self._pass_on()

    def _pass_on(self) -> None:
        with self._mutex:
            following = self._waiting[0] if self._waiting else None
            self._committing = following is not None
        if following is not None:
            following.turn.release()


def _apart(batch: Sequence[Write]) -> list[Sequence[Write]]:
    shared = [write for write in batch if not write.alone]
    if len(shared) == len(batch):
        return [batch]
    return [*([shared] if shared else []), *([write] for write in batch if write.alone)]


def _commit(batch: Sequence[Write]) -> None:
    try:
        passed = perform(batch)
    except Exception as error:  # noqa: BLE001 - each caller is told what became of its write
        if len(batch) == 1:
            batch[0].error = error
            return
        # What is wrong with one must not fail its neighbours: each alone now.
        for write in batch:
            _commit([write])
        return
    for write, ok in zip(batch, passed, strict=True):
        write.passed = ok


history = HistoryWriter()
atexit.register(history.stop)

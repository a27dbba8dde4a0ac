"""Several queued runs at once: claimed by one statement, read by one, carried out side by side."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection

from apps.workflows.execution.claims import Claimed, claim_runs
from apps.workflows.execution.journal_rows import TriggerItems, trigger_batch
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.execution.stale import take_stale
from apps.workflows.models import Execution, ExecutionPayload
from exprsn.kernel.clock import monotonic

logger = structlog.get_logger(__name__)
# A worker that is awake looks this often whether hints were lost, and takes at most so many batches before it looks
# at its queue again.
PULL_EVERY = 1.0
MOST_PULLS = 25


class _Pulls:
    """When this process last looked for runs whose hint was lost."""

    def __init__(self) -> None:
        self._next = 0.0

    def are_due(self) -> bool:
        """Whether it is time to look; then others of this process need not."""
        now = monotonic()
        if now < self._next:
            return False
        self._next = now + PULL_EVERY
        return True

    def found_some(self) -> None:
        """There are more where these came from: the next message looks at once."""
        self._next = 0.0


_pulls = _Pulls()


def run_batch(execution_ids: Sequence[UUID]) -> None:
    """Claim the runs that are queued and carry them out; returns when each has ended, waits or was handed over.

    A run that ends by a fault of ours is logged and does not touch its neighbours: its lease runs out and the
    sweep queues it again.
    """
    _run_claimed(claim_runs(execution_ids))
    for _ in range(MOST_PULLS if _pulls.are_due() else 0):
        stale = take_stale(settings.EXPRSN_RUN_BATCH)
        if not stale:
            break
        _pulls.found_some()
        _run_claimed(claim_runs([execution_id for execution_id, _ in stale]))


def _run_claimed(claimed: Sequence[Claimed]) -> None:
    triggers = _triggers([execution for execution, _ in claimed])
    if len(claimed) == 1:
        _run(claimed[0], triggers)
    elif claimed:
        # Each thread goes on in a context of its own that begins as this one is: correlation id, trace.
        contexts = [copy_context() for _ in claimed]
        run = partial(_run_in_thread, triggers=triggers)
        list(_threads.get().map(lambda context, each: context.run(run, each), contexts, claimed))


def _triggers(executions: Sequence[Execution]) -> dict[UUID, TriggerItems]:
    """What started each of the runs."""
    rows = ExecutionPayload.objects.for_system(reason="triggers of claimed runs")
    found = rows.filter(execution_id__in=[execution.id for execution in executions], kind="trigger")
    return {payload.execution_id: trigger_batch(payload) for payload in found} if executions else {}


def _run(claimed: Claimed, triggers: dict[UUID, TriggerItems]) -> None:
    execution, lease = claimed
    execute_held_run(execution, lease, items=triggers.get(execution.id))


def _run_in_thread(claimed: Claimed, triggers: dict[UUID, TriggerItems]) -> None:
    try:
        _run(claimed, triggers)
    except Exception:
        logger.exception("run_broke_off", execution_id=str(claimed[0].id))
    finally:
        # Most runs read nothing by themselves; a connection for each thread would soon be too many.
        connection.close()


class _Threads:
    """The threads of this process; made anew after a fork, because threads do not survive one."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._pid = 0

    def get(self) -> ThreadPoolExecutor:
        if self._pool is None or self._pid != os.getpid():
            # As many batches side by side as an embedded worker has threads.
            most = settings.EXPRSN_RUN_BATCH * settings.EXPRSN_EMBEDDED_WORKER_THREADS
            self._pool, self._pid = ThreadPoolExecutor(most, thread_name_prefix="run"), os.getpid()
        return self._pool


_threads = _Threads()

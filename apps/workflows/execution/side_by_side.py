"""Threads for the nodes of one run that run beside each other."""

from __future__ import annotations

import os
import queue
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from django.conf import settings
from django.db import connection

from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.side_by_side import Ended, Work
from apps.workflows.engine.slots import NodeCall
from apps.workflows.execution.traces import node_begins, node_ended

# Runs of one process that can have all of their nodes under way at the same time; others wait for a thread.
RUNS_AT_FULL_WIDTH = 4


class SideBySide:
    """Carries out calls of one run in the threads of this process, ``EXPRSN_PARALLEL_NODES`` at the same time."""

    def __init__(self) -> None:
        self.most: int = settings.EXPRSN_PARALLEL_NODES
        self._ended: queue.SimpleQueue[Ended] = queue.SimpleQueue()

    def start(self, call: NodeCall, work: Work) -> None:
        # A context of its own that begins as this one is: correlation id, trace, what is checked before an effect.
        _threads.get().submit(copy_context().run, self._carry_out, call, work)

    def here(self, call: NodeCall, work: Work) -> JournalEntry:
        node_begins(call)
        return work()

    def ended(self, *, wait: bool) -> Ended | None:
        try:
            return self._ended.get(block=wait)
        except queue.Empty:
            return None

    def _carry_out(self, call: NodeCall, work: Work) -> None:
        ended = Ended(call)
        try:
            node_begins(call)
            entry = work()
            node_ended(entry)
            ended = Ended(call, entry)
        except BaseException as error:  # noqa: BLE001 - raised in the thread that coordinates
            ended = Ended(call, error=error)
        finally:
            # Most nodes read nothing by themselves; a connection for each thread would soon be too many.
            connection.close()
            self._ended.put(ended)


class _Threads:
    """The threads of this process; made anew after a fork, because threads do not survive one."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._pid = 0

    def get(self) -> ThreadPoolExecutor:
        if self._pool is None or self._pid != os.getpid():
            most = settings.EXPRSN_PARALLEL_NODES * RUNS_AT_FULL_WIDTH
            self._pool, self._pid = ThreadPoolExecutor(most, thread_name_prefix="node"), os.getpid()
        return self._pool


_threads = _Threads()

"""Leases: which runs this process owns, until when, and what it was told about them.

A fence stops the *write* of a run that was taken over, not its *effect*. So before each side effect the
runner compares the local deadline with now. The deadline counts from before the renewing statement was
sent: counted from after its answer, a slow database would stretch the lease beyond what others see.
"""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from apps.core.public import breakers
from apps.workflows.constants import ExecutionStatus
from apps.workflows.models import Execution
from exprsn.kernel.clock import monotonic, utc_now
from exprsn.kernel.effects import EffectRefused
from exprsn.kernel.ids import new_id

logger = structlog.get_logger(__name__)
STOP_SECONDS = 5.0


class LeaseLost(EffectRefused):
    """Somebody else owns this run now: stop at once and write nothing."""


@dataclass(slots=True)
class Lease:
    """A run that this process owns."""

    execution_id: UUID
    fence: int
    deadline: float
    canceled: threading.Event = field(default_factory=threading.Event)
    pausing: threading.Event = field(default_factory=threading.Event)
    lost: bool = False

    def is_safe(self) -> bool:
        """Whether an effect may start now."""
        return not self.lost and monotonic() < self.deadline


class LeaseKeeper:
    """Renews the leases of all runs of this process with one statement every few seconds."""

    def __init__(self) -> None:
        self._leases: dict[UUID, Lease] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._pid = 0
        self._owner = ""

    @property
    def owner(self) -> str:
        """The name under which this process owns runs; new after a fork."""
        self._check_fork()
        return self._owner

    def hold(self, execution_id: UUID, fence: int, started: float) -> Lease:
        """Keep a lease that was won by a statement sent at monotonic time ``started``."""
        self._check_fork()
        lease = Lease(execution_id, fence, started + settings.EXPRSN_LEASE_SECONDS)
        with self._lock:
            self._leases[execution_id] = lease
            if self._thread is None or not self._thread.is_alive():
                self._wake = threading.Event()
                self._thread = threading.Thread(target=self._run, args=[self._wake], name="lease-keeper", daemon=True)
                self._thread.start()
        return lease

    def release(self, lease: Lease) -> None:
        """Stop renewing; the row has been finished or handed over."""
        with self._lock:
            if self._leases.get(lease.execution_id) is lease:
                del self._leases[lease.execution_id]

    def renew(self) -> None:
        """Renew every lease held; those that are no longer ours are marked lost."""
        with self._lock:
            held = list(self._leases.values())
        if not held:
            return
        started = monotonic()
        lease_until = utc_now() + timedelta(seconds=settings.EXPRSN_LEASE_SECONDS)
        rows = Execution.objects.for_system(reason="renew leases").filter(
            owner=self.owner, status=ExecutionStatus.RUNNING, id__in=[lease.execution_id for lease in held]
        )
        rows.update(lease_until=lease_until)
        known = {row[0]: row[1:] for row in rows.values_list("id", "fence", "cancel_requested", "pause_requested")}
        for lease in held:
            fence, cancel, pause = known.get(lease.execution_id, (-1, False, False))
            if fence != lease.fence:
                lease.lost = True
                continue
            lease.deadline = started + settings.EXPRSN_LEASE_SECONDS
            if cancel:
                lease.canceled.set()
            if pause:
                lease.pausing.set()
            else:
                lease.pausing.clear()

    def find(self, execution_id: UUID) -> Lease | None:
        """The lease of a run of this very process, if it has one."""
        with self._lock:
            return self._leases.get(execution_id)

    def cancel_locally(self, execution_id: UUID) -> None:
        """Tell a run of this very process at once that it is to stop."""
        with self._lock:
            lease = self._leases.get(execution_id)
        if lease is not None:
            lease.canceled.set()

    def pause_locally(self, execution_id: UUID, *, pausing: bool) -> None:
        """Tell a run of this very process at once that it is to pause after its step, or that it need not."""
        with self._lock:
            lease = self._leases.get(execution_id)
        if lease is None:
            return
        if pausing:
            lease.pausing.set()
        else:
            lease.pausing.clear()

    def stop(self) -> None:
        """End the thread and its connection; a new lease starts another."""
        thread = self._thread
        if thread is not None and thread.is_alive() and self._pid == os.getpid():
            self._wake.set()
            thread.join(STOP_SECONDS)
        self._thread = None

    def _run(self, stopping: threading.Event) -> None:
        # An event of its own: a thread that the database keeps for longer than stopping waits still ends.
        while not stopping.wait(settings.EXPRSN_HEARTBEAT_SECONDS):
            try:
                close_old_connections()
                self.renew()
                breakers.refresh()
            except DatabaseError as error:
                # The deadline runs out by itself if the database stays away.
                logger.warning("lease_renewal_failed", error=str(error))
        connection.close()

    def _check_fork(self) -> None:
        if self._pid != os.getpid():
            self._pid = os.getpid()
            self._owner = f"{socket.gethostname()[:20]}:{self._pid}:{new_id().hex[-8:]}"
            self._leases = {}
            self._lock = threading.Lock()
            self._thread = None


leases = LeaseKeeper()

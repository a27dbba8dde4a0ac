"""Whether this installation can do its work."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import structlog
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.core.registry import HealthCheck, health_checks
from apps.core.services.cache_store import ALIAS
from exprsn.kernel.clock import monotonic
from exprsn.kernel.ids import new_id

logger = structlog.get_logger(__name__)
LIMIT_SECONDS = 3.0


class Unhealthy(RuntimeError):
    """A check's own words about what is wrong; shown as they are, so they hold no secrets."""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


class _Migrations:
    """Once all are applied they stay applied as long as this process runs this version."""

    def __init__(self) -> None:
        self._applied = False

    def __call__(self) -> None:
        if self._applied:
            return
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise Unhealthy("Migrations are missing: run manage.py migrate.")
        self._applied = True


def _cache() -> None:
    mark = str(new_id())
    caches[ALIAS].set("health", mark, 10)
    if caches[ALIAS].get("health") is None:
        raise Unhealthy("The cache does not keep what it is given.")


BUILT_IN: dict[str, HealthCheck] = {
    "database": _database,
    "migrations": _Migrations(),
    "cache": _cache,
}


class _Probe(threading.Thread):
    """One check in a thread of its own: a part that never answers must not keep the others waiting."""

    def __init__(self, name: str, check: HealthCheck) -> None:
        super().__init__(name=f"health-{name}", daemon=True)
        self._check = check
        self._error: Exception | None = None
        self._details: Mapping[str, Any] = {}

    def run(self) -> None:
        try:
            self._details = self._check() or {}
        except Exception as error:  # noqa: BLE001 - whatever is wrong belongs in the answer
            self._error = error
        finally:
            connection.close()

    def verdict(self, deadline: float) -> dict[str, Any]:
        """What the check found, or that it did not answer in time."""
        self.join(max(0.0, deadline - monotonic()))
        error = Unhealthy(f"No answer in {LIMIT_SECONDS:g} seconds.") if self.is_alive() else self._error
        if error is None:
            return {"healthy": True, **self._details}
        logger.warning("health_check_failed", check=self.name, error=str(error))
        return {"healthy": False, "error": str(error) if isinstance(error, Unhealthy) else type(error).__name__}


_probes: dict[str, _Probe] = {}
_probes_lock = threading.Lock()


def _probe(name: str, check: HealthCheck) -> _Probe:
    """A check that still waits is asked again, not started again: dead parts would gather threads."""
    with _probes_lock:
        found = _probes.get(name)
        if found is None or not found.is_alive():
            found = _probes[name] = _Probe(name, check)
            found.start()
        return found


def readiness() -> dict[str, Any]:
    """``{status: ready | not_ready, checks: {name: {healthy, error?, …}}}``; no secrets in it, and soon."""
    deadline = monotonic() + LIMIT_SECONDS
    probes = {name: _probe(name, check) for name, check in {**BUILT_IN, **dict(health_checks.items())}.items()}
    checks = {name: probe.verdict(deadline) for name, probe in probes.items()}
    healthy = all(entry["healthy"] for entry in checks.values())
    return {"status": "ready" if healthy else "not_ready", "checks": checks}

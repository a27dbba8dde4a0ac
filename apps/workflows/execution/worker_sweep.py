"""Every worker sweeps: whoever is left finds the runs of those that died, whatever became of broker and beat."""

from __future__ import annotations

import random
from typing import Any

from django.conf import settings

from apps.core.public import WorkerRounds
from apps.workflows.execution.sweep import sweep, sweep_interval

# Workers that were started together do not stay in step.
SPREAD = (0.8, 1.0)


class WorkerSweep(WorkerRounds):
    """Part of every worker of its own process; the embedded one sweeps together with its other rounds."""

    requires = ("celery.worker.components:Pool",)
    thread_name = "worker-sweep"

    def include_if(self, parent: Any) -> bool:
        return not settings.EXPRSN_EMBEDDED_WORKER

    def rounds(self, parent: Any) -> None:
        """One row that cannot be dealt with must not end the rounds for all others."""
        while self.pause(sweep_interval().total_seconds() * random.uniform(*SPREAD)):  # noqa: S311 - no secret
            self.go_round(sweep)

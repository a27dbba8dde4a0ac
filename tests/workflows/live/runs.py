"""Executions that tests write row by row, as a worker would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from apps.workflows.constants import ExecutionStatus
from apps.workflows.execution.accept import begin_run
from apps.workflows.execution.leases import leases
from apps.workflows.live.topics import LiveRun
from apps.workflows.models import Execution, ExecutionLog, NodeExecution
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import new_id
from tests.people import Person
from tests.workflows.execution.starts import start_of
from tests.workflows.main_job.definitions import MANUAL, chain, create


class WrittenRun:
    """A run without an engine: each step is written and told of when the test says so."""

    def __init__(self, person: Person) -> None:
        self.made = create(person, chain(MANUAL))
        self.row, lease = begin_run(start_of(person, self.made))
        leases.release(lease)
        Execution.plain.filter(id=self.row.id).update(lease_until=utc_now() + timedelta(hours=1))
        self.live = LiveRun(self.row)
        self.steps = 0

    @property
    def id(self) -> str:
        return str(self.row.id)

    def step(self, status: str = "success", logs: int = 0, tell: bool = True, text: str = "said") -> None:
        """One more node run, with so many log lines."""
        common = {"organization_id": self.row.organization_id, "execution_id": self.row.id}
        for line in range(logs):
            ExecutionLog.plain.create(
                id=new_id(), timestamp=utc_now(), level="info", message=f"{text} {line}", execution_order=self.steps,
                line=line, **common,
            )  # fmt: skip
        NodeExecution.plain.create(
            id=new_id(), node_id=f"n{self.steps}", node_name=f"Step {self.steps}", node_type="no_op", status=status,
            execution_order=self.steps, started_at=utc_now(), finished_at=utc_now(), **common,
        )  # fmt: skip
        self.steps += 1
        self.change(journal_length=self.steps)
        if tell:
            self.live.flushed()

    def end(self, status: str = "success", tell: bool = True) -> None:
        """The run is over."""
        self.change(status=ExecutionStatus(status), finished_at=utc_now(), nodes_executed=self.steps)
        if tell:
            self.live.changed()

    def change(self, **values: Any) -> None:
        Execution.plain.filter(id=self.row.id).update(**values)

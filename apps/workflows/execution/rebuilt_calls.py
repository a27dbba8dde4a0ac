"""Calls rebuilt from stored executions, for looking at what expressions come to. Nothing is run or written."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from apps.workflows.engine.definition import Definition
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import EMPTY, ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.ports import Ports
from apps.workflows.engine.rebuilding import Rebuilt, rebuild_call, with_nodes_of
from apps.workflows.engine.run_context import RunContext
from apps.workflows.execution.environment import workflow_facts
from apps.workflows.execution.journal_rows import load_entries, trigger_source
from apps.workflows.execution.real_ports import (
    GuardedHttp,
    OrganizationCredentials,
    SandboxedCode,
    SandboxedExpressions,
    SystemClock,
)
from apps.workflows.execution.resume_links import example_addresses
from apps.workflows.models import Execution, Workflow
from apps.workflows.registry import find_node_type, get_node_type

KEPT = 16
KEPT_SECONDS = 60.0
# A run with more items than this is read anew each time rather than held in memory.
MOST_ITEMS = 20_000
STAND_IN = "placeholder"


class _Key(NamedTuple):
    execution: UUID
    length: int
    status: str


@dataclass(frozen=True, slots=True)
class _Journal:
    entries: list[JournalEntry]
    trigger: ItemBatch
    read_at: float


class StoredJournals:
    """The journals that were read last, for the next letter that is typed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, _Journal] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, execution: Execution) -> _Journal:
        """The journal of an execution and the items that started it."""
        key = _Key(execution.id, execution.journal_length, execution.status)
        with self._lock:
            found = self._kept.get(key)
        if found is not None and time.monotonic() - found.read_at < KEPT_SECONDS:
            return found
        made = _Journal(
            load_entries(execution), ItemBatch.from_data(trigger_source(execution)), read_at=time.monotonic()
        )
        if sum(entry.items_out for entry in made.entries) <= MOST_ITEMS:
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return made


journals = StoredJournals()


def rebuilt_call(
    workflow: Workflow,
    definition: Definition,
    node_id: str,
    execution: Execution | None,
    environment: Mapping[str, str],
) -> tuple[RunContext, Rebuilt]:
    """The run and the call of a node of ``definition``, with the data of an execution or with pinned data alone."""
    entries, trigger = [], EMPTY
    if execution is not None:
        kept = journals.get(execution)
        entries, trigger = kept.entries, kept.trigger
    graph = Graph(with_nodes_of(definition, entries, STAND_IN), _type_or_stand_in)
    rebuilt = rebuild_call(graph, node_id, entries, trigger)
    return _run(workflow, definition, rebuilt, execution, environment), rebuilt


def _type_or_stand_in(type_id: str) -> type[NodeType]:
    """A draft may have nodes of types that are not there; what they put out may be looked at all the same."""
    return find_node_type(type_id) or get_node_type(STAND_IN)


def _run(
    workflow: Workflow,
    definition: Definition,
    rebuilt: Rebuilt,
    execution: Execution | None,
    environment: Mapping[str, str],
) -> RunContext:
    organization = workflow.organization_id
    facts = workflow_facts(workflow.id)
    return RunContext(
        scheduler=rebuilt.scheduler,
        ports=Ports(
            GuardedHttp(organization),
            SandboxedCode(organization),
            OrganizationCredentials(organization),
            SystemClock(),
            evaluator=SandboxedExpressions(organization),
        ),
        execution_id="" if execution is None else str(execution.id),
        resume_at=example_addresses,
        mode="manual" if execution is None else execution.trigger_mode,
        workflow_id=str(workflow.id),
        workflow_name=facts.name,
        workflow_active=facts.active,
        timezone=definition.settings.timezone or facts.timezone,
        variables=definition.variables,
        environment=environment,
        custom_data={} if execution is None else dict(execution.custom_data),
    )

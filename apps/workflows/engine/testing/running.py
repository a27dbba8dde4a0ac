"""Running a test case: the pure core with stand-ins for everything outside. Nothing is stored."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.ports import CodePort, Evaluator, Ports
from apps.workflows.engine.ports_decisions import DecisionPort, NoDecisions
from apps.workflows.engine.ports_files import FilePort, NoFiles
from apps.workflows.engine.run import RunResult, run_to_pause
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import MAX_NODE_RUNS, Scheduler
from apps.workflows.engine.testing.assertions import Failure, check_assertions
from apps.workflows.engine.testing.cases import Case
from apps.workflows.engine.testing.facts import Facts, facts_of
from apps.workflows.engine.testing.files import FilesInMemory
from apps.workflows.engine.testing.mocks import UNMOCKED_CALL, MockedHttp, NoSecrets, StandIns
from exprsn.kernel.clock import monotonic

EXECUTION_ID = "test"
MODE = "test"
PASSED, FAILED, ERROR = "passed", "failed", "error"


@dataclass(frozen=True, slots=True)
class World:
    """What a test's runs share with real ones: the workflow's facts, the sandbox, limits."""

    code: CodePort
    evaluator: Evaluator | None = None
    files: FilePort = field(default_factory=NoFiles)  # those that were kept before; read only
    decisions: DecisionPort = field(default_factory=NoDecisions)
    workflow_id: str = ""
    workflow_name: str = ""
    workflow_active: bool = False
    timezone: str = "UTC"
    max_node_runs: int = MAX_NODE_RUNS


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """``status``: ``passed``, ``failed`` or ``error`` (it could not be carried out to its end)."""

    status: str
    run_status: str = ""
    duration_ms: float = 0
    path: Sequence[str] = ()
    failures: Sequence[Failure] = ()
    unmocked: Sequence[str] = ()
    error: Mapping[str, Any] | None = None
    failed_node: str = ""
    facts: Facts | None = None
    entries: Sequence[JournalEntry] = field(default_factory=list)


class _FixedClock:
    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment


def run_case(graph: Graph, case: Case, world: World, seconds: float) -> CaseOutcome:
    """Run the workflow from the case's trigger for so many seconds at most, and check what came of it."""
    trigger = trigger_of(graph, case.trigger_node)
    if trigger is None:
        message = "The workflow has no such trigger." if case.trigger_node else "The workflow has no trigger."
        return CaseOutcome(ERROR, failures=[Failure(None, "trigger_not_found", message, case.trigger_node)])
    http, stand_ins = MockedHttp(case.http), StandIns(case.nodes)
    run = _run_of(graph, case, world, seconds, http, stand_ins)
    run.scheduler.begin(trigger, ItemBatch.from_data(case.items))
    started = time.perf_counter()
    result = run_to_pause(run, lambda call, entry: not run.is_over_time())
    duration = round((time.perf_counter() - started) * 1000, 3)
    facts = facts_of(run, result)
    failures = [*_beside(result, http, seconds, late=run.is_over_time()), *check_assertions(case.assertions, facts)]
    return CaseOutcome(
        status=FAILED if failures else PASSED,
        run_status=result.status,
        duration_ms=duration,
        path=result.path,
        failures=failures,
        unmocked=stand_ins.unmocked,
        error=result.error,
        failed_node=result.failed_node,
        facts=facts,
        entries=run.scheduler.entries,
    )


def trigger_of(graph: Graph, wanted: str) -> str | None:
    """The trigger to begin with: the one named, else the manual one, else the first; None when there is none."""
    definition = graph.definition
    triggers = [n for n in definition.nodes if not n.disabled and graph.compiled(n.id).type.is_trigger]
    if wanted:
        return next((node.id for node in triggers if node.id == wanted), None)
    manual = [node.id for node in triggers if node.type == "manual"]
    return next(iter([*manual, *(node.id for node in triggers)]), None)


def _run_of(
    graph: Graph, case: Case, world: World, seconds: float, http: MockedHttp, stand_ins: StandIns
) -> RunContext:
    return RunContext(
        scheduler=Scheduler(graph, max_node_runs=world.max_node_runs),
        ports=Ports(
            http,
            world.code,
            NoSecrets(),
            _FixedClock(case.now),
            evaluator=world.evaluator,
            files=FilesInMemory(world.files),
            decisions=world.decisions,
        ),
        execution_id=EXECUTION_ID,
        mode=MODE,
        workflow_id=world.workflow_id,
        workflow_name=world.workflow_name,
        workflow_active=world.workflow_active,
        timezone=graph.definition.settings.timezone or world.timezone,
        variables=graph.definition.variables,
        deadline=monotonic() + seconds,
        sleep=lambda _: None,
        stand_in=stand_ins,
    )


def _beside(result: RunResult, http: MockedHttp, seconds: float, *, late: bool) -> list[Failure]:
    """What makes a test fail whatever it asserts."""
    failures = [
        Failure(None, UNMOCKED_CALL, f"Nothing answers {call}. Add an HTTP mock, or answer in place of the step.")
        for call in dict.fromkeys(http.unanswered)
    ]
    if late or result.status in ("waiting", "yielded"):
        message = f"The run did not end within {seconds:g} seconds." if late else "The run did not come to its end."
        failures.append(Failure(None, "timeout", message))
    return failures

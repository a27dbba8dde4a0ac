"""A test made of a run with one click. A test that was recorded from a run passes when it is run at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.workflows.access import get_execution, get_workflow
from apps.workflows.constants import ExecutionStatus
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.journal import ERROR, JournalEntry
from apps.workflows.engine.testing.cases import Assertion, normal_value, parse_case
from apps.workflows.engine.testing.facts import Facts, json_of_all
from apps.workflows.engine.testing.fitting import assertion_data, assertions_of, mocks_of, steadied
from apps.workflows.engine.testing.running import CaseOutcome, run_case
from apps.workflows.execution.graphs import graphs
from apps.workflows.execution.journal_rows import load_entries, trigger_items
from apps.workflows.models import Execution, Workflow, WorkflowTest
from apps.workflows.services.test_cases.running import SECONDS_EACH, world_of
from apps.workflows.services.test_cases.slots import test_slot
from apps.workflows.services.test_cases.storing import add_test
from exprsn.kernel.errors import Conflict, NotFound
from exprsn.kernel.redaction import redact

_RECORDABLE = frozenset({ExecutionStatus.SUCCESS, ExecutionStatus.PARTIAL_SUCCESS, ExecutionStatus.ERROR})
_MOVING = frozenset(
    {ExecutionStatus.QUEUED, ExecutionStatus.RUNNING, ExecutionStatus.WAITING, ExecutionStatus.PAUSED}
)  # fmt: skip


def record_test(*, actor: Actor, workflow_id: UUID, execution: UUID, name: str = "") -> WorkflowTest:
    """A test of what started a run, what its steps with an effect answered, and what came of it.

    The run is repeated twice with stand-ins: what differs is not compared. Secrets are masked by the names of
    their fields. Refused with ``execution_not_finished`` and ``test_not_recordable``.
    """
    workflow = get_workflow(actor, workflow_id, Permission.WRITE)
    run = get_execution(actor, execution, Permission.READ)
    if run.workflow_id != workflow.id:
        raise NotFound("This workflow has no execution with this id.", code="execution_not_found")
    value = _Recording(workflow, run).value()
    shown = name or _("Run of %(time)s") % {"time": f"{run.created_at:%Y-%m-%d %H:%M:%S}"}
    given = {"name": shown, "trigger_node": run.trigger_node, **value}
    with transaction.atomic():
        return add_test(get_workflow(actor, workflow_id, Permission.WRITE, lock=True), actor, given)


class _Recording:
    """Makes the document of a test from a run that has ended."""

    def __init__(self, workflow: Workflow, run: Execution) -> None:
        self.workflow = workflow
        self.run = run
        self.graph: Graph = graphs.get(run.version_id)

    def value(self) -> dict[str, Any]:
        """The document, with the assertions that hold in repeated runs."""
        self._check()
        entries = load_entries(self.run)
        if not entries:
            raise _not_recordable("The data of this run were not kept.")
        value = self._given(entries)
        repeats = self._repeats(value, entries)
        kept = steadied(self._assertions(entries, repeats[0]), repeats)
        if not kept or kept[0].kind != "status":
            raise _not_recordable("Repeated with stand-ins, the run comes to something else.")
        return {**value, "assertions": [assertion_data(assertion) for assertion in kept]}

    def _given(self, entries: list[JournalEntry]) -> dict[str, Any]:
        """What started the run and what its steps answered, pinned data of a run by hand among them."""
        moment = self.run.started_at or self.run.created_at
        used_pins = self.run.trigger_mode in BY_HAND
        mocks = mocks_of(self.graph, entries, pinned=used_pins)
        items = trigger_items(self.run)
        if used_pins and mocks.pop(self.run.trigger_node, None) is not None:
            items = [{"json": item} for item in json_of_all(entries[0].first_output())]
        # Each for itself: the id of a step is no name of a field.
        nodes = {node_id: redact(mock) for node_id, mock in mocks.items()}
        given = {"trigger_items": redact(items), "mocks": {"nodes": nodes, "http": []}}
        return {**given, "now": moment.isoformat()}

    def _check(self) -> None:
        if self.run.status in _MOVING:
            raise Conflict("This execution has not finished yet.", code="execution_not_finished")
        if self.run.status not in _RECORDABLE:
            raise _not_recordable("Only a run that came to its end can be recorded.")
        if self.run.dry_run or self.run.partial is not None:
            raise _not_recordable("A dry run or a run of a part cannot be recorded.")

    def _repeats(self, value: dict[str, Any], entries: list[JournalEntry]) -> list[Facts]:
        """What two runs with stand-ins come to. They must go the same way as the run did."""
        case = parse_case(self.run.trigger_node, normal_value(value))
        world = world_of(self.workflow)
        with test_slot():
            outcomes: list[CaseOutcome] = [run_case(self.graph, case, world, SECONDS_EACH) for _ in range(2)]
        facts = [outcome.facts for outcome in outcomes if outcome.facts is not None and not outcome.failures]
        if len(facts) < len(outcomes):
            first = next((failure.message for outcome in outcomes for failure in outcome.failures), "")
            raise _not_recordable(first or "The run cannot be repeated.")
        way = sorted(entry.node_id for entry in entries)
        if any(sorted(entry.node_id for entry in outcome.entries) != way for outcome in outcomes):
            raise _not_recordable("Repeated with stand-ins, the run goes another way.")
        return facts

    def _assertions(self, entries: list[JournalEntry], repeated: Facts) -> list[Assertion]:
        facts = Facts(str(self.run.status), self.run.error, self._output(entries), None, {})
        found = assertions_of(self.graph, facts, entries)
        if repeated.response is not None:
            told = {name: repeated.response[name] for name in ("status", "body")}
            found.append(Assertion("response", expected=told))
        return [Assertion(a.kind, a.node, expected=redact(a.expected)) for a in found]

    def _output(self, entries: list[JournalEntry]) -> list[Any]:
        by_order = {entry.execution_order: entry for entry in entries if entry.status != ERROR or entry.continued}
        last = by_order.get(-1 if self.run.output_order is None else self.run.output_order)
        return [] if last is None else json_of_all(last.first_output())


def _not_recordable(message: str) -> Conflict:
    return Conflict(message, code="test_not_recordable")

"""Running a part of a draft: from a node on, up to a node, or one node by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.workflows.access import visible_executions
from apps.workflows.constants import ExecutionStatus, NodeStatus
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.part import Part
from apps.workflows.engine.part_bounds import Bounds, bounds_of
from apps.workflows.engine.part_changes import Former
from apps.workflows.engine.part_plan import NoDataForNode, PartPlan
from apps.workflows.execution.continuation import usable_entries
from apps.workflows.execution.graphs import graphs
from apps.workflows.models import Execution, NodeExecution, Workflow
from exprsn.kernel.errors import Conflict, InvalidInput

# An earlier run is looked for among so many; of those that have data so many are tried.
LOOKED_AT, TRIED = 100, 5
_MOVING = (ExecutionStatus.QUEUED, ExecutionStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class PartWanted:
    """The part that somebody asks for; nodes by id or name.

    ``source_execution``: the run to take data from; without one the newest that has them. ``reuse``: take data over
    although only ``end_node`` is named.
    """

    start_node: str = ""
    end_node: str = ""
    source_execution: UUID | None = None
    reuse: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the whole workflow is meant."""
        return not self.start_node and not self.end_node

    def check(self) -> None:
        """Raise ``source_without_part`` when data are to be taken over although the whole workflow is to run."""
        if self.is_whole and (self.reuse or self.source_execution is not None):
            place = "reuse" if self.reuse else "source_execution"
            told = "Name a start_node or an end_node as well: a run of the whole workflow takes nothing over."
            raise InvalidInput(told, code="source_without_part", errors={place: [told]})


WHOLE = PartWanted()


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """What a partial run starts with. ``source``: the earlier run whose data it takes over, if it does."""

    part: Part
    trigger: str
    start_node: str
    end_node: str
    source: Execution | None

    def to_data(self) -> dict[str, Any]:
        """As an execution tells it."""
        return {
            "start_node": self.start_node or None,
            "end_node": self.end_node or None,
            "source_execution": str(self.source.id) if self.source is not None else None,
        }


@dataclass(frozen=True, slots=True)
class PlanPart:
    """Finds what a partial run of a draft needs. ``trigger`` is the id of the trigger that was asked for, if one was.

    Raises ``node_not_found``, ``end_not_reached``, ``start_in_loop``, ``no_data_for_node``, and for the earlier run
    ``execution_not_found`` and ``execution_not_finished``.
    """

    actor: Actor
    workflow: Workflow
    graph: Graph
    wanted: PartWanted
    trigger: str = ""
    dry_run: bool = False

    def execute(self) -> PlannedPart:
        """The plan."""
        start = self._node(self.wanted.start_node, "start_node")
        end = self._node(self.wanted.end_node, "end_node")
        bounds = bounds_of(self.graph, start, end)
        if not start and not self.wanted.reuse and self.wanted.source_execution is None:
            return self._from_the_beginning(bounds, end)
        refusal: NoDataForNode | None = None
        for source in self._sources(bounds):
            try:
                return self._after(source, bounds, start, end)
            except NoDataForNode as error:
                refusal = refusal or error
        if not start and refusal is None:
            return self._from_the_beginning(bounds, end)
        try:
            return self._after(None, bounds, start, end)
        except NoDataForNode as error:
            raise refusal or error from None

    def _node(self, wanted: str, place: str) -> str:
        if not wanted:
            return ""
        if wanted in self.graph.ids() and not self.graph.compiled(wanted).type.inert:
            return wanted
        found = self.graph.id_of(wanted)
        if found is None or self.graph.compiled(found).type.inert:
            told = "The workflow has no node with this id or name."
            raise InvalidInput(told, code="node_not_found", errors={place: [told]})
        return found

    def _from_the_beginning(self, bounds: Bounds, end: str) -> PlannedPart:
        """Everything up to a node, nothing taken over."""
        trigger = self._trigger(bounds, None)
        if trigger not in bounds.nodes:
            told = "No trigger leads to this node. Connect it to one, or pin data and start at it."
            raise NoDataForNode(told, errors={"end_node": [told]}, params={"nodes": []})
        return PlannedPart(Part(bounds.nodes, end, (trigger,)), trigger, "", end, None)

    def _after(self, source: Execution | None, bounds: Bounds, start: str, end: str) -> PlannedPart:
        former = None if source is None else _former(source)
        trigger = self._trigger(bounds, source)
        plan = PartPlan(self.graph, bounds, former, trigger, start, end, fills_gaps=not start)
        return PlannedPart(plan.part(), trigger, start, end, source)

    def _trigger(self, bounds: Bounds, source: Execution | None) -> str:
        """The trigger to begin with: the one asked for, that of the earlier run, else one that leads to the part.

        Empty when none does: then the part begins at pinned data.
        """
        if self.trigger:
            return self.trigger
        triggers = [
            node for node in self.graph.definition.nodes
            if node.id in bounds.nodes and not node.disabled and self.graph.compiled(node.id).type.is_trigger
        ]  # fmt: skip
        ids = [node.id for node in sorted(triggers, key=lambda node: node.type != "manual")]
        if self.wanted.start_node and (start := self._node(self.wanted.start_node, "start_node")) in ids:
            return start
        if source is not None and source.trigger_node in ids:
            return source.trigger_node
        return ids[0] if ids else ""

    def _sources(self, bounds: Bounds) -> list[Execution]:
        if self.wanted.source_execution is not None:
            return [self._named_source(self.wanted.source_execution)]
        rows = Execution.objects.for_organization(self.workflow.organization_id).filter(workflow=self.workflow)
        rows = rows.exclude(status__in=_MOVING)
        if not self.dry_run:  # what a dry run took for answers is none
            rows = rows.filter(dry_run=False)
        if self.trigger:
            rows = rows.filter(trigger_node=self.trigger)
        ids = list(rows.order_by("-id").values_list("id", flat=True)[:LOOKED_AT])
        # Best are those that came to what leads straight here; a node that is new there has run in none.
        found = self._that_ran(ids, bounds.feeders & bounds.needed)
        found += self._that_ran(ids, bounds.nodes - bounds.own or bounds.own)
        sources = rows.in_bulk(found)
        return [sources[execution_id] for execution_id in dict.fromkeys(found)]

    def _that_ran(self, ids: list[UUID], nodes: frozenset[str]) -> list[UUID]:
        """The newest few of these executions that came to one of these nodes."""
        runs = NodeExecution.objects.for_organization(self.workflow.organization_id)
        runs = runs.filter(execution_id__in=ids, node_id__in=nodes).exclude(status=NodeStatus.WAITING)
        return list(runs.order_by("-execution_id").values_list("execution_id", flat=True).distinct()[:TRIED])

    def _named_source(self, execution_id: UUID) -> Execution:
        source = visible_executions(self.actor).filter(id=execution_id, workflow=self.workflow).first()
        place = "source_execution"
        if source is None:
            told = "This workflow has no execution with this id."
            raise InvalidInput(told, code="execution_not_found", errors={place: [told]})
        if source.status in _MOVING:
            told = "This execution has not finished yet."
            raise Conflict(told, code="execution_not_finished", errors={place: [told]})
        return source


def _former(source: Execution) -> Former:
    used_pins = source.trigger_mode in BY_HAND or source.dry_run
    return Former(graphs.get(source.version_id), usable_entries(source), used_pins=used_pins)

"""Intents: what a run is about to do outside, written before it does it, where a node asks for that.

Killed between an effect and its journal row nobody can know whether the effect happened. A node with
``on_doubt = stop_and_ask`` is then not called again: its intent is found, and a person decides.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.core.public import update_rows
from apps.workflows.constants import ExecutionStatus
from apps.workflows.engine.definition import STOP_AND_ASK
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.execution.leases import Lease, LeaseLost
from apps.workflows.execution.writer import history
from apps.workflows.models import EffectIntent, Execution
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import new_id

DONE, FAIL = "done", "fail"
Place = tuple[str, int]


def asks(call: NodeCall) -> bool:
    """Whether this call is not to be made again when it is not known whether it was made."""
    return call.compiled.node.on_doubt == STOP_AND_ASK and call.compiled.type.capabilities.side_effect


@dataclass(slots=True)
class Intents:
    """The intents of one execution that are in the database."""

    execution: Execution
    lease: Lease
    _found: dict[Place, EffectIntent] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self, graph: Graph) -> None:
        """Read what a former owner left behind; free for workflows in which no node asks, and for a first owner."""
        if self.execution.fence <= 1 or not _has_asking_nodes(graph):
            return
        rows = EffectIntent.objects.for_organization(self.execution.organization_id)
        found = rows.filter(execution_id=self.execution.id).order_by("execution_order", "id")
        self._found = {(intent.node_id, intent.run_index): intent for intent in found}

    def in_doubt(self) -> EffectIntent | None:
        """The first of those about which nobody has decided yet."""
        return next((intent for intent in self._found.values() if not intent.decision), None)

    def begin(self, call: NodeCall) -> None:
        """Write that this call is about to be made, unless that is written or a person has decided about it."""
        place = call.compiled.id, call.run_index
        with self._lock:
            if place in self._found:
                return
        intent = self._intent_of(call)
        self._insert(intent)
        with self._lock:
            self._found[place] = intent

    def decided(self, context: NodeContext, call: NodeCall) -> NodeResult | None:
        """What stands in for a call about which a person has decided; None when it is to be made."""
        intent = self._found.get((call.compiled.id, call.run_index))
        if intent is None or not intent.decision:
            return None
        if intent.decision == FAIL:
            raise NodeError(
                "The server stopped while this step was at work, and somebody decided that it counts as failed.",
                kind="effect_in_doubt",
            )
        items = context.items if intent.output is None else ItemBatch.from_data(intent.output)
        return NodeResult({call.compiled.first_output: items.select(range(len(items)))})

    def forget(self, entries: Sequence[JournalEntry], *, all_of_them: bool) -> None:
        """In the transaction that journals these node runs: their intents are over. With ``all_of_them`` the rest too.

        Without an intent this costs nothing.
        """
        if not self._found:
            return
        with self._lock:
            places = list(self._found) if all_of_them else [(entry.node_id, entry.run_index) for entry in entries]
            ids = [self._found[place].id for place in places if place in self._found]
        if ids:
            rows = EffectIntent.objects.for_organization(self.execution.organization_id)
            rows.filter(id__in=ids).delete()

    def _insert(self, intent: EffectIntent) -> None:
        """The fence in the same transaction refuses a former owner."""
        held = {"id": intent.execution_id, "fence": self.lease.fence, "status": ExecutionStatus.RUNNING}
        if not history.write([intent], lambda: bool(update_rows(Execution, {"fence": self.lease.fence}, held))):
            self.lease.lost = True
            raise LeaseLost

    def _intent_of(self, call: NodeCall) -> EffectIntent:
        execution, node = self.execution, call.compiled.id
        return EffectIntent(
            id=new_id(),
            organization_id=execution.organization_id,
            execution_id=execution.id,
            node_id=node,
            run_index=call.run_index,
            execution_order=call.order,
            key=f"{execution.id}:{node}:{call.run_index}",
            fence=execution.fence,
            begun_at=utc_now(),
        )


def doubt_about(intent: EffectIntent, graph: Graph) -> dict[str, Any]:
    """Why the run is paused, for those who decide."""
    return {
        "reason": "doubt",
        "since": utc_now().isoformat(),
        "by": None,
        "node": intent.node_id,
        "node_name": graph.node(intent.node_id).name,
        "run_index": intent.run_index,
        "begun_at": intent.begun_at.isoformat(),
    }


def _has_asking_nodes(graph: Graph) -> bool:
    return any(node.on_doubt == STOP_AND_ASK for node in graph.definition.nodes)

"""Planning a partial run: what is taken over from an earlier run, what runs, and where it begins.

The run goes the way of a whole run over the nodes of the part; where a node is not to run again, the entry of the
earlier run stands for it. So nodes run in the same order, and as often, as they would in a whole run. The plan plays
this through once without running anything, which shows what is lacking before anything happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import EMPTY, ItemBatch
from apps.workflows.engine.journal import SUCCESS, JournalEntry
from apps.workflows.engine.lineage import fill_pairs
from apps.workflows.engine.part import Part
from apps.workflows.engine.part_bounds import Bounds, is_pinned, reach
from apps.workflows.engine.part_changes import Former, outdated
from apps.workflows.engine.scheduler import NodeCall, Scheduler
from exprsn.kernel.errors import InvalidInput

# A node, what arrived, and how often the same had arrived there before: a node with a body runs again with it.
_Arrived = tuple[str, frozenset[tuple[str, int, str]], int]
Times = Counter[tuple[str, frozenset[tuple[str, int, str]]]]


class NoDataForNode(InvalidInput):
    """Nothing is known that could arrive at what is to run."""

    default_code = "no_data_for_node"


@dataclass(slots=True)
class _Rehearsal:
    """What playing a part through without running it has shown."""

    taken: dict[tuple[str, int], JournalEntry] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    rerun: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class PartPlan:
    """Plans runs of a part of ``graph``. ``fills_gaps``: feeders without data run, instead of refusing the whole."""

    graph: Graph
    bounds: Bounds
    former: Former | None
    trigger: str
    start_node: str = ""
    end_node: str = ""
    fills_gaps: bool = False

    def part(self) -> Part:
        """What is to run. Raises ``no_data_for_node`` when data are lacking."""
        lacking: frozenset[str] = frozenset()
        rehearsal, roots = self._with_roots(lacking)
        while rehearsal.lacking and self.fills_gaps:
            lacking |= rehearsal.lacking
            rehearsal, roots = self._with_roots(lacking)
        if rehearsal.lacking:
            raise self._no_data(sorted(rehearsal.lacking))
        if self._comes_to_nothing(rehearsal):
            raise self._no_data([])
        begins = tuple(root for root in roots if root not in rehearsal.blocked)
        return Part(self.bounds.nodes - rehearsal.blocked, self.end_node, begins, rehearsal.taken)

    def _with_roots(self, stale: frozenset[str]) -> tuple[_Rehearsal, list[str]]:
        """Pinned nodes that nothing leads to, for want of data before them, are where the run begins as well."""
        if self.former is not None:
            stale = outdated(self.graph, self.former, self.bounds, stale)
        roots = [self.trigger] if self.trigger in self.bounds.nodes else []
        while True:
            rehearsal = self._rehearse(roots, stale)
            more = self._more_roots(rehearsal)
            if not more:
                return rehearsal, roots
            roots += more

    def _rehearse(self, roots: Sequence[str], stale: frozenset[str]) -> _Rehearsal:
        part = Part(self.bounds.nodes, self.end_node, tuple(roots))
        scheduler = Scheduler(self.graph)
        scheduler.begin_part(part, self.trigger, EMPTY)
        entries = _by_arrival(self.former.entries) if self.former is not None else {}
        times: Times = Counter()
        orders: dict[int, int] = {}  # an order of this run → that of the same node run in the earlier one
        found = _Rehearsal()
        while (call := scheduler.next_call()) is not None:
            node_id = call.compiled.id
            found.reached.add(node_id)
            if node_id in self.bounds.own:
                entry = _unknown(call)
            else:
                then = None if node_id in stale else entries.get(_arrival(call, orders, times))
                if then is not None:
                    orders[call.order] = then.execution_order
                entry = self._stand_in(call, then, found, is_stale=node_id in stale)
            scheduler.record(entry)
        return found

    def _stand_in(
        self, call: NodeCall, then: JournalEntry | None, found: _Rehearsal, *, is_stale: bool
    ) -> JournalEntry:
        """What stands for this run of a feeder; noted as lacking, or as to be run again, when nothing does."""
        node_id, key = call.compiled.id, (call.compiled.id, call.run_index)
        if is_pinned(self.graph, node_id):
            found.taken[key] = _pinned_entry(call)
            return found.taken[key]
        if then is not None:
            found.taken[key] = then
            return replace(then, execution_order=call.order, run_index=call.run_index, sources=call.sources)
        if call.rounds is not None:
            # Something in its body runs anew; what comes behind the body is no part of this.
            found.taken[key] = _unknown(call)
        elif node_id not in self.bounds.needed:
            found.blocked.add(node_id)
        elif is_stale:
            found.rerun.add(node_id)
        else:
            found.lacking.add(node_id)
        return _unknown(call)

    def _more_roots(self, rehearsal: _Rehearsal) -> list[str]:
        nothing = self._comes_to_nothing(rehearsal)
        pinned = {node_id for node_id in self._border() if is_pinned(self.graph, node_id)}
        cut_off = reach(rehearsal.blocked, self.bounds.children)
        wanted = {node_id for node_id in pinned - rehearsal.reached if nothing or node_id in cut_off}
        first = [node_id for node_id in wanted if not wanted & (reach([node_id], self.bounds.parents) - {node_id})]
        return sorted(first, key=self.graph.position)

    def _comes_to_nothing(self, rehearsal: _Rehearsal) -> bool:
        """Whether the node that was asked for would not run; what feeders that run again will say is not known."""
        wanted = self.start_node or self.end_node
        return wanted not in rehearsal.reached and not rehearsal.rerun and not rehearsal.lacking

    def _border(self) -> set[str]:
        """Where what is needed comes from; and the node to start with, which may be pinned itself."""
        fed = self.bounds.needed | {node_id for node_id in self.bounds.own if not is_pinned(self.graph, node_id)}
        parents = {parent for node_id in fed for parent in self.bounds.parents.get(node_id, ())}
        return (parents - self.bounds.own) | ({self.start_node} if self.start_node else set())

    def _no_data(self, lacking: Sequence[str]) -> NoDataForNode:
        place = "start_node" if self.start_node else "end_node"
        wanted = self.graph.node(self.start_node or self.end_node).name
        names = ", ".join(f"“{self.graph.node(node_id).name}”" for node_id in lacking[:10])
        why = f"There are no data of {names} yet." if names else f"No data have come to “{wanted}” yet."
        told = f"{why} Run the workflow once or pin data, then run “{wanted}”."
        return NoDataForNode(told, errors={place: [told]}, params={"nodes": list(lacking[:10])})


def _unknown(call: NodeCall) -> JournalEntry:
    return JournalEntry(call.compiled.id, call.run_index, call.order, SUCCESS, sources=call.sources)


def _pinned_entry(call: NodeCall) -> JournalEntry:
    first = next((batch for batch in call.inputs.values() if batch), EMPTY)
    entry = _unknown(call)
    entry.items_in = sum(len(batch) for batch in call.inputs.values())
    pins = ItemBatch.of_pins(call.compiled.node.pinned_data or ())
    entry.outputs = {call.compiled.first_output: fill_pairs(pins, len(first))}
    return entry


def _arrival(call: NodeCall, orders: dict[int, int], times: Times) -> _Arrived:
    """A run of a node, known by what arrived: run indices may differ when nodes were moved on the canvas."""
    sources = ((port, orders.get(source.order, -1), source.port) for port, source in call.sources.items())
    return _counted(call.compiled.id, frozenset(sources), times)


def _by_arrival(entries: Iterable[JournalEntry]) -> dict[_Arrived, JournalEntry]:
    times: Times = Counter()
    sources = ((entry, ((port, s.order, s.port) for port, s in entry.sources.items())) for entry in entries)
    return {_counted(entry.node_id, frozenset(named), times): entry for entry, named in sources}


def _counted(node_id: str, sources: frozenset[tuple[str, int, str]], times: Times) -> _Arrived:
    before = times[node_id, sources]
    times[node_id, sources] += 1
    return node_id, sources, before

"""Making a test of a run: what its nodes answered, what came of it, and what changes from run to run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.workflows.engine.graph import Graph, GraphNode
from apps.workflows.engine.journal import ERROR, SKIPPED, JournalEntry
from apps.workflows.engine.testing.assertions import check_assertions
from apps.workflows.engine.testing.cases import Assertion
from apps.workflows.engine.testing.comparing import differences
from apps.workflows.engine.testing.facts import Facts, NotThere, json_of_all
from apps.workflows.engine.testing.paths import ANY

MAX_COMPARED = 50
MAX_IGNORED = 50
_PASSES_AT_ONCE = frozenset({"duration", "until"})
Entry = dict[str, Any]


def mocks_of(graph: Graph, entries: Iterable[JournalEntry], *, pinned: bool = False) -> dict[str, Entry]:
    """Node id → mock, for each node with an effect, and each that waited for somebody.

    ``pinned``: the run used pinned data, so that nodes which have some did not run by themselves either.
    """
    by_node: dict[str, list[JournalEntry]] = {}
    for entry in entries:
        by_node.setdefault(entry.node_id, []).append(entry)
    return {
        node_id: _mock_of(graph.compiled(node_id), runs)
        for node_id, runs in by_node.items()
        if _is_stood_in(graph.compiled(node_id), pinned=pinned) and any(entry.status != SKIPPED for entry in runs)
    }


def _is_stood_in(compiled: GraphNode, *, pinned: bool) -> bool:
    node_type, mode = compiled.type, compiled.node.parameters.get("mode", "duration")
    waits_for_somebody = node_type.type == "approval" or (node_type.type == "wait" and mode not in _PASSES_AT_ONCE)
    has_pins = pinned and compiled.node.pinned_data is not None
    return node_type.capabilities.side_effect or waits_for_somebody or has_pins


def _mock_of(compiled: GraphNode, entries: Sequence[JournalEntry]) -> Entry:
    runs = [_run_mock(compiled, entry) for entry in entries]
    return runs[0] if len(runs) == 1 else {"runs": runs}


def _run_mock(compiled: GraphNode, entry: JournalEntry) -> Entry:
    if entry.status == ERROR:
        told = entry.error or {}
        kept = {name: told[name] for name in ("kind", "item") if told.get(name) is not None}
        return {"error": {"message": str(told.get("message", "")), **kept}}
    outputs = {port: batch.to_data() for port, batch in entry.outputs.items()}
    if not outputs.keys() - {compiled.first_output}:
        return {"items": outputs.get(compiled.first_output, [])}
    return {"outputs": outputs}


def assertions_of(graph: Graph, facts: Facts, entries: Sequence[JournalEntry]) -> list[Assertion]:
    """What was so in a run: how it ended, its result, what the last steps of its branches put out."""
    found = [Assertion("status", expected=facts.status), _result(facts.output)]
    if facts.error is not None and facts.error.get("kind"):
        found.append(Assertion("error_kind", expected=facts.error["kind"]))
    last_runs = {entry.node_id: entry for entry in entries}
    for node_id, entry in last_runs.items():
        is_leaf = not graph.compiled(node_id).successors and not graph.compiled(node_id).type.inert
        if is_leaf and entry.status != ERROR:
            found.append(_result(json_of_all(entry.first_output()), node_id))
    return found


def _result(items: Sequence[Any], node: str = "") -> Assertion:
    if len(items) > MAX_COMPARED:
        return Assertion("count", node, expected=len(items))
    return Assertion("equals", node, expected=list(items))


def steadied(assertions: Sequence[Assertion], repeats: Sequence[Facts]) -> list[Assertion]:
    """The assertions with the places left out at which repeated runs differ; those that still fail are dropped."""
    kept = []
    for assertion in assertions:
        choices = _without_changes(assertion, repeats)
        holding = (one for one in choices if all(not check_assertions([one], facts) for facts in repeats))
        kept += list(holding)[:1]
    return kept


def _without_changes(assertion: Assertion, repeats: Sequence[Facts]) -> list[Assertion]:
    """What can be asserted instead, the most telling first."""
    if assertion.kind != "equals":
        return [assertion]
    count = Assertion("count", assertion.node, expected=len(assertion.expected))
    ignored: dict[str, None] = {}
    for facts in repeats:
        try:
            actual = facts.value(assertion)
        except NotThere:
            return []
        for each in differences(assertion.expected, actual):
            ignored[_pattern(each.at[1:])] = None
    if "" in ignored or len(ignored) > MAX_IGNORED:
        return [count]
    if not ignored:
        return [assertion]
    # What was repeated with masked secrets holds none, not even under the names that the workflow gave them.
    expected = repeats[0].value(assertion)
    return [Assertion("equals", assertion.node, expected=expected, ignore=tuple(ignored)), count]


def _pattern(at: Sequence[str]) -> str:
    """A place within an item; what holds for one entry of a list holds for all."""
    return ".".join(ANY if part.isdecimal() else part for part in at)


def assertion_data(assertion: Assertion) -> Mapping[str, Any]:
    """An assertion as JSON."""
    data: dict[str, Any] = {"kind": assertion.kind, "node": assertion.node or None, "expected": assertion.expected}
    return {**data, "ignore": list(assertion.ignore)} if assertion.ignore else data

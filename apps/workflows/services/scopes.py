"""What an expression of a node can see, for completion: names with samples of real data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.workflows.engine.rebuilding import Rebuilt
from apps.workflows.engine.roots import json_of
from apps.workflows.engine.samples import cut_value
from apps.workflows.engine.scope import ItemScope
from apps.workflows.services.previews import open_scope
from apps.workflows.services.scope_words import ROOTS
from exprsn.kernel.expressions import to_json
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_SAMPLE = 20_000
MAX_TEXT = 200
# All nodes' samples together; a workflow of hundreds of nodes shows less of each.
MAX_NODES = 400_000
SHORT = 500


def read_scope(*, actor: Actor, workflow_id: UUID, node: str, execution: UUID | None = None) -> JsonObject:
    """``{execution, roots: [{name, sample, description}], nodes: [{name, id, sample}]}``: the nodes before it first.

    A sample is what the first item shows, cut to about 20 KB; None where nothing is known.
    """
    run, rebuilt, chosen = open_scope(actor=actor, workflow_id=workflow_id, node=node, execution=execution)
    scope = ItemScope(run, rebuilt.call, rebuilt.batch, 0)
    return {
        "execution": None if chosen is None else str(chosen.id),
        "roots": [
            {"name": name, "sample": _sample(_root(scope, rebuilt, name)), "description": str(words)}
            for name, words in ROOTS.items()
        ],
        "nodes": _nodes(rebuilt),
    }


def _root(scope: ItemScope, rebuilt: Rebuilt, name: str) -> Any:
    if rebuilt.feeds is None and name in ("$json", "$input", "$binary"):
        return None
    if name == "$input":  # as JSON it is the list of all items; what has names is the item
        return {"item": json_of(scope.item)}
    return to_json(scope.resolve(name))


def _nodes(rebuilt: Rebuilt) -> list[JsonValue]:
    graph, entries = rebuilt.scheduler.graph, rebuilt.scheduler.entries_of
    own = rebuilt.call.compiled.id
    before = graph.ancestors(own)
    others = [node for node in graph.ids() if node != own and not graph.compiled(node).type.inert]
    drawn = [node for node in others if not graph.node(node).name.startswith("\0")]
    most = max(SHORT, min(MAX_SAMPLE, MAX_NODES // max(len(drawn), 1)))
    found: list[JsonValue] = []
    for node_id in sorted(drawn, key=lambda node: (node not in before, *graph.position(node))):
        items = entries[node_id][-1].first_output() if node_id in entries else ()
        sample = _sample(items[0].json if items else None, most)
        found.append({"name": graph.node(node_id).name, "id": node_id, "sample": sample})
    return found


def _sample(value: Any, most: int = MAX_SAMPLE) -> JsonValue:
    return cut_value(value, most, text=MAX_TEXT)[0]

"""What expressions of a draft come to, with the data of an earlier run. Nothing is run or written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can
from apps.core.public import dumps
from apps.workflows.access import get_execution, get_workflow
from apps.workflows.engine.definition import Definition, parse_definition
from apps.workflows.engine.previewing import Shown, preview_texts
from apps.workflows.engine.rebuilding import Rebuilt
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.samples import cut_value
from apps.workflows.engine.validation.expressions import as_template
from apps.workflows.execution.environment import expression_environment
from apps.workflows.execution.rebuilt_calls import rebuilt_call
from apps.workflows.models import Execution, Workflow
from apps.workflows.selectors.stored_runs import newest_run_for
from exprsn.kernel.deadlines import time_limit
from exprsn.kernel.errors import InvalidInput, NotFound
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_SECONDS = 3.0
MAX_VALUE = 50_000
# All values of an answer together; what is short is always shown whole.
MAX_ANSWER = 1_000_000
SHORT = 500
CONDITION = "run_if"


def preview_expressions(
    *,
    actor: Actor,
    workflow_id: UUID,
    node: str,
    expressions: Mapping[str, str],
    execution: UUID | None = None,
    limit: int = 1,
    item: int | None = None,
    node_definition: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """``{previews: {path: [shown]}, count, source}``: each text, as a parameter holds it, for the first ``limit``
    items, or for ``item`` alone. ``node_definition``: the node as it is being edited, in place of the saved one.

    ``count`` items arrive at the node; where nothing is known of them, ``source`` is None and the texts are
    evaluated with one empty item.
    """
    run, rebuilt, chosen = open_scope(
        actor=actor, workflow_id=workflow_id, node=node, execution=execution, node_definition=node_definition
    )
    batch = rebuilt.batch
    positions = range(min(limit, max(len(batch), 1))) if item is None else [min(item, max(len(batch) - 1, 0))]
    texts = {path: as_template(text) if path == CONDITION and text else text for path, text in expressions.items()}
    with time_limit(MAX_SECONDS):
        found = preview_texts(run, rebuilt.call, batch, texts, list(positions))
    return {"previews": _told(found), "count": len(batch), "source": source_of(rebuilt, chosen)}


def open_scope(
    *,
    actor: Actor,
    workflow_id: UUID,
    node: str,
    execution: UUID | None = None,
    node_definition: dict[str, Any] | None = None,
) -> tuple[RunContext, Rebuilt, Execution | None]:
    """The run as a node of the draft sees it, and the execution that it comes from: the one that is named, else the
    newest that has data for the node. Refused with ``unknown_node`` and ``execution_not_found``."""
    workflow = get_workflow(actor, workflow_id, Permission.READ)
    assert workflow.current is not None
    definition = parse_definition(_edited(workflow.current.document.value, node, node_definition))
    if node not in {one.id for one in definition.nodes}:
        message = "The draft has no node with this id."
        raise InvalidInput(message, code="unknown_node", errors={"node": [message]})
    chosen = _execution(actor, workflow, definition, node, execution)
    # What the installation lends to expressions is for those who write them.
    environment = expression_environment() if can(actor, Permission.WRITE) else {}
    run, rebuilt = rebuilt_call(workflow, definition, node, chosen, environment)
    return run, rebuilt, chosen


def source_of(rebuilt: Rebuilt, execution: Execution | None) -> JsonObject | None:
    """Where the items come from: which node, in which execution (None: they are pinned); None for nowhere."""
    if rebuilt.feeds is None:
        return None
    return {"execution": None if execution is None else str(execution.id), "node": rebuilt.feeds}


def _edited(document: dict[str, Any], node: str, node_definition: dict[str, Any] | None) -> dict[str, Any]:
    if node_definition is None:
        return document
    others = [one for one in document.get("nodes", []) if not (isinstance(one, dict) and one.get("id") == node)]
    return {**document, "nodes": [*others, {**node_definition, "id": node}]}


def _execution(
    actor: Actor, workflow: Workflow, definition: Definition, node: str, wanted: UUID | None
) -> Execution | None:
    if wanted is None:
        feeders = {connection.source for connection in definition.connections if connection.target == node}
        return newest_run_for(workflow, node, feeders)
    execution = get_execution(actor, wanted, Permission.READ)
    if execution.workflow_id != workflow.id:
        raise NotFound("This workflow has no execution with this id.", code="execution_not_found")
    return execution


def _told(found: Mapping[str, list[Shown]]) -> JsonObject:
    room = MAX_ANSWER
    told: JsonObject = {}
    for path, items in found.items():
        shown: list[JsonValue] = []
        for one in items:
            made = _shown(one, max(SHORT, min(MAX_VALUE, room)))
            room -= len(dumps(made))
            shown.append(made)
        told[path] = shown
    return told


def _shown(shown: Shown, most: int) -> JsonObject:
    if shown.error is not None:
        return {"item": shown.item, "error": dict(shown.error)}
    value, cut = cut_value(shown.value, most)
    told: JsonObject = {"item": shown.item, "value": value, "type": shown.type}
    return {**told, "truncated": True} if cut else told

"""The ``NodeContext`` that node types are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from apps.workflows.engine.definition import Node
from apps.workflows.engine.items import EMPTY, Item, ItemBatch, ItemGatherer, Pair
from apps.workflows.engine.journal import ERROR, SKIPPED
from apps.workflows.engine.lineage import came_round
from apps.workflows.engine.node_type import CallOutcome, Filled, NodeError, NodeResult, RoundOutcome
from apps.workflows.engine.ports import Ports
from apps.workflows.engine.roots import json_of
from apps.workflows.engine.run_context import LogLine, RunContext
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.engine.scope import ItemScope
from apps.workflows.engine.scripts import ScriptRound
from apps.workflows.engine.waiting import Resumed
from exprsn.kernel.deadlines import is_late
from exprsn.kernel.expressions import ExpressionError, HostError
from exprsn.kernel.jsonvalue import JsonValue

_EXPRESSION_CODES = frozenset({"expression_failed", "expression_too_costly", "expression_syntax_error"})


class Canceled(Exception):
    """The run was asked to stop."""


class CallContext:
    """One run of one node."""

    __slots__ = ("_batch", "_call", "_inputs", "_run", "_scripts", "_state")

    def __init__(self, run: RunContext, call: NodeCall, inputs: Mapping[str, ItemBatch], state: dict[str, Any]) -> None:
        self._run = run
        self._call = call
        self._inputs = inputs
        self._state = state
        self._batch = next((batch for batch in inputs.values() if batch), EMPTY)
        self._scripts = ScriptRound(run, len(self._batch), call.compiled.parameters.templates)

    @property
    def node(self) -> Node:
        return self._call.compiled.node

    @property
    def inputs(self) -> Mapping[str, ItemBatch]:
        return self._inputs

    @property
    def items(self) -> ItemBatch:
        return self._batch

    @property
    def run_index(self) -> int:
        return self._call.run_index

    @property
    def ports(self) -> Ports:
        return self._run.ports

    @property
    def state(self) -> dict[str, Any]:
        return self._state

    @property
    def timezone(self) -> str:
        return self._run.timezone

    @property
    def call_outcomes(self) -> Sequence[CallOutcome] | None:
        return self._run.call_outcomes.get((self.node.id, self._call.run_index))

    @property
    def resumed(self) -> Resumed | None:
        return self._run.resumed.get((self.node.id, self._call.run_index))

    @property
    def rounds(self) -> Sequence[RoundOutcome] | None:
        told, inputs = self._call.rounds, self._call.inputs
        if told is None:
            return None
        numbers = {name: number for number, name in enumerate(self._call.sources)}
        return [RoundOutcome([(numbers[name], inputs[name]) for name in one.results], one.failure) for one in told]

    def arrived(self, run_index: int) -> ItemBatch:
        if run_index == self._call.run_index:
            return self._batch
        entry = self._run.scheduler.run_of(self.node.id, run_index)
        if entry.status in (ERROR, SKIPPED):
            return EMPTY
        arrivals = self._run.scheduler.inputs_of(entry)
        batch = next((batch for batch in arrivals.values() if batch), EMPTY)
        return batch[:1] if self.node.execute_once else batch

    def came_round(self, port: str) -> bool:
        return came_round(self._run.scheduler, self._call, port)

    def raw(self, name: str) -> Any:
        return self._call.compiled.parameters.raw(name)

    def param(self, name: str, item: int = 0) -> Any:
        try:
            compiled = self._call.compiled.parameters.compiled(name)
            if compiled.is_constant:
                return compiled.constant
            return compiled.evaluate(ItemScope(self._run, self._call, self._batch, item, self._scripts))
        except ExpressionError as error:
            raise expression_failure(error, name, item) from error

    def pieces(self, name: str, item: int = 0) -> list[str | Filled]:
        try:
            compiled = self._call.compiled.parameters.compiled(name)
            return compiled.pieces(ItemScope(self._run, self._call, self._batch, item, self._scripts))
        except ExpressionError as error:
            raise expression_failure(error, name, item) from error

    def code_context(self, names: frozenset[str] | None = None) -> dict[str, Any]:
        scheduler, run = self._run.scheduler, self._run
        addresses = run.resume_at()
        # A list of them: nodes that run at the same time add their entries meanwhile.
        named = ((scheduler.graph.node(node_id).name, node_id) for node_id in list(scheduler.entries_of))
        wanted = ((name, node_id) for name, node_id in named if names is None or name in names)
        seen = ((name, scheduler.seen_by(self._call, node_id)[0]) for name, node_id in wanted)
        nodes = {name: [json_of(item) for item in entries[-1].first_output()] for name, entries in seen if entries}
        return {
            "nodes": nodes,
            "vars": dict(run.variables),
            "env": dict(run.environment),
            "workflow": {"id": run.workflow_id, "name": run.workflow_name, "active": run.workflow_active},
            "execution": {
                "id": run.execution_id,
                "mode": run.mode,
                "resumeUrl": addresses.call,
                "resumeFormUrl": addresses.form,
                "customData": dict(run.custom_data),
            },
            "now": run.ports.clock.now().isoformat(),
            "timezone": run.timezone,
            "runIndex": self._call.run_index,
        }

    def idempotency_key(self, item: int) -> str:
        return f"{self._run.execution_id}:{self.node.id}:{self._call.run_index}:{item}"

    def log(self, level: str, message: str, **metadata: JsonValue) -> None:
        self._run.log(LogLine(level, message, self.node.id, self.node.name, self._run.ports.clock.now(), metadata))

    def each(self, work: Callable[[Item, int], Item | Sequence[Item] | None]) -> NodeResult:
        made = ItemGatherer()
        failed: list[Item] = []
        on_error = self.node.on_error
        for position, item in enumerate(self._batch):
            if self._run.is_canceled():
                raise Canceled
            if is_late():
                raise NodeError("There is no time left for this item.", kind="node_timeout", item=position)
            try:
                answer = work(item, position)
            except NodeError as error:
                if error.item is None:
                    error.item = position
                if on_error == "stop":
                    raise
                told = error.to_data()
                if on_error == "error_output":
                    failed.append(item.failed(told, (Pair(position),)))
                else:
                    made.add(Item(item.json, item.binary, (Pair(position),), told))
                continue
            for one in _paired(answer, position):
                made.add(one)
        return NodeResult({self._call.compiled.first_output: made.batch()}, failed=failed)


def expression_failure(error: ExpressionError, parameter: str, item: int | None) -> NodeError:
    """An expression's error as the node's, with parameter, item, line and column."""
    own = isinstance(error, HostError) and error.code not in _EXPRESSION_CODES
    return NodeError(
        error.message,
        kind=error.code if own else "expression_error",
        parameter=parameter,
        item=item,
        details={"line": error.line, "column": error.column, "code": error.code},
    )


def _paired(answer: Item | Sequence[Item] | None, position: int) -> list[Item]:
    if answer is None:
        return []
    items = [answer] if isinstance(answer, Item) else list(answer)
    for item in items:
        if item.paired is None:
            item.paired = (Pair(position),)
    return items

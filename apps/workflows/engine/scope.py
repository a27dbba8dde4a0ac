"""The names that an expression may use: ``$json``, ``$input``, ``$("Node")`` and their like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.lineage import LineageLost, follow
from apps.workflows.engine.roots import CustomData, ItemsView, NodesByName, NodeView, Record, json_of
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.engine.scripts import ScriptRound
from exprsn.kernel.expressions import UNDEFINED, HostFunction, Script, date_time

_NO_ITEM = Item({})


class ItemScope:
    """The scope of one item of one node run. Roots are made when they are asked for."""

    __slots__ = ("_batch", "_call", "_run", "_scripts", "index")

    def __init__(
        self, run: RunContext, call: NodeCall, batch: ItemBatch, index: int, scripts: ScriptRound | None = None
    ) -> None:
        self._scripts = scripts
        self._run = run
        self._call = call
        self._batch = batch
        self.index = index

    def resolve(self, name: str) -> Any:
        """The value of a root name; UNDEFINED for one that does not exist."""
        if name == "$json":
            return self.item.json
        make = _ROOTS.get(name)
        return UNDEFINED if make is None else make(self)

    def script_value(self, script: Script, *, as_text: bool) -> Any:
        """The value of an expression that needs the sandbox."""
        if self._scripts is None:
            raise script.refused()
        return self._scripts.value(script, self.index, self, as_text=as_text)

    @property
    def item(self) -> Item:
        """The item that the expression is about; an empty one when nothing arrived."""
        return self._batch[self.index] if self.index < len(self._batch) else _NO_ITEM

    def node_view(self, name: Any) -> NodeView:
        """``$("name")``."""
        return NodeView(str(name), self._run.scheduler, self._call, self._paired)

    def _paired(self, node_id: str, index: int | None) -> Item:
        scheduler = self._run.scheduler
        return follow(scheduler, self._call, self.index if index is None else index, node_id)

    def binary(self) -> Any:
        """``$binary``."""
        return self.item.binary or {}

    def input_view(self) -> ItemsView:
        """``$input``."""
        return ItemsView(self._batch, self.index, params=dict(self._call.compiled.node.parameters))

    def input_items(self) -> list[dict[str, Any]]:
        """What arrived, as expressions see it."""
        return [json_of(item) for item in self._batch]

    def items_function(self) -> HostFunction:
        """``$items(node?, output?, run?)``."""

        def items(*arguments: Any) -> Any:
            if not arguments:
                return self.input_items()
            return self.node_view(arguments[0]).all_items(*arguments[1:3])

        return HostFunction(items, "$items")

    def workflow(self) -> Record:
        """``$workflow``."""
        run = self._run
        return Record({"id": run.workflow_id, "name": run.workflow_name, "active": run.workflow_active})

    def execution(self) -> Record:
        """``$execution``."""
        data = self.execution_data()
        key = f"{data['idempotencyKey']}:{self.index}"
        return Record({**data, "idempotencyKey": key, "customData": CustomData(dict(self._run.custom_data))})

    def execution_data(self) -> dict[str, Any]:
        """``$execution`` as JSON; of the idempotency key what all items share."""
        run = self._run
        mode = "test" if run.mode in BY_HAND else "production"
        addresses = run.resume_at()
        return {
            "id": run.execution_id,
            "mode": mode,
            "resumeUrl": addresses.call,
            "resumeFormUrl": addresses.form,
            "idempotencyKey": f"{run.execution_id}:{self._call.compiled.id}:{self._call.run_index}",
            "customData": dict(run.custom_data),
        }

    def trigger(self) -> Any:
        """``$trigger``: the JSON of the first item that started the run."""
        entries = self._run.scheduler.entries
        batch = entries[0].first_output() if entries else self._batch
        return batch[0].json if batch else {}

    def previous(self) -> Record:
        """``$prevNode``."""
        source = next(iter(self._call.sources.values()), None)
        if source is None:
            return Record({})
        entry = self._run.scheduler.entries[source.order]
        node = self._run.scheduler.graph.node(entry.node_id)
        return Record({"name": node.name, "outputName": source.port, "runIndex": entry.run_index})

    def now(self) -> Any:
        """``$now`` in the workflow's zone."""
        return date_time(self._run.ports.clock.now(), self._run.timezone)

    def today(self) -> Any:
        """``$today``: midnight in the workflow's zone."""
        return date_time(self._run.ports.clock.now(), self._run.timezone).start_of("day")

    @property
    def run(self) -> RunContext:
        """The execution."""
        return self._run

    @property
    def call(self) -> NodeCall:
        """The node run."""
        return self._call


_ROOTS: dict[str, Callable[[ItemScope], Any]] = {
    "$": lambda scope: HostFunction(scope.node_view, "$"),
    "$binary": ItemScope.binary,
    "$input": ItemScope.input_view,
    "$node": lambda scope: NodesByName(scope.node_view),
    "$items": ItemScope.items_function,
    "$item": lambda scope: json_of(scope.item),
    "$itemIndex": lambda scope: scope.index,
    "$position": lambda scope: scope.index,
    "$runIndex": lambda scope: scope.call.run_index,
    "$workflow": ItemScope.workflow,
    "$execution": ItemScope.execution,
    "$trigger": ItemScope.trigger,
    "$vars": lambda scope: dict(scope.run.variables),
    "$env": lambda scope: dict(scope.run.environment),
    "$now": ItemScope.now,
    "$today": ItemScope.today,
    "$prevNode": ItemScope.previous,
    "$parameter": lambda scope: dict(scope.call.compiled.node.parameters),
    "$mode": lambda scope: scope.run.mode,
}

__all__ = ["ItemScope", "LineageLost"]

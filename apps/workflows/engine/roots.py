"""Values that the host lends to expressions: only named members, nothing of Python's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from apps.workflows.engine.items import EMPTY, Item, ItemBatch
from apps.workflows.engine.journal import JournalEntry
from apps.workflows.engine.lineage import LineageLost
from apps.workflows.engine.scheduler import NodeCall, Scheduler
from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import UNDEFINED, HostError, HostFunction, HostObject

FindPaired = Callable[[str, int | None], Item]


class NodeNotThere(HostError):
    """An expression names a node that the workflow does not have, or that has not run."""

    default_code = "node_not_found"


def _whole(value: Any) -> int | None:
    """A position as expressions write it; None for what is none, such as ``NaN`` or ``-1``."""
    if isinstance(value, int | float) and value >= 0 and value == value // 1:
        return int(value)
    return None


def json_of(item: Item) -> dict[str, Any]:
    """An item as expressions see it."""
    view: dict[str, Any] = {"json": item.json}
    if item.binary is not None:
        view["binary"] = item.binary
    if item.error is not None:
        view["error"] = item.error
    return view


class Record(HostObject):
    """A handful of named values."""

    __slots__ = ("_members",)

    def __init__(self, members: Mapping[str, Any]) -> None:
        self._members = members

    def get_member(self, name: str) -> Any:
        return self._members.get(name, UNDEFINED)

    def to_json(self) -> Any:
        return dict(self._members)


class ItemsView(HostObject):
    """``$input``: the items that arrived."""

    __slots__ = ("_batch", "_index", "_params")

    def __init__(self, batch: ItemBatch, index: int, params: Mapping[str, Any]) -> None:
        self._batch = batch
        self._index = index
        self._params = params

    def get_member(self, name: str) -> Any:
        batch = self._batch
        if name == "item":
            return json_of(batch[self._index]) if self._index < len(batch) else UNDEFINED
        if name == "all":
            return HostFunction(lambda *_: [json_of(item) for item in batch], "all")
        if name == "first":
            return HostFunction(lambda *_: json_of(batch[0]) if batch else UNDEFINED, "first")
        if name == "last":
            return HostFunction(lambda *_: json_of(batch[-1]) if batch else UNDEFINED, "last")
        if name == "params":
            return dict(self._params)
        return UNDEFINED

    def to_json(self) -> Any:
        return [json_of(item) for item in self._batch]


class NodeView(HostObject):
    """``$("Node")``: what a node put out, in the same run where it can be, else in its last."""

    __slots__ = ("_call", "_find_paired", "_id", "_name", "_scheduler")

    def __init__(self, name: str, scheduler: Scheduler, call: NodeCall, find_paired: FindPaired) -> None:
        self._name = name
        self._scheduler = scheduler
        self._call = call
        self._find_paired = find_paired
        node_id = scheduler.graph.id_of(name)
        if node_id is None:
            raise NodeNotThere(f"There is no node called “{name}” in this workflow.")
        self._id = node_id

    def get_member(self, name: str) -> Any:
        if name == "item":
            return json_of(self._find_paired(self._id, None))
        if name == "json":
            return self._paired_or_first().json
        if name == "binary":
            return self._paired_or_first().binary or {}
        if name == "isExecuted":
            return bool(self._scheduler.seen_by(self._call, self._id)[0])
        if name == "params":
            return dict(self._scheduler.graph.node(self._id).parameters)
        if name == "runIndex":
            return self._entry().run_index
        if name == "context":
            return dict(self._entry().state or {})
        function = self._functions().get(name)
        return UNDEFINED if function is None else HostFunction(function, name)

    def all_items(self, port: Any = UNDEFINED, run: Any = UNDEFINED) -> list[dict[str, Any]]:
        """Every item of an output (else of the first that holds any) in a run (else in the one at hand)."""
        return [json_of(item) for item in self._batch(port, run=run)]

    def to_script(self, positions: int) -> dict[str, Any]:
        """The node for an evaluator, as JSON: each item once, and where it stands in which run and output."""
        pool: list[dict[str, Any]] = []
        known: dict[int, int] = {}

        def place(item: Item) -> int:
            if id(item) not in known:
                known[id(item)] = len(pool)
                pool.append(json_of(item))
            return known[id(item)]

        entries, _ = self._scheduler.seen_by(self._call, self._id)
        ports = self._scheduler.graph.compiled(self._id).outputs
        params = dict(self._scheduler.graph.node(self._id).parameters)
        described: dict[str, Any] = {"name": self._name, "executed": bool(entries), "params": params, "pool": pool}
        try:
            entry = self._entry()
        except NodeNotThere as error:
            return {**described, "not_run": error.message}
        runs = [_placed(one, ports, place) for one in entries]
        return {
            **described,
            "run_index": entry.run_index,
            "context": dict(entry.state or {}),
            "runs": runs,
            "outputs": runs[next(at for at, one in enumerate(entries) if one is entry)],
            "paired": [self._paired_place(position, place) for position in range(positions)],
        }

    def _paired_place(self, position: int, place: Callable[[Item], int]) -> Any:
        try:
            return place(self._find_paired(self._id, position))
        except DomainError as error:
            return [error.code, error.message]

    def to_json(self) -> Any:
        return self.all_items()

    def _functions(self) -> dict[str, Callable[..., Any]]:
        return {
            "all": lambda *ports: [json_of(item) for item in self._batch(*ports)],
            "first": lambda *ports: self._at(0, *ports),
            "last": lambda *ports: self._at(-1, *ports),
            "itemMatching": self._matching,
            "pairedItem": self._matching,
        }

    def _matching(self, index: Any = 0, *_: Any) -> Any:
        position = _whole(index)
        if position is None:
            raise LineageLost(f"The position of an item must be a whole number from 0, to find it in “{self._name}”.")
        return json_of(self._find_paired(self._id, position))

    def _at(self, index: int, *ports: Any) -> Any:
        batch = self._batch(*ports)
        return json_of(batch[index]) if batch else UNDEFINED

    def _paired_or_first(self) -> Item:
        try:
            return self._find_paired(self._id, None)
        except DomainError:
            batch = self._batch()
            if not batch:
                raise
            return batch[0]

    def _entry(self, run: Any = UNDEFINED) -> JournalEntry:
        entries, at_hand = self._scheduler.seen_by(self._call, self._id)
        if not entries:
            raise NodeNotThere(
                f"The node “{self._name}” has not run yet. Connect it before this node, or ask isExecuted first."
            )
        if run is not UNDEFINED and run is not None:
            position = _whole(run)
            if position is None or position >= len(entries):
                raise NodeNotThere(f"The node “{self._name}” has no run {run}.")
            return entries[position]
        return entries[at_hand]

    def _batch(self, *ports: Any, run: Any = UNDEFINED) -> ItemBatch:
        entry = self._entry(run)
        if ports and isinstance(ports[0], int | float):
            names = self._scheduler.graph.compiled(self._id).outputs
            position = _whole(ports[0])
            return EMPTY if position is None or position >= len(names) else entry.outputs.get(names[position], EMPTY)
        return entry.first_output()


def _placed(entry: JournalEntry, ports: Sequence[str], place: Callable[[Item], int]) -> list[list[int]]:
    """The positions of an entry's items, output by output; ports that the node no longer declares come last."""
    more = [port for port in entry.outputs if port not in ports]
    return [[place(item) for item in entry.outputs.get(port, EMPTY)] for port in (*ports, *more)]


class CustomData(Record):
    """``$execution.customData``: its members, ``get(name)`` and ``getAll()``."""

    __slots__ = ()

    def get_member(self, name: str) -> Any:
        if name == "get":
            return HostFunction(lambda key=UNDEFINED, *_: self._members.get(str(key), UNDEFINED), "get")
        if name == "getAll":
            return HostFunction(lambda *_: self.to_json(), "getAll")
        return super().get_member(name)


class NodesByName(HostObject):
    """``$node["Node"]``."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[Any], NodeView]) -> None:
        self._find = find

    def get_member(self, name: str) -> Any:
        return self._find(name)

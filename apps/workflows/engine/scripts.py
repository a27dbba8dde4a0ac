"""The expressions of a node that need the sandbox: all of them, for all of its items, in one round trip."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from apps.workflows.engine.ports import Evaluator, ScriptCall, ScriptFailure, ScriptOutcome
from apps.workflows.engine.roots import NodeNotThere, NodeView
from apps.workflows.engine.run_context import RunContext
from exprsn.kernel.expressions import ExpressionError, Script, Template

# What reaches into the items that arrived; everything else is sent only where it is named.
_ITEM_ROOTS = frozenset({"$json", "$binary", "$input", "$items", "$item"})
_NODE_ROOTS = frozenset({"$", "$node", "$items"})
_Asked = tuple[Script, bool]


class ScriptRound:
    """The scripts of some templates. They are evaluated when the first value is asked for."""

    __slots__ = ("_asked", "_positions", "_rows", "_run", "_templates")

    def __init__(self, run: RunContext, positions: int, templates: Callable[[], Iterable[Template]]) -> None:
        self._run = run
        self._positions = max(1, positions)
        self._templates = templates
        self._asked: dict[_Asked, int] = {}
        self._rows: list[list[ScriptOutcome]] | None = None

    def value(self, script: Script, index: int, scope: Any, *, as_text: bool) -> Any:
        """The value of a script for the item at a position. Raises ``ExpressionError``."""
        evaluator = self._run.ports.evaluator
        if evaluator is None:
            raise script.refused()
        if self._rows is None:
            self._rows = self._evaluated(evaluator, scope)
        outcome = self._rows[min(index, self._positions - 1)][self._asked[script, as_text]]
        if outcome.failure is not None:
            raise _error(script, outcome.failure)
        return outcome.value

    def _evaluated(self, evaluator: Evaluator, scope: Any) -> list[list[ScriptOutcome]]:
        for template in self._templates():
            for script in template.scripts:
                self._asked.setdefault((script, not template.is_single_block), len(self._asked))
        return evaluator.evaluate(
            [ScriptCall(script.source, script.lenient, as_text) for script, as_text in self._asked],
            world=_world(scope, [script for script, _ in self._asked], self._positions),
            items=self._positions,
            now=self._run.ports.clock.now(),
            timezone=self._run.timezone,
        )


def _error(script: Script, failure: ScriptFailure) -> ExpressionError:
    if failure.code == "expression_syntax_error" and script.is_doubtful:
        return script.refused()
    return script.error(failure.code, failure.message, failure.line, failure.column, in_lenient=failure.in_lenient)


def _world(scope: Any, scripts: Collection[Script], positions: int) -> dict[str, Any]:
    """What the scripts may see, as JSON: no more than their sources name."""
    names = frozenset().union(*(script.names for script in scripts))
    world: dict[str, Any] = {"nodes": _nodes(scope, scripts, positions) if names & _NODE_ROOTS else {}}
    if names & _ITEM_ROOTS:
        world["items"] = scope.input_items()
    for root, (member, read) in _MEMBERS.items():
        if root in names:
            world[member] = read(scope)
    if "$input" in names:
        world["parameters"] = _MEMBERS["$parameter"][1](scope)
    now = scope.now()
    world["now"] = {"ms": now.milliseconds(), "zone": scope.run.timezone}
    return world


_MEMBERS: Mapping[str, tuple[str, Any]] = {
    "$workflow": ("workflow", lambda scope: scope.workflow().to_json()),
    "$execution": ("execution", lambda scope: scope.execution_data()),
    "$trigger": ("trigger", lambda scope: scope.trigger()),
    "$vars": ("vars", lambda scope: dict(scope.run.variables)),
    "$env": ("env", lambda scope: dict(scope.run.environment)),
    "$prevNode": ("previous", lambda scope: scope.previous().to_json()),
    "$parameter": ("parameters", lambda scope: dict(scope.call.compiled.node.parameters)),
    "$mode": ("mode", lambda scope: scope.run.mode),
    "$runIndex": ("run_index", lambda scope: scope.call.run_index),
}


def _nodes(scope: Any, scripts: Collection[Script], positions: int) -> dict[str, Any]:
    """The nodes that the scripts name; all that have run where a name is only known when it is evaluated."""
    scheduler = scope.run.scheduler
    named: set[str] = set()
    for script in scripts:
        if script.node_names is None:
            named.update(scheduler.graph.node(node_id).name for node_id in scheduler.graph.ids())
        else:
            named.update(script.node_names)
    return {name: _node(scope, name, positions) for name in sorted(named)}


def _node(scope: Any, name: str, positions: int) -> dict[str, Any]:
    try:
        view: NodeView = scope.node_view(name)
    except NodeNotThere as error:
        return {"name": name, "missing": error.message}
    return view.to_script(positions)

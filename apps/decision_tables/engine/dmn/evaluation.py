"""Evaluating a DMN model: decisions in the order of their requirements, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from apps.decision_tables.engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
)
from apps.decision_tables.engine.dmn.runs import Run
from apps.decision_tables.engine.dmn.units import Unit
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.values import FeelFunction, Value
from exprsn.kernel.errors import NotFound


class DmnModel:
    """A DMN model ready to answer; texts are compiled when they are first needed, once."""

    def __init__(self, definitions: Definitions, imported: Mapping[str, Definitions] | None = None) -> None:
        self._unit = Unit(definitions, imported or {})

    def decide(self, name: str, inputs: Mapping[str, Value]) -> Value:
        """Return the value of a decision (by name or id) for inputs by name.

        Raises ``decision_not_found``, ``requirement_cycle`` and ``feel_limit``.
        """
        found = self._unit.named(name, Decision)
        if found is None:
            return self.invoke(name, inputs)
        run = Run(self._unit, inputs)
        return _recursing(lambda: run.value(found))

    def invoke(self, name: str, inputs: Mapping[str, Value]) -> Value:
        """Return the value of a decision service or business knowledge model for parameters by name."""
        found = self._unit.named(name, DecisionService, BusinessKnowledgeModel)
        if found is None:
            raise NotFound(f"The model has no decision named {name!r}.", code="decision_not_found")
        run = Run(self._unit, inputs)
        function = run.value(found)
        if not isinstance(function, FeelFunction):
            return None
        known = {name: value for name, value in inputs.items() if name in function.parameters}
        return _recursing(lambda: function.call_named(known))

    def has_many_outputs(self, name: str) -> bool:
        """Tell whether a decision service answers with a context of several decisions."""
        found = self._unit.named(name, DecisionService)
        return isinstance(found, DecisionService) and len(found.outputs) > 1


def _recursing(work: Callable[[], Value]) -> Value:
    try:
        return work()
    except RecursionError:
        raise FeelLimit("The expressions of the model are nested too deep.") from None


def evaluate_decision(
    definitions: Definitions,
    name: str,
    inputs: Mapping[str, Value],
    imported: Mapping[str, Definitions] | None = None,
) -> Value:
    """Return the value of one decision; keep a ``DmnModel`` for more than one call."""
    return DmnModel(definitions, imported).decide(name, inputs)


def evaluate_service(
    definitions: Definitions,
    name: str,
    inputs: Mapping[str, Value],
    imported: Mapping[str, Definitions] | None = None,
) -> Value:
    """Return what a decision service answers; keep a ``DmnModel`` for more than one call."""
    return DmnModel(definitions, imported).invoke(name, inputs)

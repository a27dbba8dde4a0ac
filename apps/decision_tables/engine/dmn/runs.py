"""One call of a model: what was given, and what has been worked out so far.

Elements are worked out in the order of their requirements without recursion, so that a long chain of decisions
cannot exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from apps.decision_tables.engine.dmn.functions import ModelFunction
from apps.decision_tables.engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    DrgElement,
    InputData,
    Reference,
    Variable,
)
from apps.decision_tables.engine.dmn.units import Resolved, Unit
from apps.decision_tables.engine.feel.evaluation.scope import Run as FeelRun
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.values import Value
from exprsn.kernel.errors import InvalidInput

Key: TypeAlias = tuple[tuple[str, ...], int]
_NEW, _RUNNING = object(), object()


class Run:
    """The state of one call; services run in runs of their own that share its work limit."""

    def __init__(
        self,
        unit: Unit,
        inputs: Mapping[str, Value],
        *,
        scope: Scope | None = None,
        known: Mapping[Key, Value] | None = None,
    ) -> None:
        self._unit = unit
        self._inputs = inputs
        self.scope = scope if scope is not None else Scope({}, run=FeelRun(types=unit.feel_types))
        self._values: dict[Key, object] = dict(known or {})

    def value(self, element: DrgElement) -> Value:
        """Return the value of an element of the run's own model."""
        return self._value(Resolved(self._unit, (), element))

    def _value(self, wanted: Resolved) -> Value:
        waiting = [wanted]
        while waiting:
            found = waiting[-1]
            state = self._values.get(_key(found), _NEW)
            if state is _NEW:
                self._values[_key(found)] = _RUNNING
                waiting.extend(self._missing(found))
            elif state is _RUNNING:
                self._values[_key(found)] = self._work_out(found)
            else:
                waiting.pop()
        return self._values[_key(wanted)]

    def _missing(self, found: Resolved) -> list[Resolved]:
        missing = []
        for _path, required in self._required(found):
            state = self._values.get(_key(required), _NEW)
            if state is _RUNNING:
                raise _cycle(required)
            if state is _NEW:
                missing.append(required)
        return missing

    def _required(self, found: Resolved) -> Iterator[tuple[tuple[str, ...], Resolved]]:
        references: tuple[Reference, ...] = ()
        if isinstance(found.element, (Decision, BusinessKnowledgeModel)):
            references = found.element.requirements
        for reference in references:
            required = found.unit.resolve(reference)
            if required is not None and required.element is not found.element:
                yield required.path, Resolved(required.unit, found.path + required.path, required.element)

    def _work_out(self, found: Resolved) -> Value:
        element = found.element
        if isinstance(element, InputData):
            return found.unit.types.accept(self._given(found), element.variable.type_ref, self.scope)
        if isinstance(element, DecisionService):
            return self._service(found, element)
        names = self._names_of(found)
        scope = Scope(names, run=self.scope.run)
        value = found.unit.logic(element)(scope)
        if isinstance(element, Decision):
            return found.unit.types.accept(value, element.variable.type_ref, scope)
        names[element.variable.name] = value  # a function may call itself
        return value

    def _names_of(self, found: Resolved) -> dict[str, Value]:
        names: dict[str, Value] = {}
        for path, required in self._required(found):
            place = names
            for alias in filter(None, path):
                inner = place.setdefault(alias, {})
                place = inner if isinstance(inner, dict) else {}
            place[required.element.variable.name] = self._values[_key(required)]
        return names

    def _given(self, found: Resolved) -> Value:
        name = found.element.variable.name
        place: object = self._inputs
        for alias in filter(None, found.path):
            place = place.get(alias) if isinstance(place, Mapping) else None
        if found.path and isinstance(place, Mapping) and name in place:
            return place[name]
        qualified = ".".join((*filter(None, found.path), name))
        return self._inputs.get(qualified, self._inputs.get(name, self._inputs.get(found.element.name)))

    def _service(self, found: Resolved, service: DecisionService) -> Value:
        given = [self._at(found, reference) for reference in (*service.input_data, *service.input_decisions)]
        parameters = [Variable(item.element.variable.name, item.element.variable.type_ref) for item in given if item]
        keys = [_key(item) for item in given if item]
        outputs = [item for reference in service.outputs if (item := self._at(found, reference)) is not None]

        def answer(taken: dict[str, Value]) -> Value:
            run = Run(self._unit, {}, scope=self.scope, known=dict(zip(keys, taken.values(), strict=True)))
            if len(outputs) == 1:
                return run._value(outputs[0])
            return {item.element.variable.name: run._value(item) for item in outputs}

        wanted = found.unit.types.result_type(service.variable.type_ref)
        return ModelFunction(parameters, wanted, answer, found.unit.types, self.scope)

    @staticmethod
    def _at(found: Resolved, reference: Reference) -> Resolved | None:
        required = found.unit.resolve(reference)
        if required is None:
            return None
        return Resolved(required.unit, found.path + required.path, required.element)


def _key(found: Resolved) -> Key:
    return found.path, id(found.element)


def _cycle(found: Resolved) -> InvalidInput:
    name = found.element.name
    return InvalidInput(
        f"The decision {name!r} requires itself, directly or through others. Remove one of the requirements.",
        code="requirement_cycle",
        params={"path": [name]},
    )

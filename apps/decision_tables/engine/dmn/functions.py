"""Functions that a model defines: business knowledge models, boxed functions, decision services."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from apps.decision_tables.engine.dmn.model import FunctionDefinition, Variable
from apps.decision_tables.engine.dmn.toolbox import Closure, Names, Toolbox, nothing
from apps.decision_tables.engine.dmn.types import ModelTypes
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.type_tree import FunctionType
from apps.decision_tables.engine.feel.types import TypedFunction
from apps.decision_tables.engine.feel.values import Value

Body: TypeAlias = Callable[[dict[str, Value]], Value]


class ModelFunction(TypedFunction):
    """A function with typed parameters; arguments or a result of another type make it null."""

    __slots__ = ("_body", "_parameters", "_result_type", "_scope", "_types")

    def __init__(
        self, parameters: Sequence[Variable], result_type: str, body: Body, types: ModelTypes, scope: Scope
    ) -> None:
        self._parameters = tuple(parameters)
        self._result_type = result_type
        self._body = body
        self._types = types
        self._scope = scope

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, in order."""
        return tuple(parameter.name for parameter in self._parameters)

    @property
    def type(self) -> FunctionType:
        """The function's type, as its parameters and its result say."""
        taken = tuple(self._types.named(parameter.type_ref) for parameter in self._parameters)
        return FunctionType(taken, self._types.named(self._result_type))

    def call(self, args: Sequence[Value]) -> Value:
        """The value for arguments by position."""
        if len(args) != len(self._parameters):
            return None
        taken: dict[str, Value] = {}
        for parameter, given in zip(self._parameters, args, strict=True):
            value = self._types.accept(given, parameter.type_ref, self._scope)
            if given is not None and value is None:
                self._scope.run.warn(f"The argument {parameter.name!r} is not of the type {parameter.type_ref}.")
                return None
            taken[parameter.name] = value
        run = self._scope.run
        run.enter()
        try:
            return self._types.accept(self._body(taken), self._result_type, self._scope)
        finally:
            run.leave()

    def call_named(self, args: Mapping[str, Value]) -> Value:
        """The value for arguments by name; a parameter that is left out is null."""
        names = self.parameters
        if not args.keys() <= set(names):
            return None
        return self.call([args.get(name) for name in names])


def compile_function(definition: FunctionDefinition, names: Names, tools: Toolbox, result_type: str = "") -> Closure:
    """Return what makes the function in a scope; null for functions in other languages."""
    if definition.kind.upper() != "FEEL":
        return nothing
    parameters = definition.parameters
    body = tools.boxed(definition.body, names | {parameter.name for parameter in parameters})
    wanted = (definition.body.type_ref if definition.body is not None else "") or result_type

    def make(scope: Scope) -> Value:
        return ModelFunction(parameters, wanted, lambda taken: body(scope.child(taken)), tools.types, scope)

    return make

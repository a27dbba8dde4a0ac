"""Calls of functions and the functions that expressions define."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.evaluation.closures import Build, Closure, Constant
from apps.decision_tables.engine.feel.evaluation.inference import function_type
from apps.decision_tables.engine.feel.evaluation.scope import Run, Scope
from apps.decision_tables.engine.feel.syntax.nodes import Call, Expression, FunctionLiteral, Name, NamedCall, size_of
from apps.decision_tables.engine.feel.type_tree import ANY, FunctionType
from apps.decision_tables.engine.feel.types import FeelType, TypedFunction, coerce
from apps.decision_tables.engine.feel.values import FeelFunction, Value

_Find: TypeAlias = Callable[[Scope], FeelFunction | None]
_ALWAYS_THE_SAME = frozenset({"date", "time", "date and time", "duration", "years and months duration", "number"})


class Lambda(TypedFunction):
    """A function that an expression defines; it sees the names of the place where it was defined."""

    __slots__ = ("_body", "_names", "_result", "_scope", "_type", "_types", "_weight")

    def __init__(
        self,
        names: Sequence[str],
        body: Closure,
        scope: Scope,
        *,
        types: Sequence[FeelType | None] = (),
        result: FeelType | None = None,
        weight: int = 1,
        known_type: FunctionType | None = None,
    ) -> None:
        self._names = tuple(names)
        self._types = tuple(types) or (None,) * len(self._names)
        self._result = result
        self._type = known_type
        self._body = body
        self._scope = scope
        self._weight = weight

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters."""
        return self._names

    @property
    def type(self) -> FunctionType:
        """Its type: what is not said is ``Any``."""
        return self._type or FunctionType(tuple(type_ or ANY for type_ in self._types), self._result or ANY)

    def call(self, args: Sequence[Value]) -> Value:
        """The value of the body; null for too few or too many arguments, or one of another type."""
        run = self._scope.run
        if len(args) != len(self._names):
            run.warn(f"The function takes {len(self._names)} arguments, not {len(args)}.")
            return None
        names: dict[str, Value] = {}
        for name, type_, value in zip(self._names, self._types, args, strict=True):
            names[name] = value if type_ is None else coerce(value, type_, run.types)
            if names[name] is None and value is not None:
                run.warn(f"The argument `{name}` is of another type than the function asks for.")
                return None
        return self._run(run, names)

    def _run(self, run: Run, names: Mapping[str, Value]) -> Value:
        run.spend(1 + (self._weight >> 2))
        run.enter()
        try:
            value = self._body(self._scope.child(names))
        finally:
            run.leave()
        return value if self._result is None else coerce(value, self._result, run.types)

    def call_named(self, args: Mapping[str, Value]) -> Value:
        """The same with arguments by name; null unless exactly the parameters are named."""
        if set(args) != set(self._names):
            self._scope.run.warn(f"The function's parameters are {', '.join(self._names) or 'none'}.")
            return None
        return self.call([args[name] for name in self._names])


def build_function(node: FunctionLiteral, build: Build) -> Closure:
    """The function as a value."""
    body = _refused if node.external else build(node.body)
    names = [parameter.name for parameter in node.parameters]
    types = [parameter.type for parameter in node.parameters]
    weight, known_type = size_of(node.body), function_type(node.parameters, node.body, {})
    return lambda scope: Lambda(names, body, scope, types=types, weight=weight, known_type=known_type)


def _refused(scope: Scope) -> Value:
    scope.run.warn("External functions are not available.")
    return None


def build_call(node: Call, build: Build) -> Closure:
    """A call with arguments by position."""
    find, arguments = _function(node.function, build), [build(argument) for argument in node.arguments]
    known = _known_result(node, arguments)

    def run(scope: Scope) -> Value:
        function = find(scope)
        if function is None:
            return None
        if known is not None and function is known[0]:
            return known[1]
        return invoke(function, [argument(scope) for argument in arguments], scope)

    return run


def _known_result(node: Call, arguments: list[Closure]) -> tuple[FeelFunction, Value] | None:
    """The result of calls such as ``date("2026-01-31")``, which is worked out once."""
    if not isinstance(node.function, Name) or node.function.name not in _ALWAYS_THE_SAME:
        return None
    built_in = FUNCTIONS[node.function.name]
    values = [argument.value for argument in arguments if isinstance(argument, Constant)]
    if len(values) < len(arguments):
        return None
    result = built_in.call(values)
    return None if result is None else (built_in, result)


def invoke(function: FeelFunction, arguments: Sequence[Value], scope: Scope) -> Value:
    """The result of a call; built-in functions pay for what they are given and what they make."""
    if isinstance(function, Lambda):
        return function.call(arguments)
    run = scope.run
    run.spend(1)
    for argument in arguments:
        run.charge(argument)
    result = function.call(arguments)
    run.charge(result)
    return result


def build_named_call(node: NamedCall, build: Build) -> Closure:
    """A call with arguments by name; null if one is there twice."""
    find = _function(node.function, build)
    arguments = [(argument.name, build(argument.value)) for argument in node.arguments]
    twice = len({name for name, _ in arguments}) < len(arguments)

    def run(scope: Scope) -> Value:
        function = find(scope)
        if function is None or twice:
            return None
        values = {name: argument(scope) for name, argument in arguments}
        scope.run.spend(1)
        for value in values.values():
            scope.run.charge(value)
        result = function.call_named(values)
        scope.run.charge(result)
        return result

    return run


def _function(node: Expression, build: Build) -> _Find:
    if isinstance(node, Name):
        name = node.name
        return lambda scope: scope.find_function(name)
    closure = build(node)

    def find(scope: Scope) -> FeelFunction | None:
        found = closure(scope)
        if isinstance(found, FeelFunction):
            return found
        scope.run.warn("What is called here is no function.")
        return None

    return find

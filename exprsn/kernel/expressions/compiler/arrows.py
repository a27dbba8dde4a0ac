"""Arrow functions and the patterns that take their arguments apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.coercion import property_key
from exprsn.kernel.expressions.compiler.context import Context
from exprsn.kernel.expressions.compiler.frames import Closure, Frame
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.iteration import entries_of
from exprsn.kernel.expressions.members import get_index
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.syntax.nodes import (
    Arrow,
    ListPattern,
    ObjectPattern,
    Parameter,
    Target,
    Variable,
)
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject, is_nothing

Bind = Callable[[Any, Frame], None]


class ArrowFunction(FunctionObject):
    """An arrow at run time, with the frame that it was made in."""

    __slots__ = ("_code", "_outer")

    def __init__(self, code: ArrowCode, outer: Frame) -> None:
        self._code = code
        self._outer = outer

    def invoke(self, run: Run, arguments: list[Any]) -> Any:
        code = self._code
        frame = Frame(run, [UNDEFINED] * code.size, self._outer)
        run.budget.enter()
        try:
            for at, (bind, rest) in enumerate(code.binds):
                if rest:
                    bind(arguments[at:], frame)
                else:
                    bind(arguments[at] if at < len(arguments) else UNDEFINED, frame)
            for bind, value in code.declarations:
                bind(value(frame), frame)
            return code.body(frame)
        finally:
            run.budget.leave()


class ArrowCode:
    """What all arrows made at one place share."""

    __slots__ = ("binds", "body", "declarations", "size")

    def __init__(self, node: Arrow, context: Context) -> None:
        scope = context.push_scope()
        self.binds = [(compile_bind(parameter, context), parameter.rest) for parameter in node.parameters]
        self.declarations: list[tuple[Bind, Closure]] = []
        for parameter, initial in node.declarations:
            # The value is compiled first: a declaration does not see itself.
            value = context.compile(initial)
            self.declarations.append((compile_bind(parameter, context), value))
        self.body = context.compile(node.body)
        self.size = len(scope)
        context.pop_scope()


def compile_arrow(node: Arrow, context: Context) -> Closure:
    """``(…) => …``."""
    code = ArrowCode(node, context)
    return lambda frame: ArrowFunction(code, frame)


def compile_bind(parameter: Parameter, context: Context) -> Bind:
    """What binds an argument to a parameter."""
    default = None if parameter.default is None else context.compile(parameter.default)
    bind = _target(parameter.target, context)
    if default is None:
        return bind

    def bind_or_default(value: Any, frame: Frame) -> None:
        bind(default(frame) if value is UNDEFINED else value, frame)

    return bind_or_default


def _target(target: Target, context: Context) -> Bind:
    if isinstance(target, Variable):
        place = context.declare(target.name)

        def bind(value: Any, frame: Frame) -> None:
            frame.values[place] = value

        return bind
    if isinstance(target, ListPattern):
        return _list_pattern(target, context)
    return _object_pattern(target, context)


def _list_pattern(pattern: ListPattern, context: Context) -> Bind:
    binds = [None if entry is None else (compile_bind(entry, context), entry.rest) for entry in pattern.entries]

    def bind(value: Any, frame: Frame) -> None:
        entries = entries_of(value)
        for at, entry in enumerate(binds):
            if entry is not None:
                one, rest = entry
                one(entries[at:] if rest else entries[at] if at < len(entries) else UNDEFINED, frame)

    return bind


def _object_pattern(pattern: ObjectPattern, context: Context) -> Bind:
    binds = [
        (None if key is None else context.compile(key), compile_bind(parameter, context))
        for key, parameter in pattern.members
    ]

    def bind(value: Any, frame: Frame) -> None:
        if is_nothing(value):
            raise ExpressionError("Undefined or null cannot be taken apart.")
        taken: set[str] = set()
        for key, one in binds:
            if key is None:
                members = value if isinstance(value, dict) else {}
                one({name: member for name, member in members.items() if name not in taken}, frame)
            else:
                name = property_key(key(frame), frame.run)
                taken.add(name)
                one(get_index(value, name, frame.run), frame)

    return bind

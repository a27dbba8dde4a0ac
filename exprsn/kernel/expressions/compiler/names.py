"""Names: variables of arrows, the language's own, and the roots of the scope."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.compiler.context import Context
from exprsn.kernel.expressions.compiler.frames import Closure, Frame
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.library.globals import GLOBALS, ROOTS
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.syntax.nodes import Name
from exprsn.kernel.expressions.syntax.words import TIER_2_NAMES, unsupported
from exprsn.kernel.expressions.values import UNDEFINED, type_of


def compile_name(node: Name, context: Context) -> Closure:
    """The closure that reads a name."""
    place = context.use(node.name)
    if place is not None:
        return read_variable(*place)
    if node.name in GLOBALS:
        value = GLOBALS[node.name]
        return lambda frame: value
    if node.name in TIER_2_NAMES:
        raise unsupported(f"“{node.name}”", node.at)
    context.root_names.add(node.name)
    return lambda frame: read_root(node.name, frame.run, node.at)


def read_root(name: str, run: Run, at: int) -> Any:
    """The value of a root name; the scope comes first, then what tier 1 has itself."""
    if name in ROOTS:
        return run.moment(name, ROOTS[name])
    value = run.scope.resolve(name)
    if value is not UNDEFINED:
        return value
    raise ExpressionError(f"{name} is not defined.", offset=at)


def read_variable(out: int, place: int) -> Closure:
    """The closure that reads a variable some frames out."""
    if out == 0:
        return lambda frame: frame.values[place]

    def read(frame: Frame) -> Any:
        found = frame
        for _ in range(out):
            assert found.parent is not None
            found = found.parent
        return found.values[place]

    return read


def compile_typeof_name(node: Name, context: Context) -> Closure:
    """``typeof name``, which does not fail for a name that does not exist."""
    closure = compile_name(node, context)
    if node.name not in context.root_names:
        return lambda frame: type_of(closure(frame))

    def read(frame: Frame) -> str:
        value = frame.run.scope.resolve(node.name)
        return type_of(closure(frame) if value is not UNDEFINED or node.name in ROOTS else UNDEFINED)

    return read

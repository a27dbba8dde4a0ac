"""From the tree to closures: an expression is compiled once and then only called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exprsn.kernel.expressions.compiler.arrows import compile_arrow
from exprsn.kernel.expressions.compiler.chains import compile_chain, plain_path
from exprsn.kernel.expressions.compiler.context import Compile, Context
from exprsn.kernel.expressions.compiler.frames import Closure, Frame
from exprsn.kernel.expressions.compiler.literals import (
    compile_entries,
    compile_list,
    compile_object,
    compile_template,
)
from exprsn.kernel.expressions.compiler.names import compile_name
from exprsn.kernel.expressions.compiler.operations import (
    compile_conditional,
    compile_logic,
    compile_operation,
    compile_unary,
)
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import apply_method
from exprsn.kernel.expressions.library.globals import MAKERS
from exprsn.kernel.expressions.syntax.nodes import (
    Arrow,
    Chain,
    Conditional,
    Constant,
    Group,
    ListLiteral,
    Logic,
    Name,
    New,
    Node,
    ObjectLiteral,
    Operation,
    TemplateLiteral,
    Unary,
)
from exprsn.kernel.expressions.values import UNDEFINED


@dataclass(frozen=True, slots=True)
class Code:
    """A compiled block: its closure, the root names and workflow nodes it uses, its path if it is only that."""

    closure: Closure
    root_names: frozenset[str]
    node_names: frozenset[str]
    plain_path: tuple[str, ...] | None


def compile_tree(node: Node) -> Code:
    """The code of a tree. Raises ``UnsupportedExpression`` for what needs tier 2."""
    context = Context(_TABLE)
    closure = context.compile(node)
    context.check_changes()
    return Code(closure, frozenset(context.root_names), frozenset(context.node_names), _path_of(node, context))


def _path_of(node: Node, context: Context) -> tuple[str, ...] | None:
    names: list[str] | None = []
    head = node
    if isinstance(node, Chain):
        head, names = node.head, plain_path(node)
    if names is None or not isinstance(head, Name) or head.name not in context.root_names:
        return None
    return (head.name, *names)


def _constant(node: Constant, context: Context) -> Closure:
    value = node.value
    return lambda frame: value


def _group(node: Group, context: Context) -> Closure:
    return context.compile(node.node)


def _new(node: New, context: Context) -> Closure:
    arguments, make, at = compile_entries(node.arguments, context), MAKERS[node.name], node.at

    def build(frame: Frame) -> Any:
        try:
            return apply_method(make, frame.run, UNDEFINED, arguments(frame))
        except ExpressionError as error:
            error.offset = at if error.offset is None else error.offset
            raise

    return build


_TABLE: dict[type, Compile] = {
    Constant: _constant,
    Name: compile_name,
    Group: _group,
    ListLiteral: compile_list,
    ObjectLiteral: compile_object,
    TemplateLiteral: compile_template,
    Unary: compile_unary,
    Operation: compile_operation,
    Logic: compile_logic,
    Conditional: compile_conditional,
    Arrow: compile_arrow,
    New: _new,
    Chain: compile_chain,
}

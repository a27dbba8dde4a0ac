"""Chains of members and calls: ``a.b[c]?.d(e)``, one step after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.coercion import property_key
from exprsn.kernel.expressions.compiler.context import Context
from exprsn.kernel.expressions.compiler.frames import Closure, Frame
from exprsn.kernel.expressions.compiler.literals import compile_entries
from exprsn.kernel.expressions.compiler.mutation import check_change
from exprsn.kernel.expressions.compiler.names import read_root
from exprsn.kernel.expressions.compiler.spelling import spell
from exprsn.kernel.expressions.errors import ExpressionError, NotCallable
from exprsn.kernel.expressions.members import call_member, call_value, get_index, get_member, has_callable
from exprsn.kernel.expressions.syntax.nodes import Call, Chain, Constant, Member, Name
from exprsn.kernel.expressions.values import UNDEFINED, is_nothing

Step = Callable[[Any, Frame], Any]
_STOP = object()


def compile_chain(node: Chain, context: Context) -> Closure:
    """The closure of a chain."""
    _note_nodes(node, context)
    path = plain_path(node)
    head = context.compile(node.head)
    if path is not None:
        is_root = isinstance(node.head, Name) and node.head.name in context.root_names
        return _root_path(node.head, path) if is_root and isinstance(node.head, Name) else _path(head, path)
    steps = _steps(node, context)

    def walk(frame: Frame) -> Any:
        value = head(frame)
        for step in steps:
            value = step(value, frame)
            if value is _STOP:
                return UNDEFINED
        return value

    return walk


def plain_path(node: Chain) -> list[str] | None:
    """The names of a chain that only reads members by constant names.

    Since a member of nothing is undefined, ``?.`` makes no difference in it.
    """
    names: list[str] = []
    for step in node.steps:
        if not isinstance(step, Member) or not isinstance(step.key, Constant):
            return None
        key = step.key.value
        if not isinstance(key, str) and (type(key) is not int or key < 0):
            return None
        names.append(str(key))
    return names


def _path(head: Closure, names: list[str]) -> Closure:
    def walk(frame: Frame) -> Any:
        value = head(frame)
        for name in names:
            value = value.get(name, UNDEFINED) if type(value) is dict else get_member(value, name)
        return value

    return walk


def _root_path(head: Name, names: list[str]) -> Closure:
    root, at = head.name, head.at

    def walk(frame: Frame) -> Any:
        value = read_root(root, frame.run, at)
        for name in names:
            value = value.get(name, UNDEFINED) if type(value) is dict else get_member(value, name)
        return value

    return walk


def _note_nodes(node: Chain, context: Context) -> None:
    if not isinstance(node.head, Name):
        return
    first = node.steps[0]
    if node.head.name in {"$", "$items"} and isinstance(first, Call) and first.arguments:
        argument = first.arguments[0]
        context.note_node(argument if isinstance(argument, Constant) else None)
    elif node.head.name == "$node" and isinstance(first, Member):
        context.note_node(first.key)


def _steps(node: Chain, context: Context) -> list[Step]:
    steps: list[Step] = []
    at = 0
    while at < len(node.steps):
        step = node.steps[at]
        following = node.steps[at + 1] if at + 1 < len(node.steps) else None
        if isinstance(step, Call):
            steps.append(_call(step, spell(node, at), context))
        elif isinstance(following, Call):
            check_change(node, at, context)
            steps.append(_method(step, following, spell(node, at + 1), context))
            at += 1
        else:
            steps.append(_member(step, context))
        at += 1
    return steps


def _member(node: Member, context: Context) -> Step:
    optional = node.optional
    if isinstance(node.key, Constant) and isinstance(node.key.value, str):
        name = node.key.value

        def named(value: Any, frame: Frame) -> Any:
            if optional and is_nothing(value):
                return _STOP
            return get_member(value, name)

        return named
    key = context.compile(node.key)

    def indexed(value: Any, frame: Frame) -> Any:
        if optional and is_nothing(value):
            return _STOP
        return get_index(value, key(frame), frame.run)

    return indexed


def _call(node: Call, label: str, context: Context) -> Step:
    arguments, optional, at = compile_entries(node.arguments, context), node.optional, node.at

    def call(value: Any, frame: Frame) -> Any:
        if optional and is_nothing(value):
            return _STOP
        given = arguments(frame)
        try:
            return call_value(value, given, frame.run)
        except ExpressionError as error:
            raise _placed(error, label, at) from None

    return call


def _method(member: Member, node: Call, label: str, context: Context) -> Step:
    key, arguments = context.compile(member.key), compile_entries(node.arguments, context)
    optional_member, optional_call, at = member.optional, node.optional, node.at

    def call(value: Any, frame: Frame) -> Any:
        if optional_member and is_nothing(value):
            return _STOP
        name = property_key(key(frame), frame.run)
        if optional_call and not has_callable(value, name):
            return _STOP
        given = arguments(frame)
        try:
            return call_member(value, name, given, frame.run)
        except ExpressionError as error:
            raise _placed(error, label, at) from None

    return call


def _placed(error: ExpressionError, label: str, at: int) -> ExpressionError:
    """The error with its place; what cannot be called is named."""
    if isinstance(error, NotCallable):
        return ExpressionError(f"{label} cannot be called: {error.message}.", offset=at)
    if error.offset is None:
        error.offset = at
    return error

"""Lists, objects and template texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from exprsn.kernel.expressions.budget import ENTRY_SIZE
from exprsn.kernel.expressions.coercion import property_key, to_primitive, to_text
from exprsn.kernel.expressions.compiler.context import Context
from exprsn.kernel.expressions.compiler.frames import Closure, Frame
from exprsn.kernel.expressions.iteration import entries_of
from exprsn.kernel.expressions.ordering import ordered_members
from exprsn.kernel.expressions.syntax.nodes import ListLiteral, Node, ObjectLiteral, Spread, TemplateLiteral
from exprsn.kernel.expressions.utf16 import whole

Entries = Callable[[Frame], list[Any]]


def compile_entries(nodes: Sequence[Node | Spread], context: Context) -> Entries:
    """The closure that makes the list of entries or arguments."""
    if not any(isinstance(node, Spread) for node in nodes):
        closures = [context.compile(node) for node in nodes if not isinstance(node, Spread)]
        return lambda frame: [closure(frame) for closure in closures]
    parts = [
        (isinstance(node, Spread), context.compile(node.node if isinstance(node, Spread) else node)) for node in nodes
    ]

    def make(frame: Frame) -> list[Any]:
        made: list[Any] = []
        for spread, closure in parts:
            if not spread:
                made.append(closure(frame))
                continue
            entries = entries_of(closure(frame))
            frame.run.budget.step(1 + (len(entries) >> 4))
            frame.run.budget.charge(len(entries) * ENTRY_SIZE)
            made.extend(entries)
        return made

    return make


def compile_list(node: ListLiteral, context: Context) -> Closure:
    """``[…]``."""
    entries = compile_entries(node.entries, context)

    def make(frame: Frame) -> list[Any]:
        made = entries(frame)
        frame.run.budget.charge(len(made) * ENTRY_SIZE)
        return made

    return make


def compile_object(node: ObjectLiteral, context: Context) -> Closure:
    """``{…}``."""
    members = [(None if key is None else context.compile(key), context.compile(value)) for key, value in node.members]

    def make(frame: Frame) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, closure in members:
            if key is not None:
                made[property_key(key(frame), frame.run)] = closure(frame)
                continue
            spread = members_of(closure(frame))
            frame.run.budget.step(1 + (len(spread) >> 4))
            made.update(spread)
        frame.run.budget.charge(len(made) * ENTRY_SIZE)
        return made

    return make


def members_of(value: Any) -> dict[str, Any]:
    """What ``...value`` brings into an object; nothing for values without members of their own."""
    if isinstance(value, dict):
        return dict(ordered_members(value))
    if isinstance(value, list | str):
        return {str(at): entry for at, entry in enumerate(value)}
    return {}


def compile_template(node: TemplateLiteral, context: Context) -> Closure:
    """A text in back ticks."""
    texts, blocks = node.texts, [context.compile(block) for block in node.blocks]

    def make(frame: Frame) -> str:
        run = frame.run
        parts = [texts[0]]
        for text, block in zip(texts[1:], blocks, strict=True):
            parts.append(to_text(to_primitive(block(frame), run, "string"), run))
            parts.append(text)
        made = whole("".join(parts))
        run.budget.charge(len(made))
        return made

    return make

"""What templates come to for the items of a rebuilt call: as in a run, but with each failure for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.workflows.engine.items import ItemBatch
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.engine.scope import ItemScope
from apps.workflows.engine.scripts import ScriptRound
from exprsn.kernel.deadlines import seconds_left
from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import (
    UNDEFINED,
    Budget,
    DateTime,
    ExpressionBudgetExceeded,
    ExpressionError,
    Template,
    compile_template,
    to_json,
)
from exprsn.kernel.expressions.budget import MAX_SECONDS

_Compiled = Template | str | DomainError
LATE = "The preview takes too long. Move the work to a code node."


@dataclass(frozen=True, slots=True)
class Shown:
    """What one template came to for one item: a value and the name of its type, or the error."""

    item: int
    value: Any = None
    type: str = "null"
    error: Mapping[str, Any] | None = None


def preview_texts(
    run: RunContext, call: NodeCall, batch: ItemBatch, texts: Mapping[str, str], items: Sequence[int]
) -> dict[str, list[Shown]]:
    """For each of the ``texts``, as a parameter holds them, what it comes to for the items at these positions.

    A text that does not begin with ``=`` is itself. Never raises for what is wrong with one of them. The time that
    is left in this context (``time_limit``) is what all of them share.
    """
    compiled = {key: _compiled(text) for key, text in texts.items()}
    templates = [template for template in compiled.values() if isinstance(template, Template)]
    scripts = ScriptRound(run, max(items, default=0) + 1, lambda: templates)
    show = _shower(lambda item: ItemScope(run, call, batch, item, scripts))
    # What needs the sandbox comes last: a script that never ends leaves the others their values.
    order = sorted(texts, key=lambda key: _needs_sandbox(compiled[key]))
    found = {key: [show(compiled[key], item) for item in items] for key in order}
    return {key: found[key] for key in texts}


def _needs_sandbox(template: _Compiled) -> bool:
    return isinstance(template, Template) and bool(template.scripts)


def _compiled(text: str) -> _Compiled:
    if not text.startswith("="):
        return text
    try:
        return compile_template(text[1:], scripts=True)
    except DomainError as error:
        return error


def _shower(scope: Callable[[int], ItemScope]) -> Callable[[_Compiled, int], Shown]:
    def show(template: _Compiled, item: int) -> Shown:
        if isinstance(template, str):
            return Shown(item, template, "string")
        try:
            if isinstance(template, DomainError):
                raise template
            value = template.evaluate(scope(item), _budget())
            made = to_json(value)
            return Shown(item, made, _type_of(value, made))
        except DomainError as error:
            return Shown(item, error=_told(error))

    return show


def _budget() -> Budget:
    left = seconds_left()
    if left is not None and left <= 0:
        raise ExpressionBudgetExceeded(LATE)
    return Budget(seconds=MAX_SECONDS if left is None else min(left, MAX_SECONDS))


def _told(error: DomainError) -> dict[str, Any]:
    line, column = (error.line, error.column) if isinstance(error, ExpressionError) else (None, None)
    return {"message": error.message, "code": error.code, "line": line, "column": column}


def _type_of(value: Any, made: Any) -> str:
    """The type of what an expression gave, by the name that people of JavaScript know; ``made``: as JSON."""
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, DateTime):
        return "date"
    return next((name for kind, name in _TYPES if isinstance(made, kind)), "null")


_TYPES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "boolean"),
    ((int, float), "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)

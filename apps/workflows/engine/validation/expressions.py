"""Expressions of a definition: what cannot be compiled, in either tier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from apps.workflows.engine.definition import Definition
from apps.workflows.engine.validation.faults import Fault
from exprsn.kernel.expressions import ExpressionError, Script, compile_template

Faulty = Mapping[Script, ExpressionError]
# Says which scripts are no JavaScript, and why.
CheckScripts = Callable[[Sequence[Script]], Faulty]


def faulty_scripts(definition: Definition, check: CheckScripts | None) -> Faulty:
    """The scripts of a definition that are mistakes; without an engine to ask, what tier 1 takes for one."""
    found: dict[Script, None] = {}
    for node in definition.nodes:
        for text in _texts([node.parameters, as_template(node.run_if) if node.run_if else ""]):
            try:
                found.update(dict.fromkeys(compile_template(text[1:], scripts=True).scripts))
            except ExpressionError:
                continue  # a fault of its own
    if check is None:
        return {script: script.refused() for script in found if script.is_doubtful}
    return check(list(found)) if found else {}


def as_template(text: str) -> str:
    """A condition as a template: an expression that stands alone becomes a block."""
    return text if text.startswith("=") else f"={{{{ {text} }}}}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith("="):
            yield value
    elif isinstance(value, Mapping | list):
        for member in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(member)


def expression_faults(path: str, value: Any, node_id: str, faulty: Faulty) -> list[Fault]:
    """Templates that cannot be compiled, at any depth."""
    if isinstance(value, str):
        return [_fault(path, error, node_id) for error in _errors(value, faulty)]
    if isinstance(value, dict):
        return [
            fault
            for name, member in value.items()
            for fault in expression_faults(f"{path}.{name}", member, node_id, faulty)
        ]
    if isinstance(value, list):
        return [
            fault
            for at, entry in enumerate(value)
            for fault in expression_faults(f"{path}[{at}]", entry, node_id, faulty)
        ]
    return []


def _errors(text: str, faulty: Faulty) -> list[ExpressionError]:
    if not text.startswith("="):
        return []
    try:
        scripts = compile_template(text[1:], scripts=True).scripts
    except ExpressionError as error:
        return [error]
    return [faulty[script] for script in scripts if script in faulty][:1]


def _fault(path: str, error: ExpressionError, node_id: str) -> Fault:
    return Fault(path, error.code, error.message, "error", node_id, error.line, error.column)

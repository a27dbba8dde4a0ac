"""Counting the expressions of imported nodes and finding those that the language does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.workflows.interchange.outcome import ImportReport
from exprsn.kernel.expressions import ExpressionError, compile_template

SHOWN = 80


def count_expressions(parameters: Any, node: str, report: ImportReport) -> None:
    """Count every template in a node's parameters as they were; warn of those that do not compile."""
    for path, text in templates_in(parameters, ""):
        report.expressions += 1
        try:
            template = compile_template(text[1:], scripts=True)
            if doubtful := next((script for script in template.scripts if script.is_doubtful), None):
                raise doubtful.refused()
        except ExpressionError as problem:
            shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
            report.warn(f"“{node}”: the expression in {path} is not supported: {problem.message} ({shown})")
        else:
            report.expressions_supported += 1


def templates_in(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Path and text of every template, at any depth."""
    if isinstance(value, str):
        if value.startswith("=") and "{{" in value:
            yield path, value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from templates_in(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            yield from templates_in(entry, f"{path}[{position}]")

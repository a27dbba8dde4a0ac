"""Every example of the documentation is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apps.decision_tables.engine.feel.comparing import same
from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.evaluate import test as passes

PAGE = (Path(__file__).parents[3] / "docs" / "feel.md").read_text()


def examples(kind: str) -> list[tuple[str, ...]]:
    blocks = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return [tuple(re.split(r"\s*// (?:→ )?| → ", line)) for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize(("text", "expected"), examples("feel"))
def test_an_expression(text: str, expected: str) -> None:
    assert same(evaluate(text), evaluate(expected))


@pytest.mark.parametrize(("cell", "value", "expected"), examples("unary-tests"))
def test_a_cell(cell: str, value: str, expected: str) -> None:
    assert passes(cell, evaluate(value)) is evaluate(expected)

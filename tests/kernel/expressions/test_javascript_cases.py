"""The shared table of cases: what tier 1 answers, and that JavaScript answers the same.

``cases/*.json`` hold ``[source, expected]`` pairs; ``cases/luxon`` those of the date API, recorded from Luxon 3.7.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.expressions.engines import node

_FOLDER = Path(__file__).parent / "cases"
# What ICU writes differs between its versions, so these are not checked against whatever Node is there.
_OWN_WORDS = {"locales"}


def _cases(folder: Path) -> list[Any]:
    return [
        pytest.param(source, expected, id=f"{path.stem}: {source[:60]}")
        for path in sorted(folder.glob("*.json"))
        for source, expected in json.loads(path.read_text())
    ]


@pytest.mark.parametrize(("source", "expected"), _cases(_FOLDER))
def test_javascript(source: str, expected: Any, evaluate: Callable[..., Any], shown: Callable[[Any], Any]) -> None:
    assert shown(evaluate(source)) == expected


@pytest.mark.parametrize(("source", "expected"), _cases(_FOLDER / "luxon"))
def test_luxon(source: str, expected: Any, evaluate: Callable[..., Any], shown: Callable[[Any], Any]) -> None:
    assert shown(evaluate(source)) == expected


@pytest.mark.parametrize("table", sorted(path.stem for path in _FOLDER.glob("*.json") if path.stem not in _OWN_WORDS))
def test_node_agrees_with_the_table(table: str) -> None:
    cases = json.loads((_FOLDER / f"{table}.json").read_text())
    assert node([source for source, _ in cases]) == [expected for _, expected in cases]

"""Cells as people write them. The same cases are held against the grid's reader."""

from __future__ import annotations

import contextlib
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from apps.decision_tables.interchange.cell_literals import NOTHING
from apps.decision_tables.interchange.cell_text import (
    BadCell,
    read_conditions,
    read_output,
    write_conditions,
    write_output,
)

CASES = json.loads((Path(__file__).parents[1] / "cell_text_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["conditions"], ids=lambda case: f"{case['text']} of {case['type']}")
def test_conditions(case: dict[str, Any]) -> None:
    column = {"name": "c", "type": case["type"], **({"operators": case["operators"]} if "operators" in case else {})}
    if case.get("fault"):
        with pytest.raises(BadCell, match=re.escape(case.get("message", "")) or None):
            read_conditions(case["text"], column)
        return
    assert read_conditions(case["text"], column) == case["tests"]
    assert read_conditions(write_conditions(case["tests"], column), column) == case["tests"]


@pytest.mark.parametrize("case", CASES["outputs"], ids=lambda case: f"{case['text']} of {case['type']}")
def test_answers(case: dict[str, Any]) -> None:
    if case.get("fault"):
        with pytest.raises(BadCell, match=re.escape(case.get("message", "")) or None):
            read_output(case["text"], case["type"])
        return
    assert read_output(case["text"], case["type"]) == case["value"]
    assert read_output(write_output(case["value"], case["type"]), case["type"]) == case["value"]


def test_nothing_said_is_no_answer() -> None:
    assert read_output("  ", "string") is NOTHING


@pytest.mark.parametrize(
    ("tests", "kind", "text"),
    [
        ([{"operator": ">=", "value": 100}], "number", ">= 100"),
        ([{"operator": "==", "value": "gold"}], "string", "gold"),
        ([{"operator": "==", "value": "a, b"}], "string", '"a, b"'),
        ([{"operator": "==", "value": "-"}], "string", '"-"'),
        ([{"operator": "between", "value": [18, 65]}], "number", "18..65"),
        ([{"operator": ">=", "value": 1}, {"operator": "<", "value": 5}], "number", "[1..5)"),
        ([{"operator": "in", "value": ["gold", "silver"]}], "string", "gold, silver"),
        ([{"operator": "in", "value": ["gold"]}], "string", 'in ("gold")'),
        ([{"operator": "isNotEmpty"}], "string", "is not empty"),
        ([{"operator": "in", "value": []}], "string", 'json: [{"operator":"in","value":[]}]'),
        ([{"feel": "? > x"}, {"feel": "? < y"}], "any", 'json: [{"feel":"? > x"},{"feel":"? < y"}]'),
    ],
)
def test_the_tidiest_text_is_written(tests: list[dict[str, Any]], kind: str, text: str) -> None:
    assert write_conditions(tests, {"name": "c", "type": kind}) == text


@pytest.mark.parametrize("text", ["json: [", "json: 5", 'json: [{"column": "b"}]', 'json: "\\u0000"', "json:"])
def test_what_is_no_exact_cell_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        read_conditions(text, {"name": "c", "type": "any"})


@pytest.mark.parametrize(
    "text",
    [
        " " * 4_999 + ".." + " " * 4_999 + "x",
        "a" + " " * 9_998 + "b",
        " and" * 2_500,
        "(" * 10_000,
        '"' * 9_999,
        '"' + "\\" * 9_998,
        "is " + " " * 9_990 + "x",
        "[" * 5_000 + "]" * 5_000,
        "1" * 10_000,
        "1," * 5_000,
        "1." * 5_000 + ",",
        "1,2" + " 1" * 4_998 + "x",
        "1e" + "9" * 9_000,
        "not(" * 2_500,
    ],
    ids=lambda text: text.strip()[:6],
)
@pytest.mark.parametrize("kind", ["string", "number", "any", "list", "duration"])
def test_no_text_takes_long(text: str, kind: str) -> None:
    started = time.thread_time()
    with contextlib.suppress(BadCell):
        read_conditions(text, {"name": "c", "type": kind})
    assert time.thread_time() - started < 0.25

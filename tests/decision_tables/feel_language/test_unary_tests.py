"""Cells: which values pass."""

from __future__ import annotations

from decimal import Decimal

import pytest

from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.evaluate import test as passes

CONTEXT = {"limit": Decimal(10), "open": True, "sizes": ["S", "M"], "adults": evaluate("[18..65)")}


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", "5", True),
        ("", "null", True),
        ("5", "5", True),
        ("< 10", "5", True),
        ("< limit", "10", False),
        ("!= 5", "5", False),
        ("< 10", "null", None),
        ("[18..65)", "65", False),
        ("]18..65]", "65", True),
        ("(18..65)", "18", False),
        ('["a".."c"]', '"b"', True),
        ('("a".."c")', '"c"', False),
        ("[1..5]", '"a"', None),
        ("adults", "18", True),
        ('"S", "M"', '"M"', True),
        ('"S", "M"', '"L"', False),
        ("sizes", '"M"', True),
        ("sizes", '["S", "M"]', True),
        ("[1, 2]", "2", True),
        ('not("S", "M")', '"L"', True),
        ('not("S", "M")', '"M"', False),
        ("not(< 5)", "null", None),
        ("not(? > 5) or ? > 7", "8", True),
        ("not(? > 5) or (? > 7)", "6", False),
        ("? * 2 > limit", "6", True),
        ("limit > 3", "1", True),
        ("limit < 3", '"x"', False),
        ("open", "false", False),
        ("true", "false", False),
        ("true", '"x"', None),
        ('contains(?, "a")', '"cat"', True),
        ("? + 0", "5", True),
        ('starts with(?, "a")', "null", None),
        ("?.a", "null", None),
        ("< ? + 1", "5", True),
        ("[? - 1..?]", "5", True),
        ("null", "null", True),
        ('date("2026-01-31")', '@"2026-01-31"', True),
        ('>= date("2026-01-31")', '@"2026-01-30"', False),
        ('"a", < 5', "true", None),
    ],
)
def test_a_cell(cell: str, value: str, expected: bool | None) -> None:
    assert passes(cell, evaluate(value), CONTEXT) is expected

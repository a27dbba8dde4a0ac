"""Real workflows: every expression in them compiles, at least 95 % of them in tier 1."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exprsn.kernel.expressions import UnsupportedExpression, compile_template
from exprsn.sandbox.expressions import ExpressionPool, ScriptSource


def _templates(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith("="):
            yield value[1:]
    elif isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _templates(member)


def test_expressions_of_real_workflows(record_property: Any) -> None:
    folder = os.environ.get("EXPRSN_CORPORA")
    files = sorted(Path(folder, "n8n").glob("*.json")) if folder else []
    if not files:
        pytest.skip("EXPRSN_CORPORA names no folder with workflows")
    found: Counter[str] = Counter()
    for file in files:
        for text in _templates(json.loads(file.read_text())):
            try:
                found["tier 1"] += len(compile_template(text).blocks)
            except UnsupportedExpression:
                found["tier 2"] += 1
    share = found["tier 1"] / found.total()
    record_property("tier 1 share", round(share, 4))
    assert found.total() > 1_000
    assert share >= 0.95


def test_what_tier_1_leaves_is_tier_2(pool: ExpressionPool) -> None:
    folder = os.environ.get("EXPRSN_CORPORA")
    files = sorted(Path(folder, "n8n").glob("*.json")) if folder else []
    if not files:
        pytest.skip("EXPRSN_CORPORA names no folder with workflows")
    texts = [text for file in files for text in _templates(json.loads(file.read_text()))]
    scripts = [script for text in texts for script in compile_template(text, scripts=True).scripts]
    assert scripts
    faults = pool.check_expressions([ScriptSource(script.source, script.lenient) for script in scripts])
    assert [fault for fault in faults if fault is not None] == []

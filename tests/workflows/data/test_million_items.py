"""1,000,000 items through a chain of pure nodes, in less than 300 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COUNT = 1_000_000


@pytest.mark.slow
@pytest.mark.timeout(1_000)
def test_a_million_items_stay_out_of_memory(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
        "EXPRSN_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    child = subprocess.run(
        [sys.executable, "-m", "tests.workflows.data.million", str(COUNT)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-2000:]
    told = json.loads(child.stdout.splitlines()[-1])
    assert told["status"] == "success", told
    assert told["items"] == {"start": COUNT, "first": COUNT, "if": COUNT, "second": COUNT // 2, "limit": 10}
    assert told["peak_mb"] < 300, told

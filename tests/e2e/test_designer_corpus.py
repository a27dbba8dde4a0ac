"""Workflows as people have drawn them open on the canvas: quickly, and without an error in the console."""

from __future__ import annotations

import json
import os
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.journeys import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.ui]

SAMPLE = 10
SECONDS = 1.5
# Beside other tests the machine is busy.
BUSY_SECONDS = 6.0


def _files() -> list[Path]:
    folder = os.environ.get("EXPRSN_CORPORA", "")
    return [path for path in sorted(Path(folder, "n8n").glob("*.json")) if path.name != "INDEX.json"] if folder else []


def _open_all(page: Page, server: Server, files: list[Path]) -> dict[str, float]:
    sign_in(page)
    took: dict[str, float] = {}
    for file in files:
        made: dict[str, Any] = server.call("POST", "/workflows/import/", json.loads(file.read_text()))["workflow"]
        begin = monotonic()
        page.goto(f"/workflows/{made['id']}/", wait_until="commit")
        first = page.locator(".react-flow__node, .start-card").first
        expect(first).to_be_visible(timeout=20_000)
        took[file.name] = monotonic() - begin
        expect(page.get_by_text("saved", exact=True)).to_be_visible()
    return took


def test_a_sample_of_real_workflows_opens(page: Page, server: Server) -> None:
    files = _files()
    if not files:
        pytest.skip("EXPRSN_CORPORA names no folder with workflows")
    took = _open_all(page, server, files[:: max(1, len(files) // SAMPLE)][:SAMPLE])
    assert {name: seconds for name, seconds in took.items() if seconds > BUSY_SECONDS} == {}


@pytest.mark.slow
def test_every_real_workflow_opens(page: Page, server: Server) -> None:
    files = _files()
    if not files:
        pytest.skip("EXPRSN_CORPORA names no folder with workflows")
    took = _open_all(page, server, files)
    middle = sorted(took.values())[len(took) // 2]
    print(f"{len(took)} workflows, median {middle:.2f} s, slowest {max(took.values()):.2f} s")
    assert {name: seconds for name, seconds in took.items() if seconds > SECONDS} == {}

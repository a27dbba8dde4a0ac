"""Runs that wait, stand still, or ask what became of a step."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import show_canvas, sign_in
from tests.workflows.main_job.definitions import MANUAL, chain

pytestmark = pytest.mark.e2e
A_DAY = ("Pause", "wait", {"mode": "duration", "amount": 1, "unit": "days"})
SINCE = "2026-01-01T00:00:00Z"
DOUBT = {"reason": "doubt", "since": SINCE, "by": None, "node": "Pause", "node_name": "Pause", "run_index": 0}


def waiting(page: Page, server: Server) -> Locator:
    """A run that waits for a day, on the canvas; its bar."""
    definition = chain(MANUAL, A_DAY)
    for at, node in enumerate(definition["nodes"]):
        node["position"] = {"x": 288 * at, "y": 0}
    workflow = server.call("POST", "/workflows/", {"name": "Patience", "definition": definition})["id"]
    page.set_viewport_size({"width": 1600, "height": 900})
    sign_in(page)
    show_canvas(page, workflow)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".card-node.run-waiting")).to_contain_text("waits until")
    return page.get_by_role("region", name="Run on the canvas")


def test_a_waiting_run_says_what_for_and_can_be_paused(page: Page, server: Server) -> None:
    bar = waiting(page, server)
    expect(bar.get_by_role("list", name="What the run waits for")).to_contain_text("Pause waits until")
    assert axe(page) == []
    bar.get_by_role("button", name="Pause the run").click()
    expect(bar).to_contain_text("The run stands still since")
    assert axe(page) == []
    bar.get_by_role("button", name="Let it go on").click()
    expect(bar).not_to_contain_text("stands still")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(bar.get_by_text("Canceled")).to_be_visible()


def test_what_is_in_doubt_is_asked(page: Page, server: Server) -> None:
    """A machine cannot be lost on demand here: the answers say that one was."""
    decided: list[Any] = []

    def doubted(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        if body.get("status") == "waiting" and not decided:
            body |= {"status": "paused", "pause": DOUBT}
        route.fulfill(response=answer, json=body)

    def decide(route: Route) -> None:
        decided.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(json={"execution": {"id": "x", "status": "queued"}})

    page.route("**/api/v1/executions/*/", doubted)
    page.route("**/api/v1/executions/*/resume/", decide)
    bar = waiting(page, server)
    question = bar.get_by_role("alert", name="A step is in doubt")
    expect(question).to_contain_text("It is not known whether “Pause” was done", timeout=15_000)
    assert axe(page) == []
    question.get_by_label("Items that the step put out, as JSON").fill('{"id": 17}')
    question.get_by_role("button", name="It was done").click()
    expect(question).to_have_count(0)
    assert decided == [{"decision": "done", "output": [{"json": {"id": 17}}]}]

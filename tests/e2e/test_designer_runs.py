"""Running a workflow on its canvas: live, dry, in parts, again from the past, and by a test call."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import show_canvas, sign_in
from tests.workflows.main_job.definitions import MANUAL, chain, fields, hook

pytestmark = pytest.mark.e2e
BUSY = ("busy", "code", {"code": "const end = Date.now() + 1500; while (Date.now() < end) {} return $input.all();"})
POST = ("post", "http_request", {"url": "http://127.0.0.1:9/orders", "method": "POST"})


def make(server: Server, *steps: tuple[str, str, dict[str, Any]]) -> str:
    """A workflow of these steps, side by side; its id."""
    definition = chain(*steps)
    for at, node in enumerate(definition["nodes"]):
        node["position"] = {"x": 288 * at, "y": 0}
    return str(server.call("POST", "/workflows/", {"name": "On the canvas", "definition": definition})["id"])


def opened(page: Page, workflow: str, query: str = "") -> Locator:
    """The designer with this workflow, signed in; the bar that tells of its run."""
    page.set_viewport_size({"width": 1760, "height": 900})
    sign_in(page)
    show_canvas(page, workflow, query)
    expect(page.locator(".dock")).to_be_visible()
    return page.get_by_role("region", name="Run on the canvas")


def press_run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def test_a_run_is_followed_and_its_failure_leads_to_the_step(page: Page, server: Server) -> None:
    bar = opened(page, make(server, MANUAL, BUSY, POST))
    press_run(page)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    expect(page.locator(".card-node.run-running")).to_contain_text("busy")
    expect(page.locator(".card-node.run-error")).to_contain_text("post")
    expect(page.get_by_role("status").filter(has_text="“post” failed")).to_be_attached()
    bar.get_by_role("button", name="Fix").click()
    expect(page.locator(".card-node.selected")).to_contain_text("post")
    page.get_by_role("slider", name="Step of the run").press("Home")
    page.get_by_role("button", name="One step on").click()
    expect(bar).to_contain_text("After step 1: start")
    expect(page.locator(".card-node:is(.run-success, .run-error)")).to_have_count(1)
    page.keyboard.press("Shift+L")
    page.get_by_role("list", name="Steps of the run").get_by_role("button", name="busy").click()
    expect(page.locator(".card-node.selected")).to_contain_text("busy")
    bar.get_by_role("button", name="Retry from here").click()
    expect(bar.get_by_text("The end")).to_be_visible()
    page.get_by_role("tab", name="Runs").click()
    expect(page.get_by_role("list", name="Runs").get_by_role("listitem")).to_have_count(2)
    assert axe(page) == []


def test_a_dry_run_with_data_shows_what_would_change(page: Page, server: Server) -> None:
    opened(page, make(server, MANUAL, POST))
    page.get_by_role("button", name="More ways to run").click()
    page.get_by_role("menuitem", name="Dry run").click()
    dialog = page.get_by_role("dialog", name="Dry run")
    dialog.get_by_label("Data, as JSON").fill('{"order": ')
    expect(dialog).to_contain_text("This is no JSON")
    assert axe(page) == []
    dialog.get_by_label("Data, as JSON").fill('{"order": 7}')
    dialog.get_by_role("button", name="Run dry").click()
    changes = page.get_by_role("region", name="What would have been changed")
    expect(changes).to_contain_text("http://127.0.0.1:9/orders")
    assert axe(page) == []


def test_a_past_run_of_another_version_is_shown_as_it_was(page: Page, server: Server) -> None:
    workflow = make(server, MANUAL, fields("first", a="1"), fields("next", b="2"), fields("last", c="3"))
    execution = server.call("POST", f"/workflows/{workflow}/execute/", {"wait": True})["execution"]["id"]
    # Without a live socket runs are followed by asking.
    page.add_init_script("delete window.WebSocket")
    bar = opened(page, workflow, f"?execution={execution}")
    expect(bar).to_contain_text("v1")
    expect(bar.get_by_role("button", name="Show version 1")).to_have_count(0)
    page.locator(".card-node", has_text="last").click()
    page.keyboard.press("Delete")
    expect(page.locator(".card-node")).to_have_count(3)
    expect(bar).to_contain_text("has changed since")
    bar.get_by_role("button", name="Show version 1").click()
    expect(page.locator(".card-node.run-success")).to_have_count(4)
    bar.get_by_role("button", name="Back to now").click()
    expect(page.locator(".card-node")).to_have_count(3)
    bar.get_by_role("button", name="Debug in the editor").click()
    expect(bar).to_contain_text("Parts run with the data of an earlier run")
    page.locator(".card-node", has_text="next").click()
    page.keyboard.press("Alt+Enter")
    expect(bar).not_to_contain_text("Run of")
    expect(bar).to_contain_text("Success")
    newest = server.call("GET", f"/executions/?workflow={workflow}")["items"][0]
    assert newest["partial"] == {"start_node": "next", "end_node": "next", "source_execution": execution}
    assert axe(page) == []


def test_a_test_call_arrives_on_the_canvas(page: Page, server: Server) -> None:
    bar = opened(page, make(server, hook("try-me"), fields("last", b="2")))
    page.get_by_role("button", name="More ways to run").click()
    page.get_by_role("menuitem", name="Listen for a test call").click()
    waiting = page.get_by_role("region", name="Waiting for a test call")
    expect(waiting).to_contain_text("/webhook-test/try-me")
    assert axe(page) == []
    request = urllib.request.Request(
        f"{server.base}/webhook-test/try-me",
        method="POST",
        data=json.dumps({"name": "Ada"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert json.loads(answer.read())["b"] == "2"
    expect(bar).to_contain_text("2 steps")
    expect(waiting).to_have_count(0)

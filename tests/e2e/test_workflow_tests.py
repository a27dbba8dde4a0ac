"""Tests of a workflow: recorded from a run, run, broken, mended, and asked before publishing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe, page_of
from tests.e2e.designer_places import card
from tests.e2e.journeys import show_canvas, sign_in
from tests.workflows.main_job.definitions import fields

pytestmark = pytest.mark.e2e
IS_LARGE = {
    "combinator": "and",
    "conditions": [{"left": "={{ $json.n }}", "operator": {"type": "number", "operation": "gt"}, "right": 10}],
}


@pytest.fixture
def page(browser_: Browser, server: Server) -> Iterator[Page]:
    """A page on which publishing may be refused."""
    yield from page_of(browser_, server, "light", 1600, expected="409 (Conflict)")


def definition() -> dict[str, Any]:
    """A number that is large or small: one branch is not taken."""
    steps = [
        ("start", "manual", {}, 0, 0),
        ("route", "if", {"conditions": IS_LARGE}, 288, 0),
        ("Large", *fields("Large", size="large")[1:], 576, -96),
        ("Small", *fields("Small", size="small")[1:], 576, 96),
    ]
    nodes = [
        {"id": name, "type": type, "name": name, "position": {"x": x, "y": y}, "parameters": parameters}
        for name, type, parameters, x, y in steps
    ]
    links = (("start", "main", "route"), ("route", "true", "Large"), ("route", "false", "Small"))
    connections = [{"source": a, "source_output": port, "target": b, "target_input": "main"} for a, port, b in links]
    return {"schema_version": 1, "nodes": nodes, "connections": connections, "variables": {}, "settings": {}}


def open_tests(page: Page) -> Locator:
    page.locator(".canvas").click(position={"x": 5, "y": 5})
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog", name="Tests")
    expect(dialog).to_be_visible()
    return dialog


def test_a_run_becomes_a_test_that_keeps_what_is_published_right(page: Page, server: Server) -> None:
    workflow = server.call("POST", "/workflows/", {"name": "Large or small", "definition": definition()})["id"]
    sign_in(page)
    show_canvas(page, workflow)
    page.get_by_role("button", name="Run", exact=True).click()
    bar = page.get_by_role("region", name="Run on the canvas")
    bar.get_by_role("button", name="Save as test").click()
    expect(page.get_by_text("Saved as the test")).to_be_visible()

    dialog = open_tests(page)
    dialog.get_by_role("button", name="Run all").click()
    expect(dialog.get_by_text("1 passed, 0 failed.")).to_be_visible()
    expect(dialog.get_by_role("region", name="Coverage")).to_contain_text("3 of 4 steps · 1 of 2 branches")
    assert axe(page) == []
    dialog.get_by_role("button", name="Show on the canvas").click()
    expect(page.locator(".card-node.uncovered")).to_contain_text("Large")
    expect(page.get_by_role("region", name="Coverage of the tests")).to_contain_text("3 of 4 steps")
    assert axe(page) == []

    card(page, "Small").click()
    step = page.get_by_role("complementary", name="Inspector")
    step.get_by_role("textbox", name="Name of the step").fill("Little")
    page.keyboard.press("Enter")
    dialog = open_tests(page)
    dialog.get_by_role("tab", name="Checks").click()
    dialog.get_by_role("button", name="Add a check").click()
    last = dialog.get_by_role("list", name="Checks").get_by_role("listitem").last
    last.get_by_label("Of").select_option(label="Little")
    last.get_by_label("Check").select_option(label="Number of items is")
    last.get_by_label("Expected").fill("7")
    assert axe(page) == []
    dialog.get_by_role("button", name="Save", exact=True).click()
    dialog.get_by_role("button", name="Run", exact=True).click()
    expect(dialog.get_by_role("region", name="Expected")).to_contain_text("7")
    expect(dialog.get_by_role("region", name="Actual")).to_contain_text("1")
    assert axe(page) == []
    dialog.get_by_role("button", name="Show the step").first.click()
    expect(page.locator(".card-node.selected")).to_contain_text("Little")

    page.get_by_role("button", name="Publish", exact=True).click()
    publish = page.get_by_role("dialog", name="Publish")
    publish.get_by_role("button", name="Publish", exact=True).click()
    expect(publish.get_by_role("alert")).to_contain_text("1 test fails, so nothing was published.")
    assert axe(page) == []
    publish.get_by_role("button", name="Publish anyway").click()
    # What is published counts, however long it takes to be said.
    expect(publish).to_have_count(0, timeout=20_000)
    assert server.call("GET", f"/workflows/{workflow}/")["published_version"] is not None


def test_the_address_opens_the_tests(page: Page, server: Server) -> None:
    workflow = server.call("POST", "/workflows/", {"name": "No tests", "definition": definition()})["id"]
    sign_in(page)
    show_canvas(page, workflow, "?tests")
    dialog = page.get_by_role("dialog", name="Tests")
    expect(dialog).to_contain_text("No tests yet")
    dialog.get_by_role("button", name="New test").click()
    dialog.get_by_label("Name of the test").fill("By hand")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog.get_by_role("list", name="Tests").get_by_role("button", name="By hand").first).to_be_visible()
    dialog.get_by_label("Name of the test").fill("By hand, changed")
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Leave without saving?").get_by_role("button", name="Leave").click()
    expect(dialog).to_have_count(0)

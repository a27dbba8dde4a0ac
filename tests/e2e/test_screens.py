"""Journeys over the screens of workflows: what can be taken back, what follows a run, what the keys do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import export_text, sign_in

pytestmark = pytest.mark.e2e


def made(server: Server, path: str) -> str:
    """The id of a workflow that was just imported."""
    answer = server.call("POST", "/workflows/import/", json.loads(export_text(path)))
    return str(answer["workflow"]["id"])


def slow(server: Server, name: str) -> str:
    """The id of a workflow that waits for two seconds in its midst."""
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("Start", "manual", {}),
        ("Pause", "wait", {"resume": "interval", "amount": 2, "unit": "seconds"}),
        ("End", "no_op", {}),
    ]
    nodes = [
        {"id": step, "name": step, "type": kind, "position": {"x": 200 * at, "y": 0}, "parameters": parameters}
        for at, (step, kind, parameters) in enumerate(steps)
    ]
    links = [{"source": "Start", "target": "Pause"}, {"source": "Pause", "target": "End"}]
    definition = {"schema_version": 1, "nodes": nodes, "connections": links, "variables": {}, "settings": {}}
    return str(server.call("POST", "/workflows/", {"name": name, "definition": definition})["id"])


def test_a_deleted_workflow_is_brought_back_by_undo(page: Page, server: Server) -> None:
    workflow = made(server, "undo")
    sign_in(page)
    page.goto(f"/workflows/{workflow}/overview/")
    page.get_by_label("More actions").click()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/workflows/")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Greeting at undo")).to_be_visible()


def test_renaming_happens_in_a_dialog(page: Page, server: Server) -> None:
    workflow = made(server, "rename")
    sign_in(page)
    page.goto(f"/workflows/{workflow}/overview/")
    page.get_by_label("More actions").click()
    page.get_by_role("link", name="Rename…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert axe(page) == []
    dialog.get_by_label("Name").fill("Another name")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Another name")).to_be_visible()


def test_the_page_follows_a_run_to_its_end_and_keeps_what_is_open(page: Page, server: Server) -> None:
    workflow = slow(server, "Slow")
    sign_in(page)
    page.goto(f"/workflows/{workflow}/overview/")
    page.get_by_role("button", name="Run Slow").click()
    expect(page.locator("details.step")).to_have_count(3, timeout=20_000)
    expect(page.locator(".toast")).to_contain_text("Slow: Success", timeout=20_000)
    expect(page.get_by_role("button", name="Run again")).to_be_visible()
    page.get_by_label("More actions").click()
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("for good")
    assert axe(page) == []
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Execution deleted.")).to_be_visible()


def test_keys_lead_to_lists_and_into_their_search(page: Page) -> None:
    sign_in(page)
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/executions/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("nothing is called so")
    expect(page.get_by_text("Nothing fits")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    page.wait_for_url("**/executions/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keyboard shortcuts")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_more_screens_are_accessible_and_fit(page_in: Page, look: tuple[str, int], server: Server) -> None:
    workflow = made(server, f"more-{look[0]}-{look[1]}")
    sign_in(page_in)
    found = {}
    for path in (
        f"/workflows/{workflow}/overview/",
        f"/workflows/{workflow}/rename/",
        "/workflows/trash/",
        "/executions/?since=2020-01-01",
    ):
        page_in.goto(path)
        for menu in page_in.locator(".page-head details.menu > summary").all():
            menu.click()
        found[path] = axe(page_in)
        if page_in.evaluate("document.documentElement.scrollWidth") > look[1]:
            found[path].append("wider than the window")
    assert {path: faults for path, faults in found.items() if faults} == {}

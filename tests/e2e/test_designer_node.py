"""The inspector and the dialog of a step: what is typed reaches the server, what is wrong is told at its field."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import show_canvas, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.ui]

DEFINITION: dict[str, Any] = {
    "nodes": [
        {"id": "start", "type": "manual", "name": "Start", "position": {"x": 0, "y": 0}},
        {
            "id": "make",
            "type": "set",
            "name": "Make",
            "position": {"x": 320, "y": 0},
            "parameters": {"assignments": [{"name": "total", "type": "number", "value": 12}]},
        },
        {
            "id": "large",
            "type": "if",
            "name": "Large?",
            "position": {"x": 640, "y": 0},
            "parameters": {
                "conditions": {
                    "combinator": "and",
                    "conditions": [
                        {
                            "left": "={{ $json.total }}",
                            "operator": {"type": "number", "operation": "gt"},
                            "right": 10,
                        }
                    ],
                }
            },
        },
    ],
    "connections": [{"source": "start", "target": "make"}, {"source": "make", "target": "large"}],
}


def _api(server: Server, method: str, path: str, body: Any = None) -> Any:
    request = urllib.request.Request(
        f"{server.base}/api/v1{path}",
        data=None if body is None else json.dumps(body).encode(),
        method=method,
        headers={"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")


def _make(server: Server, name: str) -> str:
    return str(_api(server, "POST", "/workflows/", {"name": name, "definition": DEFINITION})["id"])


def _open(page: Page, server: Server, name: str) -> str:
    workflow = _make(server, name)
    sign_in(page)
    show_canvas(page, workflow)
    return workflow


def _select(page: Page, name: str) -> None:
    page.locator(".react-flow__node").filter(has_text=name).first.click()


def _until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what the server has; changes are sent a moment after they were made."""
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("the server never had it")


def test_what_is_typed_is_stored(page: Page, server: Server) -> None:
    workflow = _open(page, server, "Typing in the inspector")

    def parameters(at: int) -> dict[str, Any]:
        found: dict[str, Any] = _api(server, "GET", f"/workflows/{workflow}/")["definition"]["nodes"][at]["parameters"]
        return found

    _select(page, "Make")
    inspector = page.get_by_role("complementary", name="Inspector")
    inspector.get_by_label("Value", exact=True).fill("25")
    inspector.get_by_role("button", name="Add a field").click()
    inspector.get_by_label("Name", exact=True).nth(1).fill("who")
    inspector.get_by_role("button", name="fx: expression for Value").nth(1).click()
    editor = inspector.locator(".cm-content").first
    editor.click()
    page.keyboard.type("Hi {{ $json.total")
    _until(page, lambda: "$json.total" in str(parameters(1)["assignments"][-1].get("value")))
    assert parameters(1)["assignments"][0] == {"name": "total", "type": "number", "value": 25}
    assert parameters(1)["assignments"][1]["name"] == "who"

    _select(page, "Large?")
    inspector.get_by_label("Comparison").select_option("number.lte")
    _until(page, lambda: parameters(2)["conditions"]["conditions"][0]["operator"]["operation"] == "lte")

    inspector.get_by_label("Name of the step").fill("Small?")
    page.keyboard.press("Enter")
    expect(page.locator(".react-flow__node").filter(has_text="Small?")).to_be_visible()
    assert axe(page) == []


def test_a_fault_leads_to_its_field(page: Page, server: Server) -> None:
    _open(page, server, "Faults in the inspector")
    _select(page, "Make")
    inspector = page.get_by_role("complementary", name="Inspector")
    inspector.get_by_label("Name", exact=True).fill("")
    fault = inspector.locator(".fault-notes button").first
    expect(fault).to_be_visible()
    fault.click()
    expect(inspector.get_by_label("Name", exact=True)).to_be_focused()

    inspector.get_by_role("tab", name="Code").click()
    code = inspector.locator(".cm-content")
    code.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("}")
    inspector.get_by_role("button", name="Apply").click()
    expect(inspector.get_by_role("alert")).to_contain_text("line")
    assert axe(page) == []


def test_a_step_is_opened_run_and_pinned_by_keyboard(page: Page, server: Server) -> None:
    workflow = _open(page, server, "The dialog of a step")
    _select(page, "Make")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Run up to here").first.click()
    output = dialog.get_by_role("region", name="Output of Make")
    expect(output.get_by_text("total").first).to_be_visible(timeout=15_000)
    assert axe(page) == []
    dialog.get_by_role("button", name="The step behind").click()
    expect(dialog.get_by_label("Name of the step")).to_have_value("Large?")
    expect(dialog.get_by_role("region", name="Input from Make").get_by_text("total").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.locator(".react-flow__node").filter(has_text="Make").first.click()
    page.keyboard.press("p")
    _until(
        page,
        lambda: (
            _api(server, "GET", f"/workflows/{workflow}/")["definition"]["nodes"][1].get("pinned_data")
            == [{"json": {"total": 12}}]
        ),
    )


def test_a_step_on_a_phone(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page)
    page.goto(f"/workflows/{_make(server, 'A step on a phone')}/")
    page.get_by_role("treeitem", name="Start,").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Value", exact=True).fill("7")
    dialog.get_by_role("tab", name="Input").click()
    expect(dialog.get_by_role("region", name="Input from Start")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []

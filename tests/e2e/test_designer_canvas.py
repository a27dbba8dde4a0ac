"""Drawing a workflow: cards, connections, notes, undo, copy and paste, by pointer and by keyboard."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import N8N_EXPORT, show_canvas, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.ui]


def node(id: str, type: str, name: str, x: int, y: int = 0, **parameters: Any) -> dict[str, Any]:
    position = {"x": x, "y": y}
    return {"id": id, "type": type, "type_version": 1, "name": name, "position": position, "parameters": parameters}


START = node("start", "manual", "Start", 0)
FETCH = node("fetch", "http_request", "Fetch orders", 320, method="GET", url="https://example.com/orders")
HOT = node("hot", "if", "Is it hot?", 640)
LINK = {"source": "start", "source_output": "main", "target": "fetch", "target_input": "main"}


def open_workflow(page: Page, server: Server, nodes: list[Any], connections: list[Any]) -> str:
    """A workflow on its canvas; its id."""
    definition = {"schema_version": 1, "nodes": nodes, "connections": connections, "variables": {}, "settings": {}}
    made = server.call("POST", "/workflows/", {"name": "Drawn", "definition": definition})
    sign_in(page)
    show_canvas(page, made["id"])
    expect(card(page, nodes[0]["name"])).to_be_visible()
    return str(made["id"])


def card(page: Page, name: str) -> Locator:
    return page.locator(".react-flow__node").filter(has=page.locator(".card-name", has_text=name))


def drawn(page: Page, server: Server, workflow: str) -> tuple[set[str], set[tuple[str, str]]]:
    """Names and connections as the server has them, once everything is saved."""
    expect(page.get_by_text("saved", exact=True)).to_be_visible()
    state = server.call("GET", f"/workflows/{workflow}/document/")["state"]
    names = {each["id"]: each["name"] for each in state["nodes"]}
    return set(names.values()), {(names[each["source"]], names[each["target"]]) for each in state["connections"]}


def test_draw_by_pointer_and_take_it_back(page: Page, server: Server) -> None:
    workflow = open_workflow(page, server, [START, FETCH, HOT], [LINK])
    page.get_by_role("button", name="Add behind “Fetch orders”").click()
    page.get_by_role("combobox", name="Search steps").fill("edit fi")
    page.keyboard.press("Enter")
    expect(card(page, "Set fields")).to_be_visible()
    assert ("Fetch orders", "Set fields") in drawn(page, server, workflow)[1]
    # From port to port.
    source = card(page, "Set fields").locator(".react-flow__handle.source")
    source.drag_to(card(page, "Is it hot?").locator(".react-flow__handle.target"))
    expect(page.locator(".react-flow__edge")).to_have_count(3)
    # From an input to an input: refused with a reason.
    inputs = [card(page, name).locator(".react-flow__handle.target") for name in ("Set fields", "Is it hot?")]
    inputs[0].drag_to(inputs[1])
    expect(page.get_by_text("An input comes from an output")).to_be_visible()
    expect(page.locator(".react-flow__edge")).to_have_count(3)
    # Removed, and back again with its connections.
    card(page, "Set fields").click()
    page.keyboard.press("Delete")
    expect(card(page, "Set fields")).to_have_count(0)
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".react-flow__edge")).to_have_count(3)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+z")
    names, links = drawn(page, server, workflow)
    assert names == {"Start", "Fetch orders", "Is it hot?", "Set fields"}
    assert links == {("Start", "Fetch orders"), ("Fetch orders", "Set fields"), ("Set fields", "Is it hot?")}
    assert axe(page) == []


def test_copy_paste_and_the_clipboard_of_n8n(page: Page, server: Server) -> None:
    workflow = open_workflow(page, server, [START, FETCH], [LINK])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card(page, "Fetch orders").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(card(page, "Fetch orders 2")).to_be_visible()
    assert ("Start 2", "Fetch orders 2") in drawn(page, server, workflow)[1]
    page.evaluate("text => navigator.clipboard.writeText(text)", json.dumps(N8N_EXPORT))
    page.keyboard.press("Control+v")
    expect(card(page, "Compose")).to_be_visible()
    page.evaluate("text => navigator.clipboard.writeText(text)", "nothing of the kind")
    page.keyboard.press("Control+v")
    expect(page.get_by_text("What you have copied is no part of a workflow")).to_be_visible()
    names, links = drawn(page, server, workflow)
    assert names == {"Start", "Fetch orders", "Start 2", "Fetch orders 2", "Webhook", "Compose", "Respond"}
    assert ("Compose", "Respond") in links


def test_by_keyboard_alone(page: Page, server: Server) -> None:
    workflow = open_workflow(page, server, [START, FETCH, HOT], [LINK])
    expect(card(page, "Fetch orders")).to_have_attribute(
        "aria-label", "Fetch orders, HTTP request, GET https://example.com/orders"
    )
    page.keyboard.press("ArrowRight")
    expect(card(page, "Start")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(card(page, "Fetch orders")).to_be_focused()
    page.keyboard.press("c")
    page.get_by_role("combobox", name="Search for the next step").fill("hot")
    page.keyboard.press("Enter")
    expect(page.locator(".react-flow__edge")).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="Connected “Fetch orders” to “Is it hot?”.")).to_have_count(1)
    page.keyboard.press("F2")
    page.keyboard.type("Orders")
    page.keyboard.press("Enter")
    expect(card(page, "Orders")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("d")
    expect(card(page, "Orders").locator(".card-node.disabled")).to_be_visible()
    page.keyboard.press("Control+f")
    page.get_by_role("combobox", name="Search in this workflow").fill("example.com")
    page.keyboard.press("Enter")
    expect(card(page, "Orders")).to_be_focused()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(card(page, "Orders 2")).to_be_visible()
    names, links = drawn(page, server, workflow)
    assert (names, links) == (
        {"Start", "Orders", "Orders 2", "Is it hot?"},
        {("Start", "Orders"), ("Orders", "Is it hot?")},
    )
    assert axe(page) == []


def test_notes_and_the_list_at_the_side(page: Page, server: Server) -> None:
    workflow = open_workflow(page, server, [START, FETCH], [LINK])
    page.get_by_role("button", name="Webhook Starts").drag_to(
        page.locator(".react-flow__pane"), target_position={"x": 400, "y": 80}
    )
    expect(card(page, "Webhook")).to_be_visible()
    # On a connection it is inserted.
    page.get_by_role("searchbox", name="Search steps").fill("limit")
    edge = page.locator(".react-flow__edge-interaction")
    page.get_by_role("button", name="Limit").drag_to(edge, force=True)
    expect(page.locator(".react-flow__edge")).to_have_count(2)
    assert drawn(page, server, workflow)[1] == {("Start", "Limit"), ("Limit", "Fetch orders")}
    page.keyboard.press("Shift+S")
    page.get_by_role("textbox", name="Text of the note, in Markdown").fill("# Why\n**Because**")
    page.keyboard.press("Escape")
    expect(page.locator(".note-node strong", has_text="Because")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+T")
    page.keyboard.press("Control+z")
    assert axe(page) == []

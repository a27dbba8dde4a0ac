"""What nobody should type, paste or store: the designer stays alive, says what is wrong, and loses nothing."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import show_canvas, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.ui]

MEGABYTE = 1024 * 1024
# An override turns what follows around; nobody should be able to make “exe.txt” of “txt.exe”.
OVERRIDE = "\u202e"
NAMES = {
    "quotes": """He said "don't" `now` & went""",
    "emoji": "Fetch 🚀 👩‍👩‍👧 orders",
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "arabic": "إرسال الطلبات الجديدة",
    "turned": f"invoice{OVERRIDE}fdp.exe",
}
PASTE = """text => {
  const data = new DataTransfer();
  data.setData('text/plain', typeof text === 'number' ? 'x'.repeat(text) : text);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', how));
}"""

FILL = """(field, length) => {
  field.focus();
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value');
  set.call(field, 'z'.repeat(length));
  field.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def part(*nodes: Any) -> str:
    return json.dumps({"format": "exprsn-nodes", "version": 1, "nodes": nodes, "connections": []})


def n8n_node(at: int, type: str) -> dict[str, Any]:
    return {"type": f"n8n-nodes-base.{type}", "name": f"N{at}", "position": [200 * at, 0], "parameters": {}}


NOT_A_PART, NO_STEPS, TOO_LARGE = "is no part of a workflow", "has no steps that could be pasted", "is too large"
REFUSED: tuple[tuple[Any, str], ...] = (
    ("garbage", NOT_A_PART),
    ("[" * 100_000, NOT_A_PART),
    ('{"nodes": 1}', NO_STEPS),
    (part({"x": 1}), NO_STEPS),
    (part({"id": "a", "type": "no_op", "name": 5, "position": "x", "parameters": []}), NO_STEPS),
    (9 * MEGABYTE, TOO_LARGE),
    (json.dumps({"nodes": [n8n_node(at, "noOp") for at in range(2_500)], "connections": {}}), TOO_LARGE),
)


def node(id: str, type: str, name: str, at: int, **parameters: Any) -> dict[str, Any]:
    position = {"x": 320 * (at % 40), "y": 160 * (at // 40)}
    return {"id": id, "type": type, "type_version": 1, "name": name, "position": position, "parameters": parameters}


def open_workflow(page: Page, server: Server, *nodes: dict[str, Any], name: str = "Bad input") -> str:
    links = [{"source": one["id"], "target": other["id"]} for one, other in pairwise(nodes)]
    made = server.call("POST", "/workflows/", {"name": name, "definition": {"nodes": nodes, "connections": links}})
    sign_in(page)
    show_canvas(page, made["id"])
    return str(made["id"])


def stored(server: Server, workflow: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = server.call("GET", f"/workflows/{workflow}/")["definition"]["nodes"]
    return nodes


def test_a_value_of_many_megabytes_is_shown_and_a_larger_one_refused(page: Page, server: Server) -> None:
    large = "y" * (3 * MEGABYTE)
    start = node("start", "manual", "Start", 0)
    workflow = open_workflow(page, server, start, node("get", "http_request", "Get", 1, url=large))
    page.locator(".react-flow__node", has_text="Get").click()
    expect(page.get_by_text("3,145,728 characters; the beginning is shown.")).to_be_visible()
    field = page.get_by_role("textbox", name="Put text and files under")
    field.evaluate(FILL, 5 * MEGABYTE)
    expect(page.get_by_text("This was not taken: 5,121 KB, and a value has at most 256 KB.")).to_be_visible()
    expect(field).to_have_value("data")
    assert [each["parameters"] for each in stored(server, workflow)] == [{}, {"url": large}]
    assert axe(page) == []


def test_two_thousand_steps_open_and_one_more_is_refused(page: Page, server: Server) -> None:
    workflow = open_workflow(page, server, *(node(f"n{at}", "no_op", f"Step {at}", at) for at in range(2_000)))
    page.keyboard.press("n")
    page.get_by_role("dialog").get_by_role("combobox").fill("no operation")
    page.keyboard.press("Enter")
    expect(page.locator(".toasts", has_text="A workflow has at most 2,000 steps.")).to_be_visible()
    expect(page.get_by_text("saved", exact=True)).to_be_visible()
    assert len(stored(server, workflow)) == 2_000


def test_odd_names_are_only_text(page: Page, server: Server) -> None:
    steps = [node(id, "no_op", name, at + 1) for at, (id, name) in enumerate(NAMES.items())]
    page.set_viewport_size({"width": 1900, "height": 1000})
    open_workflow(page, server, node("start", "manual", "Start", 0), *steps, name=f"In{OVERRIDE}voice <i>&amp;</i>")
    expect(page).to_have_title("Invoice <i>&amp;</i> · Exprsn")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Shift+L")
    rows = page.get_by_role("tabpanel", name="Steps")
    for id, name in NAMES.items():
        # Each in an element of its own direction: what stands beside it stays where it is.
        expect(page.locator(f".react-flow__node[data-id={id}] bdi", has_text=name)).to_be_visible()
        expect(rows.locator("bdi", has_text=name)).to_be_visible()
    page.locator(".react-flow__node[data-id=turned]").click()
    expect(page.get_by_role("textbox", name="Name of the step")).to_have_value(NAMES["turned"])
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    for name in NAMES.values():
        expect(page.locator(".outline-item bdi", has_text=name).first).to_be_visible()
    assert axe(page) == []


def test_what_cannot_be_pasted_is_said_and_changes_nothing(page: Page, server: Server) -> None:
    workflow = open_workflow(page, server, node("start", "manual", "Start", 0))
    for text, said in REFUSED:
        page.evaluate(PASTE, text)
        expect(page.locator(".toast", has_text=said).last).to_be_visible()
    assert [each["name"] for each in stored(server, workflow)] == ["Start"]
    page.evaluate(PASTE, json.dumps({"nodes": [n8n_node(0, "unheardOf")], "connections": {}}))
    dialog = page.get_by_role("dialog", name="Pasted, with something to look at")
    expect(dialog).to_contain_text("“N0” is a placeholder: This node type is not supported yet.")
    assert axe(page) == []
    dialog.get_by_role("button", name="Understood").click()
    page.evaluate(PASTE, part({"id": "a", "type": "from_elsewhere", "name": "Unknown"}))
    expect(page.locator(".react-flow__node", has_text="Unknown")).to_be_visible()
    expect(page.get_by_text("saved", exact=True)).to_be_visible()
    assert [each["name"] for each in stored(server, workflow)] == ["Start", "N0", "Unknown"]

"""The main job in the designer, from an empty canvas to a run that a caller has started, by one newcomer."""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import export_text, sign_in

pytestmark = pytest.mark.e2e
PATH = "designer-journey"


@contextmanager
def receiver() -> Iterator[tuple[str, list[bytes]]]:
    """A service that takes any POST: its address, and what it was sent."""
    taken: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"noted": true}')

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the console of the tests."""

    service = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{service.server_port}/notes", taken
    finally:
        service.shutdown()
        service.server_close()


def card(page: Page, name: str) -> Locator:
    return page.locator(".react-flow__node").filter(has=page.locator(".card-name", has_text=name))


def paste(page: Page, text: str) -> None:
    """As Ctrl+V does with this text in the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def n8n_part() -> str:
    """What was copied in n8n: with the data that was pinned there."""
    export = json.loads(export_text(PATH))
    return json.dumps({**export, "pinData": {"Webhook": [{"json": {"body": {"name": "Ada"}}}]}})


def call(server: Server) -> object:
    request = urllib.request.Request(
        f"{server.base}/webhook/{PATH}",
        data=json.dumps({"name": "Grace"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


@pytest.mark.lengthy
def test_from_an_empty_canvas_to_a_call_that_is_seen(page: Page, server: Server) -> None:
    with receiver() as (address, taken):
        begin(page)
        inspector = page.get_by_role("complementary", name="Inspector")
        write_an_expression(page, inspector)
        add_a_step_by_keyboard(page, inspector)
        run_and_mend(page, inspector, address)
        assert len(taken) == 1
        rehearse(page, address)
        assert len(taken) == 1
        publish(page, inspector, address)
        assert call(server) == {"greeting": "Good day Grace"}
        look_at_the_call(page)
        assert len(taken) == 2
        assert axe(page) == []


def begin(page: Page) -> None:
    """An empty workflow, and on it what was copied elsewhere: all of it in view, one step of undo."""
    sign_in(page)
    page.goto("/workflows/")
    page.get_by_role("button", name="New workflow", exact=True).click()
    expect(page.get_by_text("What starts this?")).to_be_visible()
    expect(page.locator(".canvas[aria-busy=false]")).to_be_visible()
    paste(page, n8n_part())
    for name in ("Webhook", "Compose", "Respond"):
        expect(card(page, name)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Undo: Paste").click()
    expect(page.get_by_text("What starts this?")).to_be_visible()
    page.get_by_role("button", name="Redo: Paste").click()
    expect(page.locator(".react-flow__edge")).to_have_count(2)


def write_an_expression(page: Page, inspector: Locator) -> None:
    """With names from the list, and the value seen while it is written."""
    card(page, "Compose").click()
    editor = inspector.locator(".cm-content").first
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Good day {{ $json.bo")
    page.get_by_role("option", name="body").click()
    page.keyboard.type(".na")
    page.get_by_role("option", name="name").click()
    expect(inspector.get_by_text('"Good day Ada"')).to_be_visible()


def add_a_step_by_keyboard(page: Page, inspector: Locator) -> None:
    """From the field back to the canvas, a step behind another, and on in its first field."""
    card(page, "Compose").focus()
    page.keyboard.press("n")
    page.keyboard.type("http req")
    page.keyboard.press("Enter")
    expect(card(page, "HTTP request")).to_be_focused()
    expect(page.locator(".react-flow__edge")).to_have_count(3)
    inspector.get_by_label("Method", exact=True).focus()
    page.keyboard.type("POST")
    address = inspector.get_by_label("Address", exact=True)
    for _ in range(5):
        if address.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("http://127.0.0.1:9/notes")


def run_and_mend(page: Page, inspector: Locator, address: str) -> None:
    """The step that fails says why; what it names is mended, and the run goes on from there."""
    page.keyboard.press("Control+Enter")
    bar = page.get_by_role("region", name="Run on the canvas")
    expect(page.locator(".card-node.run-error")).to_contain_text("HTTP request")
    expect(bar).to_contain_text("HTTP request:")
    bar.get_by_role("button", name="Fix").click()
    field = inspector.get_by_label("Address", exact=True)
    field.fill(address)
    bar.get_by_role("button", name="Retry from here").click()
    expect(page.locator(".card-node.run-error")).to_have_count(0)
    expect(card(page, "HTTP request").locator(".run-success")).to_be_visible()


def rehearse(page: Page, address: str) -> None:
    """A dry run tells what would be sent, and sends nothing."""
    page.get_by_role("button", name="More ways to run").click()
    page.get_by_role("menuitem", name="Dry run").click()
    page.get_by_role("dialog").get_by_role("button", name="Run dry").click()
    expect(page.get_by_role("region", name="What would have been changed")).to_contain_text(address)


def publish(page: Page, inspector: Locator, address: str) -> None:
    """A fault is told with its place, which the dialog leads to; then it is live."""
    card(page, "HTTP request").click()
    field = inspector.get_by_label("Address", exact=True)
    field.fill("")
    card(page, "Respond").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog", name="Publish")
    dialog.get_by_role("button", name=re.compile("HTTP request.*required")).click()
    expect(field).to_be_focused()
    page.keyboard.type(address)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(dialog.get_by_role("checkbox", name="Activate")).to_be_checked()
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("switch", name="Active")).to_be_checked()


def look_at_the_call(page: Page) -> None:
    """The run of the caller, on the same canvas, with what went over each connection."""
    page.get_by_role("tab", name="Runs").click()
    runs = page.get_by_role("list", name="Runs").get_by_role("listitem")
    runs.filter(has_text="Webhook").first.get_by_role("button").click()
    page.get_by_role("button", name="Show the whole workflow").click()
    expect(page.locator(".card-node.run-success")).to_have_count(4)
    expect(page.locator(".edge-pill", has_text="1 item")).to_have_count(3)

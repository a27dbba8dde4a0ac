"""Nothing that was typed is lost: without a network, in a closed tab, and when the workflow was replaced."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import show_canvas, sign_in

pytestmark = pytest.mark.e2e
DEFINITION: dict[str, Any] = {
    "nodes": [
        {"id": "start", "type": "manual", "name": "Start", "position": {"x": 0, "y": 0}},
        {
            "id": "make",
            "type": "set",
            "name": "Make",
            "position": {"x": 320, "y": 0},
            "parameters": {"assignments": [{"name": "text", "type": "string", "value": "before"}]},
        },
        {
            "id": "tell",
            "type": "http_request",
            "name": "Tell",
            "position": {"x": 320, "y": 160},
            "parameters": {"url": "https://example.com/before"},
        },
    ],
    "connections": [{"source": "start", "target": "make"}, {"source": "start", "target": "tell"}],
}
# What the browser itself writes down when a call comes to nothing, or is refused.
EXPECTED = ("net::ERR_", "409 (Conflict)", "412 (Precondition Failed)", "422 (Unprocessable")


@pytest.fixture
def tab(browser_: Browser, server: Server) -> Iterator[Page]:
    """A page that may lose its server."""
    context = browser_.new_context(base_url=server.base, viewport={"width": 1280, "height": 900})
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in EXPECTED):
            errors.append(message.text)

    context.on("console", note)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert errors == []


def opened(tab: Page, server: Server, name: str) -> str:
    workflow: str = server.call("POST", "/workflows/", {"name": name, "definition": DEFINITION})["id"]
    sign_in(tab)
    show(tab, workflow)
    return workflow


def show(tab: Page, workflow: str) -> None:
    show_canvas(tab, workflow)
    expect(card(tab, "Make")).to_be_visible()
    # Some parts of the page are loaded once it stands.
    tab.wait_for_load_state("networkidle")


def card(tab: Page, name: str) -> Locator:
    return tab.locator(".react-flow__node").filter(has=tab.locator(".card-name", has_text=name))


def field(tab: Page, name: str) -> Locator:
    return tab.get_by_role("complementary", name="Inspector").get_by_label(name, exact=True)


def stored(server: Server, workflow: str) -> dict[str, dict[str, Any]]:
    """The steps as the server has them, by name."""
    nodes = server.call("GET", f"/workflows/{workflow}/document/")["state"]["nodes"]
    return {node["name"]: node for node in nodes}


def text_of(node: dict[str, Any]) -> str:
    text: str = node["parameters"]["assignments"][0]["value"]
    return text


def edit_everything(tab: Page) -> None:
    """Type, move and add: each in the way that people do it."""
    card(tab, "Make").click()
    field(tab, "Value").fill("typed without a network")
    card(tab, "Tell").click()
    tab.keyboard.press("Alt+ArrowDown")
    tab.keyboard.press("n")
    tab.keyboard.type("limit")
    tab.keyboard.press("Enter")
    expect(card(tab, "Limit")).to_be_visible()


def test_a_reload_without_a_network_keeps_what_waits(tab: Page, server: Server) -> None:
    workflow = opened(tab, server, "Cut off")
    tab.context.set_offline(True)
    edit_everything(tab)
    waiting = tab.get_by_role("button", name="Not connected")
    expect(waiting).to_contain_text("changes wait")
    # Taken back and done again, while nothing can be asked.
    undo, redo = tab.get_by_role("button", name="Undo: "), tab.get_by_role("button", name="Redo: ")
    for _ in range(3):
        undo.click()
    expect(card(tab, "Limit")).to_have_count(0)
    card(tab, "Make").click()
    expect(field(tab, "Value")).to_have_value("before")
    for _ in range(3):
        redo.click()
    expect(field(tab, "Value")).to_have_value("typed without a network")
    with contextlib.suppress(Error):
        tab.reload()
    assert text_of(stored(server, workflow)["Make"]) == "before"
    tab.context.set_offline(False)
    show(tab, workflow)
    expect(card(tab, "Limit")).to_be_visible()
    expect(tab.get_by_text("saved", exact=True)).to_be_visible()
    found = stored(server, workflow)
    assert text_of(found["Make"]) == "typed without a network"
    assert found["Tell"]["position"]["y"] > 160
    assert set(found) == {"Start", "Make", "Tell", "Limit"}


def test_another_tab_sends_what_a_closed_one_has_left(tab: Page, server: Server) -> None:
    workflow = opened(tab, server, "Closed too early")
    tab.context.set_offline(True)
    edit_everything(tab)
    expect(tab.get_by_role("button", name="Not connected")).to_be_visible()
    tab.close()
    other = tab.context.new_page()
    other.context.set_offline(False)
    show(other, workflow)
    card(other, "Make").click()
    expect(field(other, "Value")).to_have_value("typed without a network")
    expect(other.get_by_text("saved", exact=True)).to_be_visible()
    assert text_of(stored(server, workflow)["Make"]) == "typed without a network"
    assert set(stored(server, workflow)) == {"Start", "Make", "Tell", "Limit"}


def test_leaving_is_asked_about_where_the_browser_keeps_nothing(tab: Page, server: Server) -> None:
    tab.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    opened(tab, server, "Private window")
    tab.context.set_offline(True)
    card(tab, "Make").click()
    field(tab, "Value").fill("only here")
    expect(tab.get_by_role("button", name="Not connected")).to_be_visible()
    with tab.expect_event("dialog") as asked:
        tab.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    tab.context.set_offline(False)
    expect(tab.get_by_text("saved", exact=True)).to_be_visible()
    tab.close(run_before_unload=True)


def test_what_no_longer_fits_can_be_copied(tab: Page, server: Server) -> None:
    workflow = opened(tab, server, "Replaced under somebody")
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.context.set_offline(True)
    card(tab, "Make").click()
    field(tab, "Value").fill("still fits")
    card(tab, "Tell").click()
    field(tab, "Address").fill("https://example.com/for-nobody")
    replace(server, workflow)
    tab.context.set_offline(False)
    lost = tab.get_by_role("button", name="1 change was not taken")
    lost.click()
    dialog = tab.get_by_role("dialog", name="Changes that were not taken")
    expect(dialog).to_contain_text("https://example.com/for-nobody")
    assert axe(tab) == []
    dialog.get_by_role("button", name="Copy what was typed").click()
    tab.wait_for_function("navigator.clipboard.readText().then((text) => text === 'https://example.com/for-nobody')")
    dialog.get_by_role("button", name="Discard", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(tab.get_by_text("saved", exact=True)).to_be_visible()
    assert text_of(stored(server, workflow)["Make"]) == "still fits"
    assert set(stored(server, workflow)) == {"Start", "Make"}
    expect(card(tab, "Tell")).to_have_count(0)


def replace(server: Server, workflow: str) -> None:
    """Somebody puts another definition in the place of this one, without the step “Tell”."""
    left = {"nodes": DEFINITION["nodes"][:2], "connections": DEFINITION["connections"][:1]}
    request = urllib.request.Request(
        f"{server.base}/api/v1/workflows/{workflow}/",
        method="PUT",
        data=json.dumps({"definition": left}).encode(),
        headers={"Authorization": f"Bearer {server.token}", "Content-Type": "application/json", "If-Match": "*"},
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200

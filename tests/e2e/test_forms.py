"""Forms in the browser: publish, fill in, err, mend, see the run; with and without scripts, in every look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import sign_in
from tests.workflows.main_job.definitions import chain, fields

pytestmark = pytest.mark.e2e
FIELDS: list[dict[str, Any]] = [
    {"name": "name", "label": "Your name", "required": True, "placeholder": "Ada Lovelace"},
    {"name": "email", "label": "E-mail", "type": "email", "required": True, "help": "Only for our answer."},
    {"name": "guests", "label": "Guests", "type": "number", "min": 1, "max": 8},
    {"name": "day", "label": "Day", "type": "date"},
    {
        "name": "menu", "label": "Menu", "type": "select",
        "options": [{"value": "meat", "label": "Meat"}, {"value": "plants", "label": "Plants"}],
    },
    {
        "name": "seat", "label": "Seat", "type": "radio", "required": True,
        "options": [{"value": "in", "label": "Inside"}, {"value": "out", "label": "Outside"}],
    },
    {
        "name": "extras", "label": "Extras", "type": "multiselect",
        "options": [{"value": "chair", "label": "A chair for a child"}, {"value": "ramp", "label": "Without steps"}],
    },
    {"name": "wish", "label": "Wishes", "type": "textarea"},
    {"name": "terms", "label": "I agree to the terms", "type": "checkbox", "required": True},
]  # fmt: skip
ANSWER = ("say", "respond_to_webhook", {"respond_with": "text", "text_body": "=A table for {{ $json.guests }}."})
WAIT = ("pause", "wait", {"resume": "interval", "amount": 3, "unit": "seconds"})


def live(server: Server, path: str, *steps: Any, **more: Any) -> str:
    """An active workflow with a form; answers its id."""
    trigger = {"path": path, "title": "Book a table", "description": "We keep it for half an hour.", "fields": FIELDS}
    definition = chain(("form", "form", {**trigger, **more}), *(steps or (fields("done", who="={{ $json.name }}"),)))
    made = server.call("POST", "/workflows/", {"name": f"Tables at {path}", "definition": definition})
    for verb in ("publish", "activate"):
        server.call("POST", f"/workflows/{made['id']}/{verb}/", {})
    return str(made["id"])


def fill(page: Page) -> None:
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Guests").fill("4")
    page.get_by_label("Menu").select_option("plants")
    page.get_by_label("Outside").check()
    page.get_by_label("Without steps").check()
    page.get_by_label("I agree to the terms").check()


def picture(page: Page, name: str, look: tuple[str, int]) -> None:
    folder = Path(os.environ.get("EXPRSN_SCREENSHOTS", ""))
    if str(folder) != ".":
        page.screenshot(path=folder / f"{name}-{look[0]}-{look[1]}.png", full_page=True)


def looks_right(page: Page, name: str, look: tuple[str, int]) -> None:
    """Accessible, not wider than the window; a picture for whoever asks for them."""
    picture(page, name, look)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= look[1]


def test_from_the_page_to_the_run(page: Page, server: Server) -> None:
    workflow = live(server, "book-journey", thanks="See you soon.")
    page.goto("/forms/book-journey")
    fill(page)
    page.get_by_label("Guests").fill("20")
    page.get_by_role("button", name="Send").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Ada")
    expect(page.get_by_label("Outside")).to_be_checked()
    summary.get_by_role("link", name="Guests: give 8 or less.").click()
    expect(page.get_by_label("Guests")).to_be_focused()
    page.get_by_label("Guests").fill("4")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("See you soon.")).to_be_visible()
    sign_in(page)
    page.goto(f"/workflows/{workflow}/overview/")
    page.get_by_role("link", name="Submissions").click()
    expect(page.get_by_role("cell", name="ada@example.com")).to_be_visible()
    page.get_by_role("link", name="Run").last.click()
    expect(page.locator(".page-head")).to_contain_text("Success")
    page.goto("/forms/")
    expect(page.get_by_role("link", name="/forms/book-journey")).to_be_visible()


def test_the_page_waits_for_the_workflow(page: Page, server: Server) -> None:
    live(server, "book-slow", WAIT, ANSWER, response_mode="when_finished")
    page.goto("/forms/book-slow")
    fill(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your answers have arrived")).to_be_visible()
    assert axe(page) == []
    expect(page.get_by_text("A table for 4.")).to_be_visible(timeout=20_000)


def test_it_works_without_scripts(browser_: Browser, server: Server) -> None:
    live(server, "book-plain", WAIT, ANSWER, response_mode="when_finished")
    context = browser_.new_context(base_url=server.base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/forms/book-plain")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("4 answers need another look")
    fill(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("A table for 4.")).to_be_visible(timeout=20_000)
    context.close()


def test_every_page_in_every_look(page_in: Page, look: tuple[str, int], server: Server) -> None:
    path = f"book-{look[0]}-{look[1]}"
    workflow = live(server, path)
    page_in.goto(f"/forms/{path}")
    looks_right(page_in, "form", look)
    page_in.get_by_role("button", name="Send").click()
    expect(page_in.get_by_role("alert")).to_be_visible()
    looks_right(page_in, "mistakes", look)
    fill(page_in)
    page_in.get_by_role("button", name="Send").click()
    expect(page_in.get_by_role("heading", name="Thank you")).to_be_visible()
    looks_right(page_in, "thanks", look)
    sign_in(page_in)
    page_in.goto("/forms/")
    looks_right(page_in, "console", look)
    page_in.get_by_role("row").filter(has_text=f"/forms/{path}").get_by_role("link", name="Book a table").click()
    expect(page_in.get_by_role("heading", name="Submissions")).to_be_visible()
    page_in.get_by_text("4 more").click()
    looks_right(page_in, "submissions", look)
    page_in.goto(f"/workflows/{workflow}/overview/")
    looks_right(page_in, "workflow", look)
    server.call("POST", f"/workflows/{workflow}/deactivate/", {})

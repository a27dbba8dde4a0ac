"""Journeys over runs: why one failed, going on from there, trying without effect, one that calls another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import sign_in

pytestmark = pytest.mark.e2e
SHOTS = os.environ.get("EXPRSN_SHOTS", "")


def shot(page: Page, name: str) -> None:
    """Kept when somebody wants to look at them."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def definition(*steps: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    nodes = [
        {"id": f"n{at}", "name": name, "type": kind, "position": {"x": 200 * at, "y": 0}, "parameters": parameters}
        for at, (name, kind, parameters) in enumerate(steps)
    ]
    links = [{"source": f"n{at}", "target": f"n{at + 1}"} for at in range(len(steps) - 1)]
    return {"schema_version": 1, "nodes": nodes, "connections": links, "variables": {}, "settings": {}}


def create(server: Server, name: str, *steps: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = server.call("POST", "/workflows/", {"name": name, "definition": definition(*steps)})
    return made


MANUAL: tuple[str, str, dict[str, Any]] = ("Start", "manual", {})
WORK = ("Reserve", "set", {"mode": "raw_json", "include": "all", "json": "={{ ({ reserved: true }) }}"})
FAILS = ("Pay", "stop_and_error", {"message": "The card was declined."})


def test_a_failed_run_says_why_and_goes_on_from_there(page: Page, server: Server) -> None:
    made = create(server, "Checkout", MANUAL, WORK, FAILS)
    sign_in(page)
    page.goto(f"/workflows/{made['id']}/overview/")
    page.get_by_role("button", name="Run Checkout").click()
    expect(page.get_by_role("heading", name="“Pay” failed")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("The card was declined.").first).to_be_visible()
    assert axe(page) == []
    shot(page, "failed-light")
    failed = page.url
    page.get_by_role("button", name="Retry from the failed step").click()
    expect(page.get_by_role("link", name="earlier run")).to_be_visible(timeout=20_000)
    assert page.url != failed
    expect(page.locator("details.step")).to_have_count(3, timeout=20_000)
    page.get_by_label("More actions").click()
    expect(page.get_by_role("button", name="Run again from the start")).to_be_visible()
    assert axe(page) == []
    shot(page, "retried-menu")


def test_a_dry_run_shows_what_would_have_been_changed(page: Page, server: Server) -> None:
    call = ("Order", "http_request", {"method": "POST", "url": "https://shop.example/orders"})
    made = create(server, "Ordering", MANUAL, call)
    sign_in(page)
    page.goto(f"/workflows/{made['id']}/overview/")
    page.get_by_label("More actions").click()
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_role("heading", name="Dry run: what would have been changed")).to_be_visible(timeout=20_000)
    changes = page.locator("section", has=page.locator("#changes-title"))
    changes.get_by_text("Order").first.click()
    expect(changes.get_by_text("https://shop.example/orders")).to_be_visible()
    assert axe(page) == []
    shot(page, "dry-light")
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
    shot(page, "dry-390-dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_run_links_to_those_that_it_called_and_back(page: Page, server: Server) -> None:
    called = create(server, "Invoice", ("Called", "execute_workflow_trigger", {}), WORK)
    call = ("Call", "execute_workflow", {"workflow": called["slug"]})
    made = create(server, "Orders that call", MANUAL, call)
    sign_in(page)
    page.goto(f"/workflows/{made['id']}/overview/")
    page.get_by_role("button", name="Run Orders that call").click()
    expect(page.locator(".page-head .pill").first).to_contain_text("Success", timeout=20_000)
    assert axe(page) == []
    shot(page, "caller-light")
    page.get_by_role("link", name="Invoice").click()
    expect(page.get_by_role("heading", name="Invoice")).to_be_visible()
    page.get_by_role("link", name="the run that called it").click()
    expect(page.get_by_role("heading", name="Orders that call")).to_be_visible()

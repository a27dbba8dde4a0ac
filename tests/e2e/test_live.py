"""Following a run in the browser: steps appear while it goes on, without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import sign_in
from tests.workflows.main_job.definitions import MANUAL, chain, fields

pytestmark = pytest.mark.e2e
PAUSE = ("pause", "wait", {"resume": "interval", "amount": 4, "unit": "seconds"})
BUSY = ("busy", "code", {"code": "const end = Date.now() + 7000; while (Date.now() < end) {} return $input.all();"})


def start(server: Server, *steps: tuple[str, str, dict[str, object]]) -> str:
    """A run that has just begun."""
    body = {"name": "Followed", "definition": chain(MANUAL, *steps)}
    workflow = server.call("POST", "/workflows/", body)
    return str(server.call("POST", f"/workflows/{workflow['id']}/execute/", {})["execution"]["id"])


def mark(page: Page) -> None:
    """Something that a reload would take away."""
    page.evaluate("window.notReloaded = true")


def test_steps_appear_without_a_reload(page: Page, server: Server) -> None:
    sign_in(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/state/") else None)
    execution = start(server, fields("first", a="1"), PAUSE, BUSY, fields("last", b="2"))
    page.goto(f"/executions/{execution}/")
    mark(page)
    steps = page.locator(".timeline .step")
    expect(steps.filter(has_text="first")).to_be_visible()
    expect(page.locator("[data-live-now]")).to_have_text("busy", timeout=15_000)
    expect(steps.filter(has_text="pause")).to_be_visible()
    expect(steps.filter(has_text="last")).to_be_visible(timeout=20_000)
    expect(page.locator(".page-head")).to_contain_text("Success")
    assert page.evaluate("window.notReloaded")
    assert len(asked) <= 2
    assert axe(page) == []


def test_the_list_shows_runs_as_they_begin_and_end(page: Page, server: Server) -> None:
    sign_in(page)
    page.goto("/executions/")
    mark(page)
    page.wait_for_timeout(1_000)
    execution = start(server, BUSY)
    row = page.locator("tr", has=page.locator(f'a[href="/executions/{execution}/"]'))
    expect(row).to_contain_text("Running")
    expect(row).to_contain_text("Success", timeout=15_000)
    assert page.evaluate("window.notReloaded")


def test_without_a_socket_the_page_still_follows(page: Page, server: Server) -> None:
    sign_in(page)
    page.add_init_script("delete window.WebSocket")
    page.goto(f"/executions/{start(server, PAUSE, fields('last', b='2'))}/")
    expect(page.locator(".timeline .step").filter(has_text="last")).to_be_visible(timeout=25_000)

"""Journeys in a real browser against a real server process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from benchmarks.server import Server

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _chromium() -> str | None:
    names = (os.environ.get("EXPRSN_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The product, started as ``manage.py serve`` on a database of its own."""
    with Server.for_tests("e2e", redis_offset=3, websockets=True) as running:
        yield running


@pytest.fixture(scope="session")
def browser_() -> Iterator[Browser]:
    """A Chromium; without one the journeys are skipped, but never in CI."""
    path = _chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium was found: make browser-deps installs one")
        pytest.skip("no Chromium was found: make browser-deps installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[("light", 1280), ("dark", 1280), ("light", 390)], ids=["light", "dark", "phone"])
def look(request: pytest.FixtureRequest) -> tuple[str, int]:
    """Theme and width."""
    theme: tuple[str, int] = request.param
    return theme


@pytest.fixture
def page(browser_: Browser, server: Server) -> Iterator[Page]:
    """A page that fails the test on any console error."""
    yield from page_of(browser_, server, "light", 1280)


@pytest.fixture
def page_in(browser_: Browser, server: Server, look: tuple[str, int]) -> Iterator[Page]:
    """The same in every look."""
    yield from page_of(browser_, server, *look)


def page_of(
    browser: Browser, server: Server, theme: str, width: int, *, touch: bool = False, expected: str = ""
) -> Iterator[Page]:
    """A page of this look; it fails the test on any console error but those with the ``expected`` words."""
    context = browser.new_context(
        base_url=server.base,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        has_touch=touch,
    )
    page = context.new_page()
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not (expected and expected in message.text):
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


# What turns for ever, such as a spinner, is not waited for.
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
  .map((each) => each.finished)).then(() => null)"""


def axe(page: Page) -> list[str]:
    """What axe-core finds wrong with the page once its transitions are over."""
    page.evaluate(SETTLED)
    # What is right is not sent over: it is most of the answer.
    run = "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
    found = page.evaluate(f"{AXE.read_text()};{run}")
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]

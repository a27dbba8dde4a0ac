"""The examples in a browser: looked through, narrowed, used."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe
from tests.e2e.journeys import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.ui]


def test_the_examples_are_accessible_and_fit(page_in: Page, look: tuple[str, int]) -> None:
    sign_in(page_in)
    page_in.goto("/workflows/gallery/")
    page_in.locator("details.needs > summary").first.click()
    page_in.screenshot(path=f"screenshots/examples-{look[0]}-{look[1]}.png", full_page=True)
    assert axe(page_in) == []
    assert page_in.evaluate("document.documentElement.scrollWidth") <= look[1]


def test_an_example_is_found_and_used(page: Page) -> None:
    sign_in(page)
    page.goto("/workflows/")
    page.get_by_role("link", name="Examples").first.click()
    page.get_by_role("searchbox", name="Search examples").fill("spreadsheet")
    expect(page.get_by_role("button", name="Use")).to_have_count(1)
    page.get_by_role("button", name="Use Tidy a list of addresses").click()
    page.wait_for_url("**/workflows/*-*/")
    expect(page.get_by_text("One per person", exact=True).first).to_be_visible()
    page.screenshot(path="screenshots/example-in-the-designer.png")

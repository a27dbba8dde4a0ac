"""The administration under its own content security policy: a refusal of the browser is a console error."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import EMAIL, Server
from tests.e2e.journeys import export_text, sign_in

pytestmark = pytest.mark.e2e


def test_every_list_and_a_page_of_each_open_without_errors(page: Page, server: Server) -> None:
    server.call("POST", "/workflows/import/", json.loads(export_text("back-office")))
    sign_in(page)
    page.goto("/admin/")
    lists = [link.get_attribute("href") or "" for link in page.locator("#content-main th a").all()]
    assert len(lists) > 12
    for path in lists:
        page.goto(path)
        expect(page.locator("#changelist")).to_be_visible()
        first = page.locator("#result_list tbody th a").first
        if first.count():
            first.click()
            expect(page.locator("#content form, #content-main").first).to_be_visible()


def test_a_list_is_searched_and_an_action_chosen(page: Page) -> None:
    sign_in(page)
    page.goto("/admin/accounts/user/")
    page.locator("#searchbar").fill("bench")
    page.locator("#searchbar").press("Enter")
    expect(page).to_have_url(re.compile("q=bench"))
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("close")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("nobody closes or demotes their own account")).to_be_visible()
    expect(page.locator("#result_list").get_by_role("link", name=EMAIL)).to_be_visible()

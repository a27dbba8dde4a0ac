"""The gallery of components: every part, open and closed, in every look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe

pytestmark = [pytest.mark.e2e, pytest.mark.ui]


def opened(page: Page) -> None:
    """The gallery with its islands in place."""
    page.goto("/_design/")
    expect(page.get_by_role("region", name="Splitter, VirtualList")).to_be_visible()


def test_the_gallery_is_accessible_and_fits(page_in: Page, look: tuple[str, int]) -> None:
    opened(page_in)
    faults = axe(page_in)
    page_in.screenshot(path=f"screenshots/gallery-{look[0]}-{look[1]}.png", full_page=True)
    assert faults == []
    assert page_in.evaluate("document.documentElement.scrollWidth") <= look[1]


@pytest.mark.lengthy
def test_menus_dialogs_and_lists_are_accessible_while_they_are_open(page_in: Page) -> None:
    opened(page_in)
    found: dict[str, list[str]] = {}

    page_in.get_by_role("button", name="Open the menu").click()
    page_in.get_by_role("menuitem", name="Export").press("ArrowRight")
    expect(page_in.get_by_role("menuitem", name="As JSON")).to_be_focused()
    found["menu"] = axe(page_in)
    page_in.keyboard.press("Escape")
    page_in.keyboard.press("Escape")

    page_in.get_by_role("group", name="Has a context menu").press("Shift+F10")
    expect(page_in.get_by_role("menu", name="Node")).to_be_visible()
    found["context menu"] = axe(page_in)
    page_in.keyboard.press("Escape")
    expect(page_in.get_by_role("group", name="Has a context menu")).to_be_focused()

    page_in.get_by_role("combobox", name="Credential").click()
    expect(page_in.get_by_role("option", name="Credential 7", exact=True)).to_be_visible()
    found["combobox"] = axe(page_in)
    page_in.keyboard.press("Escape")

    opener = page_in.get_by_role("button", name="Dialog m")
    opener.click()
    expect(page_in.get_by_role("textbox", name="New name")).to_be_focused()
    found["dialog"] = axe(page_in)
    page_in.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_focus_goes_back_through_a_menu_to_what_opened_it(page: Page) -> None:
    opened(page)
    area = page.get_by_role("group", name="Has a context menu")
    for opener, keys in ((page.get_by_role("button", name="Open the menu"), "Enter"), (area, "Shift+F10")):
        opener.press(keys)
        page.get_by_role("menuitem", name="Rename").press("Enter")
        expect(page.get_by_role("textbox", name="Name of the node")).to_be_focused()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()


def test_rows_are_put_in_order_by_pointer_and_by_keys(page: Page) -> None:
    opened(page)
    rows = page.get_by_role("list", name="Headers").get_by_role("textbox")
    page.get_by_role("button", name="Move Accept", exact=True).press("ArrowDown")
    expect(rows.nth(0)).to_have_value("Authorization")
    expect(page.get_by_role("button", name="Move Accept", exact=True)).to_be_focused()
    handle, target = (
        page.get_by_role("button", name=f"Move {name}", exact=True).bounding_box()
        for name in ("Accept", "Authorization")
    )
    assert handle and target
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 8, target["y"] + 8, steps=4)
    page.mouse.up()
    expect(rows.nth(0)).to_have_value("Accept")


def test_a_pane_is_sized_by_pointer_and_by_keys(page: Page) -> None:
    opened(page)
    bar = page.get_by_role("separator", name="Width of the list")
    bar.press("ArrowRight")
    expect(bar).to_have_attribute("aria-valuenow", "236")
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=3)
    page.mouse.up()
    expect(bar).to_have_attribute("aria-valuenow", "296")

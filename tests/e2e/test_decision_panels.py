"""A decision table from the first rule to the published answer, and every panel around its grid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.server import Server
from exprsn.kernel.ids import new_id
from tests.e2e.conftest import axe, page_of
from tests.e2e.journeys import sign_in
from tests.e2e.test_decision_grid import add_column, cell, paste, saved

pytestmark = [pytest.mark.e2e, pytest.mark.ui]
API = "/decision-tables/"
PANELS = ("Run", "Checks", "Tests", "Versions", "Statistics", "Requires")
RULES = (("100", "premium", "8.50", "15"), ("", "premium", "9.50", "10"), ("100", "", "9.00", "10"))


def panel(page: Page, name: str) -> Locator:
    """The panel of this name, opened at the right or, on a phone, in the place of the one before."""
    close = page.locator(".decision-panel-head").get_by_role("button", name="Close")
    if close.count():
        close.click()
    page.get_by_role("toolbar", name="Panels").get_by_role("button", name=name).click()
    found = page.get_by_role("complementary", name=name)
    expect(found).to_have_attribute("aria-busy", "false")
    return found


# How far the page could be scrolled, to the side and down.
OVERFLOW = """() => {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
  return [scrollWidth - clientWidth, scrollHeight - clientHeight];
}"""


def evaluate(server: Server, table: str, **inputs: Any) -> Any:
    return server.call("POST", f"{API}{table}/evaluate/", {"inputs": inputs})


def build_by_keyboard(page: Page) -> None:
    """The rules of the product pricing, without what answers when none of them fits."""
    add_column(page, "input", "Quantity", "number")
    add_column(page, "input", "Customer Tier", "string")
    add_column(page, "output", "Price", "number")
    add_column(page, "output", "Discount", "number")
    cell(page, 0, 0).focus()
    for quantity, *others in RULES:
        for text in (f">= {quantity}" if quantity else "", *others):
            page.keyboard.type(text) if text else None
            page.keyboard.press("Tab" if text else "ArrowRight")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")


def test_a_table_is_written_checked_tested_published_and_called(page: Page, server: Server) -> None:
    sign_in(page)
    page.goto("/decisions/")
    page.get_by_role("link", name="New table").click()
    page.get_by_role("textbox", name="Label").fill("Product pricing")
    page.get_by_role("textbox", name="Name").fill(f"pricing-{new_id()}")
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".table-designer:not([aria-busy=true])")).to_be_visible()
    table = page.url.rstrip("/").rpartition("/")[2]
    build_by_keyboard(page)
    paste(page, "\r\n".join(f"< {100 - at % 99}\ttier {at}\t{at}\t0" for at in range(200)))
    expect(page.get_by_text("203 rules", exact=True)).to_be_visible()

    checks = panel(page, "Checks")
    expect(checks.get_by_text("Some inputs have no answer")).to_be_visible()
    checks.get_by_role("button", name="Add the proposed rule").first.click()
    expect(page.get_by_text("204 rules", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    fill_in(page, 203, "10", "0")
    assert len(saved(page, server, table)["rules"]) == 204

    run = panel(page, "Run")
    run.get_by_role("textbox", name="Quantity").fill("150")
    run.get_by_role("textbox", name="Customer Tier").fill("premium")
    run.get_by_role("button", name="Run", exact=True).click()
    expect(run.get_by_text("Matched")).to_be_visible()
    run.get_by_role("button", name="Record as test").click()
    expect(panel(page, "Tests").get_by_text("1 test passes.")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What has changed").fill("First prices")
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published version 1.")).to_be_visible()
    expect(page.locator(".version-chip")).to_have_text("v1")
    assert page.evaluate(OVERFLOW) == [0, 0]
    expect(panel(page, "Versions").get_by_text("First prices")).to_be_visible()
    answer = evaluate(server, table, quantity=150, customer_tier="premium")
    assert (answer["matched"], answer["outputs"], answer["version"]) == (True, {"price": 8.5, "discount": 15}, 1)


def fill_in(page: Page, row: int, *texts: str) -> None:
    """The outputs of a rule, typed."""
    cell(page, row, 2).click()
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")


@pytest.fixture
def example(server: Server) -> str:
    """A published example with a test, a change since, and calls; its id."""
    made = server.call("POST", f"{API}templates/product-pricing/", {"name": f"example-{new_id()}"})
    path = f"{API}{made['id']}/"
    case = {"name": "Bulk", "inputs": {"quantity": 150, "customer_tier": "premium"}, "expected": {"matched": True}}
    server.call("POST", f"{path}tests/", case)
    server.call("POST", f"{path}publish/", {"message": "First"})
    evaluate(server, made["id"], quantity=150, customer_tier="premium")
    first, *others = made["rules"]
    changed = [{**first, "outputs": {"price": 8, "discount": 15}}, *others]
    server.call("PATCH", path, {"rules": changed, "default_outputs": {}, "hit_policy": "UNIQUE"})
    return str(made["id"])


def test_every_panel_can_be_used_by_everybody(page_in: Page, server: Server, example: str) -> None:
    page = page_in
    sign_in(page)
    page.goto("/decisions/")
    assert axe(page) == []
    page.goto(f"/decisions/{example}/")
    for name in PANELS:
        shown = panel(page, name)
        expect(shown.get_by_role("progressbar", name="Loading…")).to_have_count(0)
        assert axe(page) == [], name
    panel(page, "Checks").get_by_role("button", name="Try this input").first.click()
    expect(page.get_by_role("complementary", name="Run").get_by_role("textbox", name="Quantity")).not_to_have_value("")
    versions = panel(page, "Versions")
    expect(versions.locator(".diff-item").first).to_contain_text("Hit policy changed")
    versions.get_by_role("button", name="Show version 1 in the grid").click()
    expect(versions.get_by_text("An earlier version is in the grid")).to_be_visible()


def test_what_was_not_taken_is_not_published(page: Page, server: Server, example: str) -> None:
    sign_in(page)
    page.goto(f"/decisions/{example}/")
    cell(page, 0, 2).click()
    page.keyboard.type("cheap")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    dialog.get_by_role("button", name="Rule 1, ").click()
    expect(cell(page, 0, 2)).to_be_focused()
    page.get_by_role("button", name="Publish", exact=True).click()
    dialog.get_by_role("button", name="Discard these texts").click()
    expect(cell(page, 0, 2)).to_have_text("8")
    expect(dialog.get_by_role("button", name="Publish", exact=True)).to_be_enabled()


@pytest.fixture
def phone(browser_: Browser, server: Server) -> Iterator[Page]:
    """A phone that loses its connection."""
    yield from page_of(browser_, server, "light", 390, expected="ERR_INTERNET_DISCONNECTED")


def test_a_narrow_bar_has_room_for_what_waits(phone: Page, example: str) -> None:
    page = phone
    sign_in(page)
    page.goto(f"/decisions/{example}/")
    expect(page.locator(".version-chip")).to_have_attribute("title", "The draft differs from the published version.")
    cell(page, 0, 0).focus()
    page.context.set_offline(True)
    page.keyboard.type(">= 70")
    page.keyboard.press("Enter")
    state = page.get_by_role("button", name="Not connected")
    expect(state).to_be_visible()
    assert page.evaluate(OVERFLOW) == [0, 0]
    assert state.evaluate("(it) => [it.offsetWidth, getComputedStyle(it).overflowX]") == [32, "hidden"]
    box = page.get_by_role("button", name="Publish", exact=True).bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    page.context.set_offline(False)
    # What is answered otherwise is at the end of the rules, and leads to where it is changed.
    page.get_by_role("button", name="Otherwise").click()
    expect(page.get_by_text("When no rule fits")).to_be_visible()


def test_a_file_of_inputs_comes_back_with_answers(page: Page, server: Server, example: str, tmp_path: Path) -> None:
    sign_in(page)
    page.goto(f"/decisions/{example}/")
    run = panel(page, "Run")
    run.get_by_role("radio", name="Published").click()
    run.get_by_role("radio", name="A file").click()
    rows = "\n".join(f"{at},premium" for at in range(600))
    orders = tmp_path / "orders.csv"
    orders.write_text(f"Quantity,Customer Tier\n{rows}\nmany,x")
    run.get_by_label("File, CSV or JSON").set_input_files(orders)
    run.get_by_role("button", name="Run 601 rows").click()
    expect(run.get_by_role("row", name="601")).to_contain_text("many")
    with page.expect_download() as download:
        run.get_by_role("button", name="Download CSV").click()
    target = tmp_path / "results.csv"
    download.value.save_as(target)
    lines = target.read_text().splitlines()
    assert lines[0] == "quantity,customer_tier,price,discount,matched,rules,error"
    assert lines[151].startswith("150,premium,8.5,15,true,")
    assert lines[601].startswith("many,x,,,,,")

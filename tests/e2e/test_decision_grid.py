"""Rules written in the grid: by keyboard, from a spreadsheet, and two thousand of them without lag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.server import Server
from exprsn.kernel.ids import new_id
from tests.e2e.conftest import axe, page_of
from tests.e2e.journeys import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.ui]
API = "/decision-tables/"
COLUMNS: dict[str, Any] = {
    "input_columns": [
        {"name": "quantity", "type": "number", "label": "Quantity"},
        {"name": "tier", "type": "string", "label": "Customer Tier"},
    ],
    "output_columns": [{"name": "price", "type": "number", "label": "Unit Price"}],
}


def open_table(page: Page, server: Server, **content: Any) -> str:
    """A new table in its designer; its id."""
    made = server.call("POST", API, {"name": f"grid-{new_id()}", "label": "Prices", **content})
    sign_in(page)
    page.goto(f"/decisions/{made['id']}/")
    expect(page.locator(".table-designer:not([aria-busy=true])")).to_be_visible()
    return str(made["id"])


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f"[data-cell='{row}:{column}']")


def saved(page: Page, server: Server, table: str) -> Any:
    """The document as the server has it, once everything is saved."""
    expect(page.get_by_text("saved", exact=True)).to_be_visible()
    return server.call("GET", f"{API}{table}/document/")["state"]


def add_column(page: Page, kind: str, label: str, type_: str, **more: str) -> None:
    """By the keyboard alone, from wherever the focus is."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(f"add an {kind}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type(label)
    page.get_by_label("Type", exact=True).select_option(type_)
    for name, text in more.items():
        page.get_by_label(name).fill(text)
    page.get_by_label("Label").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_example_table_is_built_by_keyboard(page: Page, server: Server) -> None:
    table = open_table(page, server)
    add_column(page, "input", "Quantity", "number")
    add_column(page, "input", "Customer Tier", "string")
    add_column(page, "output", "Price", "number")
    cell(page, 0, 0).focus()
    for line in ([">= 100", "premium", "8.50"], ["-", "premium", "9.50"], [">=100", "", "9"]):
        for text in line:
            page.keyboard.type(text) if text else None
            page.keyboard.press("Tab" if text else "ArrowRight")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")
    page.keyboard.press("Control+Home")
    expect(cell(page, 0, 0)).to_be_focused()
    expect(page.get_by_role("gridcell", name="premium")).to_have_count(2)
    assert axe(page) == []
    rules = saved(page, server, table)["rules"]
    assert [rule["outputs"] for rule in rules] == [{"price": 8.5}, {"price": 9.5}, {"price": 9}]
    many = {"column": "quantity", "operator": ">=", "value": 100}
    premium = {"column": "customer_tier", "operator": "==", "value": "premium"}
    assert [rule["conditions"] for rule in rules] == [[many, premium], [premium], [many]]
    # What can be done by keys: fill down, move, delete, take back.
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Shift+Space")
    page.keyboard.press("Control+-")
    assert len(saved(page, server, table)["rules"]) == 2
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert saved(page, server, table)["rules"] == rules


def test_rows_of_a_spreadsheet_are_pasted_and_faults_stay_in_sight(page: Page, server: Server) -> None:
    table = open_table(page, server, **COLUMNS)
    lines = [f">= {number}\tgold\t{number}" for number in range(199)]
    cell(page, 0, 0).click()
    paste(page, "\r\n".join([*lines, "< 5\tgold\tcheap"]))
    expect(page.get_by_text("200 rules", exact=True)).to_be_visible()
    page.keyboard.press("Control+End")
    last = cell(page, 199, 2)
    expect(last).to_have_attribute("aria-invalid", "true")
    last.click()
    expect(page.locator(".decision-status")).to_contain_text("Begin with “=”")
    page.keyboard.type("= quantity / 2")
    page.keyboard.press("Enter")
    expect(last).not_to_have_attribute("aria-invalid", "true")
    rules = saved(page, server, table)["rules"]
    assert len(rules) == 200
    assert rules[199]["outputs"] == {"price": {"feel": "quantity / 2"}}
    page.keyboard.press("Control+f")
    page.keyboard.type("198")
    expect(page.get_by_text("1 of 200 rules")).to_be_visible()


@pytest.fixture
def refusing(browser_: Browser, server: Server) -> Iterator[Page]:
    """A page on which the server may refuse what is sent."""
    yield from page_of(browser_, server, "light", 1280, expected="422")


def test_a_double_click_edits_and_texts_that_were_not_taken_stay(refusing: Page, server: Server) -> None:
    page = refusing
    table = open_table(page, server, **COLUMNS, rules=[{"id": "r1", "outputs": {"price": 1}}])
    cell(page, 0, 2).dblclick()
    expect(page.get_by_role("combobox", name="Unit Price, rule 1")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("12 EUR")
    page.keyboard.press("Enter")
    # The last one is a pattern that only the server can judge.
    cell(page, 1, 0).click()
    paste(page, "1\tgold\t7,25\r\n2\tmatches (?=x)y\t2\r\n3\tgold\t3")
    expect(page.get_by_text("4 rules", exact=True)).to_be_visible()
    expect(cell(page, 2, 1)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("status").filter(has_text="cell not taken")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.get_by_text("1 rule", exact=True)).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_text("4 rules", exact=True)).to_be_visible()
    expect(page.get_by_text("saving…")).to_have_count(0)
    page.reload()
    expect(cell(page, 0, 2)).to_have_attribute("aria-invalid", "true")
    expect(cell(page, 0, 2)).to_contain_text("12 EUR")
    rules = server.call("GET", f"{API}{table}/document/")["state"]["rules"]
    assert [rule["outputs"] for rule in rules] == [{"price": 1}, {}, {"price": 2}, {"price": 3}]
    # What is dragged is followed out of the grid.
    box = cell(page, 0, 0).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 45, steps=3)
    page.mouse.up()
    expect(page.locator(".decision-status")).to_contain_text("2 rules selected")


PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


def paste(page: Page, text: str) -> None:
    """As the browser does it after Ctrl+V."""
    page.evaluate(PASTE, text)


FRAMES = """(step) => new Promise((done) => {
  const grid = document.querySelector(".decision-grid"), start = performance.now();
  let frames = 0;
  const tick = (now) => {
    grid.scrollTop += step;
    frames += 1;
    if (now - start < 1_000) requestAnimationFrame(tick);
    else done((frames * 1_000) / (now - start));
  };
  requestAnimationFrame(tick);
})"""


def test_two_thousand_rules_scroll_and_are_edited_without_lag(page: Page, server: Server) -> None:
    rules = [
        {
            "id": f"r{at}",
            "conditions": [{"column": "quantity", "operator": ">=", "value": at}],
            "outputs": {"price": at},
        }
        for at in range(2_000)
    ]
    table = open_table(page, server, **COLUMNS, rules=rules)
    expect(cell(page, 0, 0)).to_be_visible()
    # Only what is in sight is in the page; the bound is wide, because others use the machine too.
    assert page.locator(".grid-row").count() < 80
    assert page.evaluate(FRAMES, 32) > 25
    cell(page, int(page.locator("[data-row]").nth(15).get_attribute("data-row") or 0), 0).click()
    page.keyboard.press("Control+End")
    expect(cell(page, 1_999, 3)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.type("< 7")
    page.keyboard.press("Enter")
    changed = {"column": "quantity", "operator": "<", "value": 7}
    assert saved(page, server, table)["rules"][1_999]["conditions"] == [changed]


@pytest.fixture
def phone(browser_: Browser, server: Server) -> Iterator[Page]:
    yield from page_of(browser_, server, "dark", 390, touch=True)


def test_on_a_phone_the_grid_scrolls_in_its_own_place(phone: Page, server: Server) -> None:
    open_table(phone, server, **COLUMNS, rules=[{"id": "r1", "outputs": {"price": 1}}])
    expect(cell(phone, 0, 0)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    cell(phone, 0, 1).tap()
    expect(cell(phone, 0, 1)).to_be_focused()
    assert axe(phone) == []

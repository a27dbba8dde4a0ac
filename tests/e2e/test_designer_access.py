"""The designer is open to everybody: by keyboard, by finger, for screen readers, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.server import Server
from tests.e2e import designer_places as places
from tests.e2e.conftest import AXE, SETTLED, page_of
from tests.e2e.journeys import show_canvas, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.ui]

# In the other theme only the colours are others. What was looked at before is not looked at again: the page under a
# dialog, and the list of step types after the first time.
LOOK = """async (isFirst) => {
  const settled = SETTLED;
  const root = document.documentElement;
  const rest = isFirst ? document : {include: [["main"]], exclude: [[".palette"]]};
  const place = document.querySelector("[role=dialog]") ?? rest;
  const found = (await axe.run(place, {resultTypes: ["violations"]})).violations;
  root.dataset.theme = "dark";
  await settled();
  found.push(...(await axe.run(place, {runOnly: ["color-contrast"], resultTypes: ["violations"]})).violations);
  root.dataset.theme = "light";
  return found.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 120)).join(" ")}`);
}""".replace("SETTLED", SETTLED)
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth"
# What a finger presses, but for links in the midst of words and switches, whose words can be pressed too.
SMALL = """() => [...document.querySelectorAll("button, a, select, [role=tab], [role=menuitem], [role=option]")]
  .filter((each) => each.checkVisibility() && !each.matches(".skip-link, [role=switch], [role=checkbox], p a"))
  .filter((each) => { const {width, height} = each.getBoundingClientRect(); return width > 0 && height < 38; })
  .map((each) => each.outerHTML.slice(0, 120))"""


def look_at(page: Page, groups: tuple[Callable[[Page], Iterator[str]], ...], *, fingers: bool = False) -> list[str]:
    """What is wrong in any of the places."""
    page.evaluate(AXE.read_text())
    found: list[str] = []
    is_first = True
    for group in groups:
        for place in group(page):
            page.evaluate(SETTLED)
            found += [f"{place}: {each}" for each in page.evaluate(LOOK, is_first)]
            is_first = False
            if page.evaluate(OVERFLOWS):
                found.append(f"{place}: wider than the window")
            if fingers:
                found += [f"{place}: small: {each}" for each in page.evaluate(SMALL)]
    return found


@pytest.mark.lengthy
def test_every_place_in_light_and_dark(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    workflow = places.make(server)
    sign_in(page)
    show_canvas(page, workflow)
    assert look_at(page, places.WIDE) == []
    empty = server.call("POST", "/workflows/", {"name": "Empty"})["id"]
    page.goto(f"/workflows/{empty}/")
    assert look_at(page, (places.beginning,)) == []


def test_every_place_of_somebody_who_may_only_look(page: Page, server: Server) -> None:
    def without_rights(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        for right in ("write", "run", "publish"):
            text = text.replace(f'"{right}": true', f'"{right}": false')
        route.fulfill(response=answer, body=text)

    page.set_viewport_size({"width": 1600, "height": 900})
    workflow = places.make(server)
    sign_in(page)
    page.route(f"**/workflows/{workflow}/", without_rights)
    show_canvas(page, workflow)
    expect(page.get_by_role("button", name="Run", exact=True)).to_have_count(0)
    assert look_at(page, (places.viewing,)) == []


def test_every_place_by_finger(browser_: Browser, server: Server) -> None:
    for page in page_of(browser_, server, "light", 390, touch=True):
        workflow = places.make(server)
        sign_in(page)
        page.goto(f"/workflows/{workflow}/")
        assert look_at(page, places.PHONE, fingers=True) == []


def test_the_outline_reads_as_sentences(page: Page, server: Server) -> None:
    workflow = places.make(server)
    sign_in(page)
    show_canvas(page, workflow)
    page.keyboard.press("o")
    tree = page.get_by_role("tree", name="Outline of the workflow")
    for sentence in (
        "New lead, Manual trigger, then Enrich company.",
        "Enrich company, HTTP request · GET https://example.com/c, with pinned data, then Score lead.",
        "Is it hot?, If · {{ $json.score }}, when true → Shape the answer, when false → Wait a while.",
        "When true: Shape the answer, Code · JavaScript, then Refuse.",
        "When false: Wait a while, Wait · 1 Seconds, disabled, then Only the first ten",
        "goes on at Enrich company, which stands elsewhere.",
        "Not ready yet, HTTP request, 2 problems, nothing follows.",
    ):
        expect(tree.get_by_role("treeitem", name=sentence)).to_be_visible()


def test_the_focus_is_never_lost(page: Page, server: Server) -> None:
    workflow = places.make(server)
    page.set_viewport_size({"width": 1600, "height": 900})
    sign_in(page)
    show_canvas(page, workflow)
    page.keyboard.press("1")
    places.card(page, "Score lead").focus()
    # A key on a button is for the button, also while a step is selected.
    page.keyboard.press("l")
    page.get_by_role("button", name="Close the panel").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Runs and logs")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(places.card(page, "Score lead")).to_be_focused()
    # Escape closes one layer after the other.
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Step")
    dialog.get_by_role("button", name="More for this step").click()
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(places.card(page, "Score lead")).to_be_focused()
    # What is deleted hands the focus on, on the canvas and in the outline.
    page.keyboard.press("Delete")
    expect(places.card(page, "Enrich company")).to_be_focused()
    page.keyboard.press("o")
    expect(page.get_by_role("treeitem", name="Enrich company, HTTP request")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("Enriched")
    page.keyboard.press("Enter")
    renamed = page.get_by_role("treeitem", name="Enriched, HTTP request")
    expect(renamed).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.get_by_role("treeitem", name="New lead,")).to_be_focused()
    page.keyboard.press("Control+f")
    page.get_by_role("combobox", name="Search in this workflow").fill("hot")
    page.keyboard.press("Enter")
    expect(page.get_by_role("treeitem", name="Is it hot?,")).to_be_focused()
    page.keyboard.press("o")
    expect(places.card(page, "Is it hot?")).to_be_focused()

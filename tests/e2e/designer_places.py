"""Every place of the designer that a person can come to, for journeys that look at all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Locator, Page, expect

from benchmarks.server import Server

Step = tuple[str, str, str, tuple[int, int], dict[str, Any]]
OVER_50 = {"left": "={{ $json.score }}", "operator": {"type": "number", "operation": "gt"}, "right": 50}
HOT = {"combinator": "and", "conditions": [OVER_50]}

STEPS: tuple[Step, ...] = (
    ("start", "manual", "New lead", (0, 112), {}),
    ("hook", "webhook", "Lead by webhook", (0, 272), {"path": "leads-everywhere", "methods": ["POST"]}),
    ("enrich", "http_request", "Enrich company", (288, 112), {"url": "https://example.com/c", "method": "GET"}),
    ("score", "set", "Score lead", (576, 112), {}),
    ("route", "if", "Is it hot?", (864, 112), {"conditions": HOT}),
    ("shape", "code", "Shape the answer", (1152, 32), {"code": "return $input.all().filter((item) => true);"}),
    ("wait", "wait", "Wait a while", (1152, 192), {"mode": "duration", "amount": 1, "unit": "seconds"}),
    ("mail", "limit", "Only the first ten, in the order they came in", (1440, 192), {"max_items": 10}),
    ("stop", "stop_and_error", "Refuse", (1440, 32), {"message": "=No offer for {{ $json.company }}."}),
    ("wrong", "http_request", "Not ready yet", (288, 272), {"url": "", "method": "POST"}),
)
LINKS = (
    ("start", "main", "enrich"), ("hook", "main", "enrich"), ("enrich", "main", "score"), ("score", "main", "route"),
    ("route", "true", "shape"), ("route", "false", "wait"), ("shape", "main", "stop"), ("wait", "main", "mail"),
)  # fmt: skip
NOTE_TEXT = "## Why enrich first?\nThe score needs **headcount** and country.\n\n- one call for each lead"
LEADS = [
    {"json": {"company": "Northwind", "email": "ana@northwind.example", "headcount": 420, "score": 87, "ok": True}},
    {"json": {"company": "Contoso", "email": "li@contoso.example", "headcount": 55, "score": 41, "ok": False}},
]


def definition() -> dict[str, Any]:
    """Steps of many kinds: triggers, branches, one that fails, is disabled, pinned, at fault; and a note."""
    nodes: list[dict[str, Any]] = [
        {"id": id, "type": type, "name": name, "position": {"x": x, "y": y}, "parameters": parameters}
        for id, type, name, (x, y), parameters in STEPS
    ]
    by_id = {node["id"]: node for node in nodes}
    by_id["enrich"]["pinned_data"] = LEADS
    by_id["score"]["parameters"] = {
        "assignments": [
            {"name": "score", "type": "number", "value": "={{ $json.headcount * 0.2 + ($json.ok === true ? 3 : 0) }}"},
            {"name": "checked", "type": "boolean", "value": True},
        ]
    }
    by_id["wait"]["disabled"] = True
    note = {"content": NOTE_TEXT, "width": 224, "height": 128, "color": 1}
    nodes.append(
        {"id": "why", "type": "sticky_note", "name": "Why", "position": {"x": 576, "y": 288}, "parameters": note}
    )
    connections = [{"source": a, "source_output": port, "target": b, "target_input": "main"} for a, port, b in LINKS]
    return {"schema_version": 1, "nodes": nodes, "connections": connections, "variables": {}, "settings": {}}


def make(server: Server, name: str = "Qualify inbound leads") -> str:
    """The workflow; its id."""
    return str(server.call("POST", "/workflows/", {"name": name, "definition": definition()})["id"])


def card(page: Page, name: str) -> Locator:
    """A step on the canvas."""
    return page.locator(".react-flow__node").filter(has=page.locator(".card-name", has_text=name))


def _command(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    page.get_by_placeholder("What do you want to do?").fill(words)
    expect(page.locator("[cmdk-item][data-selected=true]")).to_contain_text(words)
    page.keyboard.press("Enter")


def _closed(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def _dialog(page: Page, words: str, name: str) -> Locator:
    _command(page, words)
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    return dialog


def run_it(page: Page) -> None:
    """Run the workflow with what is pinned, until it has failed as it should."""
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("region", name="Run on the canvas").get_by_text("Error").first).to_be_visible(
        timeout=15_000
    )


Places = Iterator[str]


def on_canvas(page: Page) -> Places:
    """The canvas itself, what is selected on it, and its menus."""
    expect(card(page, "Score lead")).to_be_visible()
    page.keyboard.press("1")
    yield "canvas"
    run_it(page)
    yield "run"
    card(page, "Score lead").click()
    yield "selected"
    inspector = page.get_by_role("complementary", name="Inspector")
    for tab in ("Settings", "Code", "Documentation", "Parameters"):
        inspector.get_by_role("tab", name=tab).click()
        expect(inspector.get_by_role("tabpanel")).to_be_visible()
        if tab != "Parameters":
            yield f"inspector-{tab.lower()}"
    card(page, "Refuse").click()
    yield "failed-step"
    card(page, "Is it hot?").click(button="right")
    yield "menu-of-a-step"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    yield "several"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More ways to run").click()
    yield "ways-to-run"
    page.keyboard.press("Escape")
    page.get_by_role("banner").get_by_role("button", name="More", exact=True).click()
    yield "workflow-menu"
    page.keyboard.press("Escape")


def step_dialog(page: Page) -> Places:
    """A step with its input and output, in each tab."""
    page.keyboard.press("Escape")
    card(page, "Score lead").click()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Step")
    expect(dialog.get_by_role("region", name="Output of Score lead")).to_be_visible()
    yield "step"
    output = dialog.get_by_role("region", name="Output of Score lead")
    for tab in ("Table", "JSON", "Schema"):
        output.get_by_role("tab", name=tab).click()
        yield f"step-output-{tab.lower()}"
    about = dialog.get_by_role("tablist", name="About this step")
    for tab in ("Settings", "Code", "Documentation", "Parameters"):
        about.get_by_role("tab", name=tab).click()
        if tab != "Parameters":
            yield f"step-{tab.lower()}"
    _closed(page)


def dialogs(page: Page) -> Places:
    """Dialogs that are opened from the list of commands."""
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder("What do you want to do?")).to_be_visible()
    yield "commands"
    _closed(page)
    for words, title, place in (
        ("Add a step", "Add", "add"),
        ("Shortcuts", "Shortcuts", "shortcuts"),
        ("Find steps", "Find steps", "search"),
        ("Run with data", "Run with data", "run-with-data"),
        ("Tests", "Tests", "tests"),
        ("Publish", "Publish", "publish"),
    ):
        dialog = _dialog(page, words, title)
        if place == "publish":
            expect(dialog.get_by_role("status")).to_contain_text("must be mended")
        yield place
        _closed(page)
    dialog = _dialog(page, "Workflow settings", "Workflow settings")
    yield "settings"
    dialog.get_by_role("tab", name="Runs").click()
    yield "settings-runs"
    dialog.get_by_role("tab", name="Limits").click()
    dialog.get_by_role("spinbutton", name="Runs at the same time, at most").fill("2")
    expect(dialog.get_by_text("Count by", exact=False).first).to_be_visible()
    yield "settings-limits"
    dialog.get_by_role("tab", name="Data").click()
    yield "settings-data"
    _closed(page)
    dialog = _dialog(page, "Versions", "Versions")
    dialog.get_by_text("Canvas", exact=True).wait_for()
    yield "versions"
    dialog.get_by_text("Canvas", exact=True).click()
    yield "versions-canvas"
    _closed(page)


def panels(page: Page) -> Places:
    """What stands under the canvas."""
    panel = page.get_by_role("region", name="Runs and logs")
    page.keyboard.press("l")
    for tab in ("Logs", "Steps", "Runs"):
        panel.get_by_role("tab", name=tab).click()
        yield f"panel-{tab.lower()}"
    panel.get_by_role("button", name="Close the panel").click()
    expect(panel).to_have_count(0)


def outline(page: Page) -> Places:
    """The same workflow in sentences."""
    page.keyboard.press("o")
    expect(page.get_by_role("tree")).to_be_visible()
    yield "outline"
    page.get_by_role("treeitem", name="Score lead,").click()
    page.keyboard.press("c")
    expect(page.get_by_role("dialog", name="Connect “Score lead” to …")).to_be_visible()
    yield "connect"
    _closed(page)
    page.keyboard.press("Shift+F10")
    expect(page.get_by_role("menu")).to_be_visible()
    yield "menu-in-outline"
    page.keyboard.press("Escape")
    page.keyboard.press("o")


def step_list(page: Page) -> Places:
    """A narrow window: the steps one below the other, and what opens from there."""
    expect(page.get_by_role("tree", name="Steps")).to_be_visible()
    yield "list"
    run_it(page)
    yield "list-run"
    page.get_by_role("treeitem", name="Score lead,").get_by_role("button", name="Actions").click()
    yield "list-menu"
    page.get_by_role("menuitem", name="Open").click()
    dialog = page.get_by_role("dialog", name="Step")
    for tab in ("Input", "Output", "Step"):
        dialog.get_by_role("tab", name=tab, exact=True).click()
        yield f"list-{tab.lower()}"
    _closed(page)
    page.get_by_role("button", name="More ways to run").click()
    yield "list-ways-to-run"
    page.get_by_role("menuitem", name="Run with data…").click()
    expect(page.get_by_role("dialog", name="Run with data")).to_be_visible()
    yield "list-run-with-data"
    _closed(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("dialog", name="Publish").get_by_role("status")).to_contain_text("must be mended")
    yield "list-publish"
    _closed(page)
    for item, title in (
        ("Versions", "Versions"),
        ("Workflow settings", "Workflow settings"),
        ("Find a command or a step", "Commands"),
    ):
        page.get_by_role("banner").get_by_role("button", name="More", exact=True).click()
        page.get_by_role("menuitem", name=item).click()
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        yield f"list-{title.lower().replace(' ', '-')}"
        _closed(page)
    page.get_by_role("toolbar", name="Workflow").get_by_role("button", name="Add a step").click()
    expect(page.get_by_role("dialog", name="Add")).to_be_visible()
    yield "list-add"
    _closed(page)
    _command(page, "Steps of the run")
    expect(page.get_by_role("region", name="Runs and logs")).to_be_visible()
    yield "list-panel"


def viewing(page: Page) -> Places:
    """What somebody sees who may only look."""
    card(page, "Score lead").click()
    inspector = page.get_by_role("complementary", name="Inspector")
    for tab in ("Settings", "Code", "Parameters"):
        inspector.get_by_role("tab", name=tab).click()
        yield f"viewer-{tab.lower()}"
    dialog = _dialog(page, "Workflow settings", "Workflow settings")
    for tab in ("Runs", "Limits", "Data"):
        dialog.get_by_role("tab", name=tab).click()
        yield f"viewer-settings-{tab.lower()}"
    _closed(page)
    dialog = _dialog(page, "Tests", "Tests")
    expect(dialog.get_by_role("button", name="New test")).to_have_count(0)
    yield "viewer-tests"
    _closed(page)


def beginning(page: Page) -> Places:
    """A workflow without any step."""
    expect(page.get_by_role("region", name="What starts this?")).to_be_visible()
    yield "beginning"


PHONE: tuple[Callable[[Page], Places], ...] = (step_list,)
WIDE: tuple[Callable[[Page], Places], ...] = (on_canvas, step_dialog, dialogs, panels, outline)

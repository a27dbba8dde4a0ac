"""How fast the canvas is: ``python -m benchmarks.canvas`` (built front end, Chromium needed).

For workflows of 100, 500 and 1,000 nodes: milliseconds from navigation until the first card is painted and the
canvas can be moved, frames a second over three seconds of dragging a card and of moving the canvas at zoom 1, and
the JavaScript heap afterwards.
"""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.server import EMAIL, PASSWORD, Server

SIZES = (100, 500, 1_000)
COLUMNS = 25
SECONDS = 3
TYPES = ("http_request", "set", "if", "code", "filter")
# The first card is in the page and has been painted: the frame after the one that holds it.
READY = """() => new Promise((done) => {
  const look = () => document.querySelector('.react-flow__node')
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : requestAnimationFrame(look);
  look();
})"""
COUNT_FRAMES = """() => { const times = []; window.frames_ = times; const note = (time) => { times.push(time);
  if (window.frames_ === times) requestAnimationFrame(note); }; requestAnimationFrame(note); }"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table."""

    nodes: int
    ready_ms: float
    drag_fps: float
    pan_fps: float
    heap_mb: float


def definition(count: int) -> dict[str, Any]:
    """So many nodes in rows that are connected from left to right."""
    nodes: list[dict[str, Any]] = [_node(0, "manual")]
    nodes += [_node(at, TYPES[at % len(TYPES)]) for at in range(1, count)]
    connections = [
        {
            "source": f"n{at - 1}",
            "source_output": "true" if nodes[at - 1]["type"] == "if" else "main",
            "target": f"n{at}",
            "target_input": "main",
        }
        for at in range(1, count)
    ]
    return {"schema_version": 1, "nodes": nodes, "connections": connections, "variables": {}, "settings": {}}


def _node(at: int, type_: str) -> dict[str, Any]:
    place = {"x": 320 * (at % COLUMNS), "y": 160 * (at // COLUMNS)}
    return {"id": f"n{at}", "type": type_, "type_version": 1, "name": f"Node {at}", "position": place, "parameters": {}}


def measure(browser: Browser, server: Server, count: int) -> Measured:
    """Open a workflow of this size, use it, and see what that takes."""
    made = server.call("POST", "/workflows/", {"name": f"Canvas {count}", "definition": definition(count)})
    context = browser.new_context(base_url=server.base, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    _sign_in(page)
    page.goto(f"/workflows/{made['id']}/", wait_until="commit")
    page.evaluate(READY)
    # Once more with a warm cache, as for everybody who works with it.
    page.goto(f"/workflows/{made['id']}/", wait_until="commit")
    ready = float(page.evaluate(READY))
    page.keyboard.press("0")
    page.wait_for_timeout(800)
    box = page.locator(".canvas").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    drag = _frames(page, _a_card(page, middle))
    pan = _frames(page, _free_place(page, middle))
    heap = _heap(page)
    context.close()
    return Measured(count, ready, drag, pan, heap)


def _sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def _a_card(page: Page, near: tuple[float, float]) -> tuple[float, float]:
    """The middle of the card that is nearest to a place."""
    found = page.evaluate(
        """([x, y]) => [...document.querySelectorAll('.react-flow__node')].map((card) => card.getBoundingClientRect())
          .map((box) => [box.left + 110, box.top + 28])
          .sort((one, other) => Math.hypot(one[0] - x, one[1] - y) - Math.hypot(other[0] - x, other[1] - y))[0]""",
        list(near),
    )
    return float(found[0]), float(found[1])


def _free_place(page: Page, near: tuple[float, float]) -> tuple[float, float]:
    """A point of the empty canvas."""
    for radius in range(0, 200, 8):
        for turn in range(8):
            x = near[0] + radius * math.cos(turn * math.pi / 4)
            y = near[1] + radius * math.sin(turn * math.pi / 4)
            if page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.matches('.react-flow__pane')", [x, y]):
                return x, y
    raise RuntimeError("The canvas has no free place.")


def _frames(page: Page, start: tuple[float, float]) -> float:
    """Frames a second while the pointer goes round in circles with its button down."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 10, start[1])
    page.evaluate(COUNT_FRAMES)
    step = 0
    while page.evaluate("() => performance.now() - (window.frames_[0] ?? performance.now())") < SECONDS * 1000:
        step += 1
        page.mouse.move(start[0] + 120 * math.sin(step / 12), start[1] + 80 * math.sin(step / 9))
    frames = page.evaluate("() => window.frames_")
    page.mouse.up()
    page.wait_for_timeout(300)
    return float((len(frames) - 1) * 1000 / (frames[-1] - frames[0]))


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1024 / 1024


def main() -> None:
    """Print the table."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit("No Chromium was found: make browser-deps installs one.")
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        print(f"{'nodes':>6} {'ready ms':>9} {'drag fps':>9} {'pan fps':>8} {'heap MB':>8}", flush=True)
        for count in SIZES:
            row = measure(browser, server, count)
            print(
                f"{row.nodes:>6} {row.ready_ms:>9.0f} {row.drag_fps:>9.1f} {row.pan_fps:>8.1f} {row.heap_mb:>8.1f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()

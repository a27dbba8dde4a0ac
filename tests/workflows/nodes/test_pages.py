from __future__ import annotations

from pathlib import Path

from apps.workflows.nodes.support.pages import node_page, node_pages, write_pages
from apps.workflows.registry import get_node_type

FOLDER = Path(__file__).parents[3] / "docs" / "nodes"


def test_the_pages_are_in_step_with_the_declarations() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == node_pages(), "run: python -m apps.workflows.nodes.support.pages docs/nodes"


def test_a_page_shows_parameters_ports_and_example() -> None:
    page = node_page(get_node_type("limit"))
    assert page.startswith("# Limit\n\n`limit` · flow · Keeps at most so many items")
    assert "**Inputs:** `main`\n**Outputs:** `main`\n" in page
    assert "- **At most** `max_items` (number; default `1`). How many items to keep.\n" in page
    assert '"max_items": 10' in page


def test_writing_removes_pages_of_types_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "teleport.md").write_text("x")
    write_pages(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(node_pages())

"""What the guide shows is what there is: its definitions have no fault, its nodes no parameter that does not exist."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from apps.workflows.engine.validation.document import validate
from apps.workflows.interchange.n8n.converting import BASE, _converters
from apps.workflows.registry import find_node_type, get_node_type

DOCS = Path(__file__).parents[3] / "docs"
PAGES = [*sorted((DOCS / "guide").glob("*.md")), DOCS / "api.md"]
JSON = re.compile(r"(?:^```json|<<'JSON')\n(.*?)^(?:```|JSON)$", re.MULTILINE | re.DOTALL)


def shown() -> list[Any]:
    return [pytest.param(json.loads(text), id=page.stem) for page in PAGES for text in JSON.findall(page.read_text())]


@pytest.mark.parametrize("value", shown())
def test_what_the_guide_shows_has_no_fault(value: Any) -> None:
    definition = value.get("definition", {"nodes": []})
    if "definition" in value:
        assert validate(definition, find_node_type, frozenset()) == []
    for node in [*definition["nodes"], *([value] if "type" in value and "parameters" in value else [])]:
        node_type = get_node_type(node["type"])
        assert set(node["parameters"]) <= {parameter.name for parameter in node_type.parameters}
        assert node_type.check(node["parameters"]) == {}


def test_the_guide_shows_whole_definitions() -> None:
    assert sum("definition" in parameter.values[0] for parameter in shown()) >= 2


def test_every_type_that_is_converted_from_n8n_is_named() -> None:
    page = (DOCS / "guide" / "import-from-n8n.md").read_text()
    missing = {name.removeprefix(BASE) for name in _converters if f"`{name.removeprefix(BASE)}`" not in page}
    assert missing == set(), "name them in the table of docs/guide/import-from-n8n.md"

"""The example tables that come with the product: files of our own export format."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from apps.decision_tables.interchange.json_text import read_json
from apps.decision_tables.interchange.outcome import ReadTable

FOLDER = Path(__file__).parents[1] / "gallery"


@lru_cache(maxsize=1)
def template_tables() -> Mapping[str, ReadTable]:
    """Name → example. They are part of the product, so they are read once."""
    found = [table for path in sorted(FOLDER.glob("*.json")) for table in read_json(path.read_bytes())]
    return {table.name: table for table in found}

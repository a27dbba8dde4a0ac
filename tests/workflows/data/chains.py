"""Definitions of tests with much data."""

from __future__ import annotations

from typing import Any

from tests.workflows.main_job.definitions import MANUAL, chain


def numbers(name: str, field: str, value: str) -> tuple[str, str, dict[str, Any]]:
    """A set node that adds a number."""
    return name, "set", {"assignments": [{"name": field, "type": "number", "value": value}]}


def when(left: str) -> dict[str, Any]:
    """Conditions that hold where this is 0."""
    operator = {"type": "number", "operation": "equals"}
    return {"combinator": "and", "conditions": [{"left": left, "operator": operator, "right": 0}]}


MILLION = chain(
    MANUAL,
    numbers("first", "twice", "={{ $json.n * 2 }}"),
    ("if", "if", {"conditions": when("={{ $json.n % 2 }}")}),
    numbers("second", "back", "={{ $('first').item.json.n }}"),
    ("limit", "limit", {"max_items": 10}),
)
MILLION["connections"][2]["source_output"] = "true"

"""Short ways to write tables in tests, and the example table of the documentation."""

from __future__ import annotations

from typing import Any

from apps.decision_tables.engine.compiling import CompiledTable, compile_table
from apps.decision_tables.engine.reading import read_table

PRICING: dict[str, Any] = {
    "schema_version": 1,
    "hit_policy": "FIRST",
    "input_columns": [
        {"name": "quantity", "type": "number", "label": "Quantity", "operators": [">=", "<"]},
        {"name": "customer_tier", "type": "string", "label": "Customer Tier", "operators": ["=="]},
    ],
    "output_columns": [
        {"name": "price", "type": "number", "label": "Unit Price"},
        {"name": "discount", "type": "number", "label": "Discount %"},
    ],
    "rules": [
        {
            "id": "r1",
            "priority": 1,
            "conditions": [
                {"column": "customer_tier", "operator": "==", "value": "premium"},
                {"column": "quantity", "operator": ">=", "value": 100},
            ],
            "outputs": {"price": 8.50, "discount": 15},
        },
        {
            "id": "r2",
            "priority": 2,
            "conditions": [{"column": "customer_tier", "operator": "==", "value": "premium"}],
            "outputs": {"price": 9.50, "discount": 10},
        },
        {
            "id": "r3",
            "priority": 3,
            "conditions": [{"column": "quantity", "operator": ">=", "value": 100}],
            "outputs": {"price": 9.00, "discount": 10},
        },
    ],
    "default_outputs": {"price": 10.00, "discount": 0},
}


def columns(**types: str) -> list[dict[str, Any]]:
    """Columns by name and type."""
    return [{"name": name, "type": kind} for name, kind in types.items()]


def rule(
    rule_id: str, tests: dict[str, Any] | None = None, /, priority: int | None = None, **outputs: Any
) -> dict[str, Any]:
    """A rule. A cell is FEEL text, or a pair of operator and value."""
    conditions = [
        {"column": name, "feel": test}
        if isinstance(test, str)
        else dict(zip(("column", "operator", "value"), (name, *test), strict=False))
        for name, test in (tests or {}).items()
    ]
    return {"id": rule_id, "conditions": conditions, "outputs": outputs, "priority": priority}


def compiled(document: dict[str, Any], **settings: Any) -> CompiledTable:
    """The table of a document, with further settings, ready to answer."""
    return compile_table(read_table({**document, **settings}))

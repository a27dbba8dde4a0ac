"""Examples for the OpenAPI document. A test carries each of them out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_DOCUMENT: dict[str, Any] = {
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
            "id": "premium-bulk",
            "conditions": [
                {"column": "customer_tier", "operator": "==", "value": "premium"},
                {"column": "quantity", "operator": ">=", "value": 100},
            ],
            "outputs": {"price": 8.5, "discount": 15},
        },
        {
            "id": "premium",
            "conditions": [{"column": "customer_tier", "operator": "==", "value": "premium"}],
            "outputs": {"price": 9.5, "discount": 10},
        },
    ],
    "default_outputs": {"price": 10, "discount": 0},
}


def _request(name: str, value: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value, request_only=True)


TABLE_NEW = _request("Prices of the shop", {"name": "shop-prices", "label": "Prices of the shop", **_DOCUMENT})
TABLE_WHOLE = _request("The whole draft", _DOCUMENT)
TABLE_CHANGE = _request("Label and description", {"label": "Prices", "description": "By quantity and tier"})
COPY = _request("Under a label of its own", {"label": "Prices of the outlet"})
PUBLISH = _request("The draft", {"message": "Prices of the summer"})
KEEP = _request("Before the summer sale", {"message": "Before the summer sale"})
EVALUATE = _request("Many for a premium customer", {"inputs": {"quantity": 150, "customer_tier": "premium"}})
BATCH = _request(
    "Two rows",
    {
        "inputs": [{"quantity": 150, "customer_tier": "premium"}, {"quantity": 3, "customer_tier": "standard"}],
        "explain": False,
    },
)
TEST = _request(
    "Many for a premium customer",
    {
        "name": "Premium, many",
        "inputs": {"quantity": 150, "customer_tier": "premium"},
        "expected": {"matched": True, "outputs": {"price": 8.5}},
    },
)
RECORD = _request("Recorded", {"from_evaluation": {"inputs": {"quantity": 1, "customer_tier": "standard"}}})
RUN_TESTS = _request("All, on the draft", {"version": "draft"})
VERIFY = _request("Another document", {"document": _DOCUMENT})
FEEL = _request("A range", {"text": "[18..65)", "kind": "unary_tests", "names": ["age"]})
IMPORT = _request(
    "An export of ours",
    {"format": "json", "content": {"format": "exprsn-decision-table", "name": "imported", "table": _DOCUMENT}},
)
USE_TEMPLATE = _request("Under a name of its own", {"name": "prices-of-mine"})
OPERATIONS = OpenApiExample(
    "A rule and one of its cells",
    {
        "base_seq": 0,
        "client_id": "tab-1",
        "ops": [
            {
                "op_id": "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0c1c",
                "type": "rule_added",
                "path": ["rules", "bulk"],
                "new": {"rule": {"id": "bulk", "outputs": {"price": 9}}, "after": None},
            },
            {
                "op_id": "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0c1d",
                "type": "cell_changed",
                "path": ["rules", "bulk", "conditions", "quantity"],
                "new": [{"operator": ">=", "value": 100}],
            },
        ],
    },
    request_only=True,
)
UNDO = OpenApiExample("The cell", {"seq": 2, "client_id": "tab-1"}, request_only=True)

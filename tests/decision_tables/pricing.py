"""The example table of the guide, and ways to it over HTTP."""

from __future__ import annotations

from typing import Any

from tests.people import Person

API = "/api/v1/decision-tables/"
NAME = "product-pricing"
COLUMNS: dict[str, Any] = {
    "input_columns": [
        {"name": "quantity", "type": "number", "label": "Quantity", "operators": [">=", "<"]},
        {"name": "customer_tier", "type": "string", "label": "Customer Tier", "operators": ["=="]},
    ],
    "output_columns": [
        {"name": "price", "type": "number", "label": "Unit Price"},
        {"name": "discount", "type": "number", "label": "Discount %"},
    ],
}
_PREMIUM = {"column": "customer_tier", "operator": "==", "value": "premium"}
_MANY = {"column": "quantity", "operator": ">=", "value": 100}
PRICING: dict[str, Any] = {
    "hit_policy": "FIRST",
    **COLUMNS,
    "rules": [
        {"id": "r1", "conditions": [_PREMIUM, _MANY], "outputs": {"price": 8.5, "discount": 15}},
        {"id": "r2", "conditions": [_PREMIUM], "outputs": {"price": 9.5, "discount": 10}},
        {"id": "r3", "conditions": [_MANY], "outputs": {"price": 9, "discount": 10}},
    ],
    "default_outputs": {"price": 10, "discount": 0},
}
MANY_PREMIUM = {"quantity": 150, "customer_tier": "premium"}


def at(*parts: Any) -> str:
    """The address of a part of a table; the first part is its name or id."""
    return API + "".join(f"{part}/" for part in parts)


def call(person: Person, verb: str, path: str, body: Any = None, **headers: str) -> Any:
    """The answer to a request that says it is based on whatever there is."""
    sent = {"If-Match": "*", **headers}
    return getattr(person.api, verb)(path, body, format="json", headers=sent)


def done(person: Person, verb: str, path: str, body: Any = None) -> Any:
    """What a request is answered with, which must not be a refusal."""
    answer = call(person, verb, path, body)
    assert answer.status_code < 300, answer.content
    return answer.json() if answer.content else None


def create(person: Person, name: str = NAME, **changes: Any) -> dict[str, Any]:
    """A table with the rules of the example."""
    made: dict[str, Any] = done(person, "post", API, {"name": name, **PRICING, **changes})
    return made


def publish(person: Person, name: str = NAME, **body: Any) -> dict[str, Any]:
    """The table, published."""
    found: dict[str, Any] = done(person, "post", at(name, "publish"), body)
    return found


def refusal(answer: Any) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["code"]

"""The tables and inputs of the decision table benchmark, and the two engines beside ours that answer them.

Four inputs: text compared by ``==``, text by ``in``, a number by ``between``, a number by ``>=``. Amounts are drawn
from 120,000 different ones, so that hardly any input comes twice.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import zen

Rows = list[dict[str, Any]]
Answers = list[dict[str, Any]]

TIERS = [f"tier-{at}" for at in range(8)]
REGIONS = [f"region-{at}" for at in range(40)]
INPUTS = {"tier": "string", "region": "string", "amount": "number", "age": "number"}
OUTPUTS = {"price": "number", "label": "string"}


def document(rules: int) -> dict[str, Any]:
    """A table of so many rules."""
    chance = random.Random(rules)
    return {
        "schema_version": 1,
        "hit_policy": "FIRST",
        "input_columns": [{"name": name, "type": kind} for name, kind in INPUTS.items()],
        "output_columns": [{"name": name, "type": kind} for name, kind in OUTPUTS.items()],
        "rules": [_rule(chance, at) for at in range(rules)],
    }


def rows(count: int) -> Rows:
    """So many inputs."""
    chance = random.Random(count)
    return [
        {
            "tier": chance.choice(TIERS),
            "region": chance.choice(REGIONS),
            "amount": chance.randrange(120_000) / 100,
            "age": chance.randrange(18, 100),
        }
        for _ in range(count)
    ]


def _rule(chance: random.Random, at: int) -> dict[str, Any]:
    low = chance.randrange(100_000)
    between = [low / 100, (low + chance.randrange(100, 20_000)) / 100]
    return {
        "id": f"r{at}",
        "conditions": [
            {"column": "tier", "operator": "==", "value": chance.choice(TIERS)},
            {"column": "region", "operator": "in", "value": chance.sample(REGIONS, 3)},
            {"column": "amount", "operator": "between", "value": between},
            {"column": "age", "operator": ">=", "value": chance.randrange(18, 90)},
        ],
        "outputs": {"price": at / 4, "label": f"label {at}"},
    }


class Zen:
    """GoRules Zen over the same table, in the fastest ways that its Python package offers."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": _jdm(table)}}})

    def single(self, rows: Rows) -> Answers:
        """One call a row."""
        evaluate = self._engine.evaluate
        return [evaluate("table", row)["result"] for row in rows]

    def batch(self, rows: Rows) -> Answers:
        """One call for all rows."""
        found = self._engine.evaluate_batch([{"key": "table", "context": row} for row in rows])
        return [answer["data"]["result"] for answer in found]


def naive(table: dict[str, Any]) -> Callable[[Rows], Answers]:
    """A loop over the rules of the document, as one would write it first."""
    rules = [
        ([(one["column"], one["operator"], one["value"]) for one in rule["conditions"]], rule["outputs"])
        for rule in table["rules"]
    ]

    def run(rows: Rows) -> Answers:
        return [next((out for tests, out in rules if all(_holds(row, *test) for test in tests)), {}) for row in rows]

    return run


def _holds(row: dict[str, Any], column: str, operator: str, wanted: Any) -> bool:
    value = row[column]
    if operator == "==":
        return bool(value == wanted)
    if operator == "in":
        return value in wanted
    if operator == "between":
        low, high = wanted
        return Decimal(str(low)) <= Decimal(str(value)) <= Decimal(str(high))
    return bool(value >= wanted)


def _jdm(table: dict[str, Any]) -> dict[str, Any]:
    """The table in Zen's own format."""
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in INPUTS],
        "outputs": [{"id": name, "name": name, "field": name} for name in OUTPUTS],
        "rules": [_jdm_rule(rule) for rule in table["rules"]],
    }
    place = {"x": 0, "y": 0}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": content},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "first", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "second", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }


def _jdm_rule(rule: dict[str, Any]) -> dict[str, str]:
    tier, region, amount, age = (one["value"] for one in rule["conditions"])
    return {
        "_id": rule["id"],
        "tier": f'"{tier}"',
        "region": ", ".join(f'"{one}"' for one in region),
        "amount": f"[{amount[0]}..{amount[1]}]",
        "age": f">= {age}",
        "price": str(rule["outputs"]["price"]),
        "label": f'"{rule["outputs"]["label"]}"',
    }

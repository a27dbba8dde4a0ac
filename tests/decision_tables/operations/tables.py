"""A small table, and edits of it that may or may not fit."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

from apps.collaboration.contracts import Operation
from apps.collaboration.engine.applying import apply_operations
from apps.decision_tables.engine.operations.types import TABLE_OPERATIONS

Edit = tuple[str, tuple[str, ...], Any]


def condition(column: str, operator: str, value: Any) -> dict[str, Any]:
    return {"column": column, "operator": operator, "value": value}


PRICING: dict[str, Any] = {
    "schema_version": 1,
    "hit_policy": "FIRST",
    "input_columns": [
        {"name": "quantity", "type": "number", "label": "Quantity", "operators": [">=", "<"]},
        {"name": "tier", "type": "string"},
    ],
    "output_columns": [
        {"name": "price", "type": "number", "default_value": 1},
        {"name": "level", "type": "string", "allowed_values": ["high", "low"]},
    ],
    "rules": [
        {"id": "r1", "conditions": [condition("tier", "==", "gold"), condition("quantity", ">=", 100)],
         "outputs": {"price": 8.5, "level": "high"}},
        {"id": "r2", "conditions": [condition("tier", "==", "5")], "outputs": {"price": {"feel": "quantity * 2"}}},
        {"id": "r3", "conditions": [condition("quantity", ">=", 1), condition("quantity", "<", 9)], "outputs": {}},
    ],
    "default_outputs": {"price": 10, "level": "low"},
    "requires": [{"table": "other", "inputs": {"x": "quantity"}, "provides": {"quantity": "amount"}}],
}  # fmt: skip


def applied(state: dict[str, Any], *edits: Edit) -> tuple[dict[str, Any], list[Any]]:
    """The state behind the edits, and what each replaced; or the refusal."""
    return apply_operations(TABLE_OPERATIONS, state, [Operation(uuid4(), *edit) for edit in edits])


def edited(kind: str, *path: str, new: Any = None, state: dict[str, Any] = PRICING) -> dict[str, Any]:
    return applied(state, (kind, path, new))[0]


def undone(state: dict[str, Any], edit: Edit, old: Any) -> dict[str, Any]:
    """The state after the edit was taken back, checked as any other edit."""
    kind, path, _new = edit
    return applied(state, (TABLE_OPERATIONS[kind].inverse, path, old))[0]


def plain(state: dict[str, Any]) -> dict[str, Any]:
    """The document without what means nothing: the order of conditions of different columns, empty members."""
    rules = [
        {
            **rule,
            "conditions": sorted(rule.get("conditions", []), key=lambda each: each["column"]),
            "outputs": rule.get("outputs", {}),
        }
        for rule in state["rules"]
    ]
    return {name: value for name, value in {**state, "rules": rules}.items() if value not in ({}, None)}


def random_edit(pick: Random, state: dict[str, Any]) -> Edit:
    """An edit that fits the document more often than not."""
    side = pick.choice(["input_columns", "output_columns"])
    return pick.choice(_MAKERS)(pick, state, side)


def _names(state: dict[str, Any], side: str) -> list[str]:
    return [column["name"] for column in state[side]] or ["none"]


def _ids(state: dict[str, Any]) -> list[str]:
    return [each["id"] for each in state["rules"]] or ["none"]


def _scalar(pick: Random) -> Any:
    return pick.choice([True, False, 0, 5, 120, -2.5, 8.5, "gold", "5", "high", "true", "2026-01-01", "12x"])


def _cell(pick: Random, side: str) -> Any:
    if side == "output_columns":
        return pick.choice([None, _scalar(pick), {"feel": "quantity + 1"}])
    entries = [
        {"operator": pick.choice(["==", ">=", "<", "contains"]), "value": _scalar(pick)},
        {"operator": "in", "value": [_scalar(pick), _scalar(pick)]},
        {"operator": "isEmpty"},
        pick.choice([{"feel": "< 5"}, {"feel": "-"}, {"feel": "> unit price * 2"}, {"feel": "((("}]),
    ]
    return pick.choice([None, pick.sample(entries, pick.choice([1, 1, 2]))])


def _rule(pick: Random, state: dict[str, Any], rule_id: str) -> dict[str, Any]:
    column, output = pick.choice(_names(state, "input_columns")), pick.choice(_names(state, "output_columns"))
    conditions = [{"column": column, **entry} for entry in _cell(pick, "input_columns") or []]
    given = _cell(pick, "output_columns")
    return {"id": rule_id, "conditions": conditions, "outputs": {} if given is None else {output: given}}


def _fresh(pick: Random) -> str:
    return f"n{pick.randrange(6)}"


def _column_added(pick: Random, state: dict[str, Any], side: str) -> Edit:
    name = pick.choice(["unit price", "fresh", "tier", "a-b"])
    column = {"name": name, "type": pick.choice(["number", "string", "any"])}
    cells = {rule_id: _cell(pick, side) for rule_id in pick.sample(_ids(state), 1)}
    new = {"column": column, "after": pick.choice([None, *_names(state, side)]), "cells": cells}
    if side == "output_columns" and pick.random() < 0.5:
        new["default"] = _scalar(pick)
    return "column_added", (side, name), new


def _column_changed(pick: Random, state: dict[str, Any], side: str) -> Edit:
    values: dict[str, list[Any]] = {
        "label": ["A", "B", None],
        "operators": [None, [">=", "<", "==", "in"], ["=="], [">=", "nonsense"]],
        "allowed_values": [None, ["gold", "5", "high"], [5, 8.5, 120, 10, 1], ["high", 5]],
        "default_value": [None, _scalar(pick)],
        "expression": ["quantity", "1 +", None],
        "type": ["number", "string", "any", "boolean", "date", "nonsense"],
        "name": ["other"],
    }
    field = pick.choice([*values, "type", "type"])
    return "column_changed", (side, pick.choice(_names(state, side)), field), pick.choice(values[field])


def _settings_changed(pick: Random, state: dict[str, Any], side: str) -> Edit:
    values: dict[str, list[Any]] = {
        "hit_policy": ["FIRST", "COLLECT", "OTHER"],
        "aggregation": ["sum", None],
        "default_outputs": [None, {pick.choice(_names(state, "output_columns")): _scalar(pick)}],
        "metadata": [{"a": 1}, None],
        "requires": [None, PRICING["requires"]],
    }
    field = pick.choice(list(values))
    return "settings_changed", (field,), pick.choice(values[field])


def _rules_changed(pick: Random, state: dict[str, Any], side: str) -> Edit:
    ids = _ids(state)
    fresh = [_fresh(pick) for _ in range(pick.randrange(3))]
    rules: dict[str, Any] = {each: _rule(pick, state, each) for each in [*fresh, *pick.sample(ids, 1)]}
    rules |= dict.fromkeys(pick.sample(ids, pick.randrange(2)))
    moved = list(dict.fromkeys([*fresh, *pick.sample(ids, pick.randrange(2))]))
    return "rules_changed", ("rules",), {"rules": rules, "after": dict(zip(moved, [None, *ids, *moved], strict=False))}


def _rule_changed(pick: Random, state: dict[str, Any], side: str) -> Edit:
    values: dict[str, list[Any]] = {
        "priority": [None, 1, 7, "x"],
        "enabled": [None, True, False],
        "annotation": ["note", None, 5],
    }
    field = pick.choice(list(values))
    return "rule_changed", ("rules", pick.choice(_ids(state)), field), pick.choice(values[field])


def _cell_changed(pick: Random, state: dict[str, Any], side: str) -> Edit:
    part = "conditions" if side == "input_columns" else "outputs"
    path = ("rules", pick.choice(_ids(state)), part, pick.choice(_names(state, side)))
    return "cell_changed", path, _cell(pick, side)


def _rule_added(pick: Random, state: dict[str, Any], side: str) -> Edit:
    rule_id = _fresh(pick)
    return "rule_added", ("rules", rule_id), {
        "rule": _rule(pick, state, rule_id), "after": pick.choice([None, *_ids(state)]),
    }  # fmt: skip


def _renamed(pick: Random, state: dict[str, Any], side: str) -> Edit:
    new = {"from": pick.choice(_names(state, side)), "to": pick.choice(["other", "unit price", "tier", "8"])}
    return "column_renamed", (side, "*names"), new


_MAKERS: list[Callable[[Random, dict[str, Any], str], Edit]] = [
    _column_added,
    _column_changed,
    _column_changed,
    _settings_changed,
    _rules_changed,
    _rule_changed,
    _cell_changed,
    _cell_changed,
    _rule_added,
    _rule_added,
    _renamed,
    lambda pick, state, side: ("column_removed", (side, pick.choice(_names(state, side))), None),
    lambda pick, state, side: (
        "column_moved",
        (side, pick.choice(_names(state, side)), "position"),
        pick.choice([None, *_names(state, side)]),
    ),
    lambda pick, state, side: ("rule_removed", ("rules", pick.choice(_ids(state))), None),
    lambda pick, state, side: (
        "rule_moved",
        ("rules", pick.choice(_ids(state)), "position"),
        pick.choice([None, *_ids(state)]),
    ),
]

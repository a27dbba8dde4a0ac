"""What each operation does, and what it replaces."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.operations.replacing import stored_document
from apps.decision_tables.engine.operations.types import TABLE_OPERATIONS
from tests.decision_tables.operations.tables import PRICING, applied, condition, edited


def ids(state: dict[str, Any]) -> list[str]:
    return [rule["id"] for rule in state["rules"]]


def rule(state: dict[str, Any], rule_id: str) -> dict[str, Any]:
    return next(each for each in state["rules"] if each["id"] == rule_id)


def replaced(kind: str, *path: str, new: Any = None, state: dict[str, Any] = PRICING) -> Any:
    return applied(state, (kind, path, new))[1][0]


def test_a_cell_is_set_where_it_stood() -> None:
    state = edited("cell_changed", "rules", "r1", "conditions", "tier", new=[{"operator": "!=", "value": "x"}])
    assert rule(state, "r1")["conditions"] == [condition("tier", "!=", "x"), condition("quantity", ">=", 100)]


def test_a_cell_that_was_empty_comes_last_and_null_empties_it() -> None:
    state = edited("cell_changed", "rules", "r2", "conditions", "quantity", new=[{"feel": "< 5"}])
    assert rule(state, "r2")["conditions"][-1] == {"column": "quantity", "feel": "< 5"}
    state = edited("cell_changed", "rules", "r2", "conditions", "tier")
    assert rule(state, "r2")["conditions"] == []


def test_what_a_cell_replaces() -> None:
    assert replaced("cell_changed", "rules", "r3", "conditions", "quantity") == [
        {"operator": ">=", "value": 1},
        {"operator": "<", "value": 9},
    ]
    assert replaced("cell_changed", "rules", "r3", "outputs", "price", new=5) is None
    assert replaced("cell_changed", "rules", "r2", "outputs", "price", new=5) == {"feel": "quantity * 2"}


def test_a_rule_is_added_behind_another() -> None:
    state = edited("rule_added", "rules", "n", new={"rule": {"id": "n", "outputs": {"price": 3}}, "after": "r1"})
    assert ids(state) == ["r1", "n", "r2", "r3"]
    first = edited("rule_added", "rules", "n", new={"rule": {"id": "n"}, "after": None})
    assert ids(first) == ["n", "r1", "r2", "r3"]


@pytest.mark.parametrize(("after", "order"), [(None, "r3 r1 r2"), ("r1", "r1 r3 r2"), ("r2", "r1 r2 r3")])
def test_a_rule_is_moved(after: str | None, order: str) -> None:
    assert ids(edited("rule_moved", "rules", "r3", "position", new=after)) == order.split()


def test_what_removing_a_rule_keeps() -> None:
    assert replaced("rule_removed", "rules", "r2") == {"rule": PRICING["rules"][1], "after": "r1"}
    assert replaced("rule_moved", "rules", "r1", "position") is None


def test_many_rules_at_once() -> None:
    new = {
        "rules": {"r2": None, "n": {"id": "n"}, "r3": {"id": "r3", "annotation": "x"}},
        "after": {"n": "r3", "r1": "n"},
    }
    state, (old,) = applied(PRICING, ("rules_changed", ("rules",), new))
    assert ids(state) == ["r3", "n", "r1"] and rule(state, "r3") == {"id": "r3", "annotation": "x"}
    assert old["after"] == {"r1": None, "r2": "r1"} and old["rules"]["n"] is None
    assert edited("rules_changed", "rules", new=old, state=state)["rules"] == PRICING["rules"]


def test_a_pasted_block_keeps_its_order_whatever_its_ids() -> None:
    rules = {name: {"id": name} for name in ("9", "1", "5")}
    state = edited("rules_changed", "rules", new={"rules": rules, "after": {"9": "r1", "1": "9", "5": "1"}})
    assert ids(state) == ["r1", "9", "1", "5", "r2", "r3"]


def test_all_rules_as_they_are() -> None:
    read = TABLE_OPERATIONS["rules_changed"].read(PRICING, ("rules",))
    assert list(read["rules"]) == ["r1", "r2", "r3"]
    assert TABLE_OPERATIONS["column_renamed"].read(PRICING, ("input_columns", "*names")) is None


def test_a_column_takes_its_cells_and_default_with_it() -> None:
    state, (old,) = applied(PRICING, ("column_removed", ("output_columns", "level"), None))
    assert old["cells"] == {"r1": "high"} and old["default"] == "low" and old["after"] == "price"
    assert state["default_outputs"] == {"price": 10} and "level" not in rule(state, "r1")["outputs"]
    assert edited("column_added", "output_columns", "level", new=old, state=state) == PRICING


def test_a_column_is_added_with_cells() -> None:
    new = {
        "column": {"name": "vip", "type": "boolean"},
        "after": None,
        "cells": {"r2": [{"operator": "==", "value": True}]},
    }
    state = edited("column_added", "input_columns", "vip", new=new)
    assert state["input_columns"][0]["name"] == "vip"
    assert condition("vip", "==", True) in rule(state, "r2")["conditions"]


def test_a_column_is_moved() -> None:
    state, (old,) = applied(PRICING, ("column_moved", ("input_columns", "tier", "position"), None))
    assert [column["name"] for column in state["input_columns"]] == ["tier", "quantity"] and old == "quantity"


def test_a_new_name_is_followed_everywhere() -> None:
    state = edited("column_renamed", "input_columns", "*names", new={"from": "quantity", "to": "number of items"})
    assert state["requires"][0]["provides"] == {"number of items": "amount"}
    assert [entry["column"] for entry in rule(state, "r3")["conditions"]] == ["number of items"] * 2
    state = edited("column_renamed", "output_columns", "*names", new={"from": "level", "to": "grade"})
    assert state["default_outputs"] == {"price": 10, "grade": "low"}
    assert rule(state, "r1")["outputs"] == {"price": 8.5, "grade": "high"}


def test_settings_are_set_and_taken_away() -> None:
    assert edited("settings_changed", "hit_policy", new="UNIQUE")["hit_policy"] == "UNIQUE"
    assert "default_outputs" not in edited("settings_changed", "default_outputs")
    assert replaced("settings_changed", "hit_policy", new="ANY") == "FIRST"


def test_the_fields_of_rules_and_columns() -> None:
    assert rule(edited("rule_changed", "rules", "r1", "enabled", new=False), "r1")["enabled"] is False
    assert edited("column_changed", "input_columns", "tier", "label", new="Tier")["input_columns"][1]["label"] == "Tier"
    assert replaced("column_changed", "input_columns", "quantity", "label", new=None) == "Quantity"


@pytest.mark.parametrize("kind", sorted(TABLE_OPERATIONS))
def test_every_inverse_is_an_operation(kind: str) -> None:
    inverse = TABLE_OPERATIONS[kind].inverse
    assert TABLE_OPERATIONS[inverse].inverse == kind


def test_priorities_that_are_the_rows_are_not_kept() -> None:
    document = {"rules": [{"id": "a", "priority": 1}, {"priority": 2}]}
    assert [set(rule) & {"id", "priority"} for rule in stored_document(document)["rules"]] == [{"id"}, {"id"}]
    document = {"rules": [{"id": "a", "priority": 2}, {"id": "b"}]}
    assert [rule["priority"] for rule in stored_document(document)["rules"]] == [2, 2]


def test_the_whole_document_is_replaced() -> None:
    state, (old,) = applied(PRICING, ("document_replaced", (), {"rules": [{}]}))
    assert old == PRICING and ids(state) == ["r1"]


def test_a_document_without_members_takes_operations() -> None:
    column = {"name": "a", "type": "number"}
    state = edited("column_added", "input_columns", "a", new={"column": column, "after": None}, state={})
    state = edited("rule_added", "rules", "n", new={"rule": {"id": "n"}, "after": None}, state=state)
    state = edited("cell_changed", "rules", "n", "conditions", "a", new=[{"operator": ">", "value": 1}], state=state)
    state = edited("column_renamed", "input_columns", "*names", new={"from": "a", "to": "b"}, state=state)
    assert state["rules"] == [{"id": "n", "conditions": [condition("b", ">", 1)]}]

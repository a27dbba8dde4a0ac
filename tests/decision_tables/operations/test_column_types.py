"""A column of another type: what its cells become, and what they cannot become."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.operations.converting import (
    Inconvertible,
    converted,
    converted_column,
    converted_condition,
    converted_output,
)
from tests.decision_tables.operations.tables import PRICING, applied, edited


@pytest.mark.parametrize(
    ("value", "kind", "becomes"),
    [
        (True, "string", "true"),
        (False, "string", "false"),
        (True, "boolean", True),
        (5, "string", "5"),
        (5.0, "string", "5"),
        (-0.25, "string", "-0.25"),
        (0, "string", "0"),
        (5, "number", 5),
        ("12.50", "number", 12.5),
        ("-7", "number", -7),
        ("true", "boolean", True),
        ("false", "boolean", False),
        ("2026-01-31", "datetime", "2026-01-31T00:00:00"),
        ("2026-01-31T10:00:00Z", "datetime", "2026-01-31T10:00:00Z"),
        ("2026-01-31", "date", "2026-01-31"),
        ("P1D", "duration", "P1D"),
        ([1], "list", [1]),
        ([1], "any", [1]),
        (None, "number", None),
    ],
)
def test_values_are_converted(value: Any, kind: str, becomes: Any) -> None:
    assert converted(value, kind) == becomes and type(converted(value, kind)) is type(becomes)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "number"), (5, "boolean"), (1e-7, "string"), (1e21, "string"), ("1e5", "number"), ("yes", "boolean"),
        ("x", "list"), ([1], "string"), ({}, "list"), (5, "date"),
    ],
)  # fmt: skip
def test_values_that_say_nothing_there_are_not(value: Any, kind: str) -> None:
    with pytest.raises(Inconvertible):
        converted(value, kind)


def test_conditions_and_outputs_are_converted() -> None:
    assert converted_condition({"operator": "in", "value": ["1", "2"]}, "number") == {"operator": "in", "value": [1, 2]}
    for stays in ({"feel": "< 5"}, {"operator": "isEmpty"}):
        assert converted_condition(stays, "number") is stays
    assert converted_condition({"operator": "==", "value": [1]}, "list") == {"operator": "==", "value": [1]}
    with pytest.raises(Inconvertible):
        converted_condition({"operator": "contains", "value": "1"}, "number")
    assert converted_output({"feel": "a"}, "number") == {"feel": "a"}


def test_operators_that_the_type_has_not_leave_the_list() -> None:
    column = {
        "name": "a",
        "type": "string",
        "operators": ["contains", "=="],
        "allowed_values": ["1"],
        "default_value": "2",
    }
    assert converted_column(column, "number") == {
        "name": "a", "type": "number", "operators": ["=="], "allowed_values": [1], "default_value": 2,
    }  # fmt: skip
    assert "operators" not in converted_column({"type": "string", "operators": ["contains"]}, "number")


def test_all_of_a_column_becomes_the_other_type() -> None:
    edit = ("column_changed", ("output_columns", "price", "type"), "string")
    state, (old,) = applied(PRICING, edit)
    assert state["output_columns"][0] == {"name": "price", "type": "string", "default_value": "1"}
    assert state["default_outputs"]["price"] == "10" and state["rules"][0]["outputs"]["price"] == "8.5"
    assert edited(*edit[:1], *edit[1], new=old, state=state) == PRICING


def test_a_type_and_its_cells_in_one() -> None:
    cells = {"r2": [{"operator": "==", "value": 5}]}
    new = {"column": {"name": "tier", "type": "number"}, "cells": cells}
    state = edited("column_changed", "input_columns", "tier", "type", new=new)
    assert [len(rule["conditions"]) for rule in state["rules"]] == [1, 1, 2]

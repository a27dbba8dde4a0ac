"""What is refused, with which word, and at which place."""

from __future__ import annotations

from typing import Any

import pytest

from apps.collaboration.contracts import OperationError
from apps.decision_tables.engine.columns import MAX_COLUMNS, MAX_RULES
from tests.decision_tables.operations.tables import PRICING, edited

FULL = {**PRICING, "rules": [{"id": f"r{at}"} for at in range(MAX_RULES)]}
WIDE = {"input_columns": [{"name": f"c{at}", "type": "any"} for at in range(MAX_COLUMNS)]}
DEEP: Any = []
for _ in range(90):
    DEEP = [DEEP]
CELL = [{"operator": ">=", "value": 1}]


def refusal(kind: str, path: str, new: Any = None, state: dict[str, Any] = PRICING) -> OperationError:
    with pytest.raises(OperationError) as caught:
        edited(kind, *path.split("/"), new=new, state=state)
    assert set(caught.value.errors) == {f"ops[0].{caught.value.place}"}
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind", "path", "new"),
    [
        ("invalid_path", "settings_changed", "hit_policy/x", "ANY"),
        ("unknown_field", "settings_changed", "rules", []),
        ("invalid_value", "settings_changed", "hit_policy", "SOME"),
        ("json_too_deep", "settings_changed", "metadata", {"a": DEEP}),
        ("invalid_path", "rule_added", "rules", {"rule": {"id": "n"}, "after": None}),
        ("invalid_path", "rule_added", "rows/n", {"rule": {"id": "n"}, "after": None}),
        ("invalid_value", "rule_added", "rules/n", {"rule": {"id": "n"}}),
        ("invalid_value", "rule_added", "rules/n", {"rule": {"id": "m"}, "after": None}),
        ("invalid_value", "rule_added", "rules/n", {"rule": 5, "after": None}),
        ("invalid_value", "rule_added", "rules/n", {"rule": {"id": "n"}, "after": "n"}),
        ("rule_not_found", "rule_added", "rules/n", {"rule": {"id": "n"}, "after": "gone"}),
        ("rule_exists", "rule_added", "rules/r1", {"rule": {"id": "r1"}, "after": None}),
        ("cell_invalid", "rule_added", "rules/n", {"rule": {"id": "n", "outputs": {"price": "x"}}, "after": None}),
        ("cell_invalid", "rule_added", "rules/n", {"rule": {"id": "n", "odd": 1}, "after": None}),
        ("rule_not_found", "rule_removed", "rules/gone", None),
        ("invalid_value", "rule_removed", "rules/r1", 5),
        ("invalid_path", "rule_moved", "rules/r1/elsewhere", None),
        ("rule_not_found", "rule_moved", "rules/gone/position", None),
        ("invalid_value", "rule_moved", "rules/r1/position", 5),
        ("unknown_field", "rule_changed", "rules/r1/id", "n"),
        ("rule_not_found", "rule_changed", "rules/gone/enabled", True),
        ("cell_invalid", "rule_changed", "rules/r1/enabled", "yes"),
        ("invalid_path", "cell_changed", "rules/r1/cells/quantity", CELL),
        ("rule_not_found", "cell_changed", "rules/gone/conditions/quantity", CELL),
        ("column_not_found", "cell_changed", "rules/r1/conditions/price", CELL),
        ("column_not_found", "cell_changed", "rules/r1/outputs/quantity", 5),
        ("invalid_value", "cell_changed", "rules/r1/conditions/quantity", []),
        ("invalid_value", "cell_changed", "rules/r1/conditions/quantity", [{"column": "tier", **CELL[0]}]),
        ("cell_invalid", "cell_changed", "rules/r1/conditions/quantity", [{"operator": "==", "value": 1}]),
        ("cell_invalid", "cell_changed", "rules/r1/conditions/quantity", [{"operator": ">=", "value": "1"}]),
        ("cell_invalid", "cell_changed", "rules/r1/conditions/tier", [{"feel": "(("}]),
        ("cell_invalid", "cell_changed", "rules/r1/outputs/level", "medium"),
        ("invalid_value", "rules_changed", "rules", {"after": {}}),
        ("invalid_value", "rules_changed", "rules", {"rules": []}),
        ("rule_not_found", "rules_changed", "rules", {"rules": {"gone": None}}),
        ("invalid_value", "rules_changed", "rules", {"rules": {"n": {"id": "n"}}}),
        ("invalid_value", "rules_changed", "rules", {"rules": {"n": {"id": "m"}}, "after": {"n": None}}),
        ("invalid_value", "rules_changed", "rules", {"rules": {}, "after": {"r1": "r3", "r2": "r3"}}),
        ("invalid_value", "rules_changed", "rules", {"rules": {}, "after": {"r1": 5}}),
        ("invalid_value", "rules_changed", "rules", {"rules": {}, "after": {"r1": "r2", "r2": "r1"}}),
        ("rule_not_found", "rules_changed", "rules", {"rules": {}, "after": {"r1": "gone"}}),
        ("rule_not_found", "rules_changed", "rules", {"rules": {"r1": None}, "after": {"r2": "r1"}}),
        ("cell_invalid", "rules_changed", "rules", {"rules": {"r1": {"id": "r1", "conditions": 5}}}),
        ("invalid_path", "column_added", "columns/x", {"column": {"name": "x", "type": "any"}, "after": None}),
        ("column_exists", "column_added", "input_columns/tier", {"column": {"name": "tier"}, "after": None}),
        ("invalid_value", "column_added", "input_columns/x", {"column": {"name": "y"}, "after": None}),
        ("invalid_value", "column_added", "input_columns/x", {"column": {"name": "x", "type": "odd"}, "after": None}),
        ("invalid_value", "column_added", "input_columns/8", {"column": {"name": "8", "type": "any"}, "after": None}),
        ("column_not_found", "column_moved", "input_columns/tier/position", "gone"),
        ("invalid_value", "column_moved", "input_columns/tier/position", "tier"),
        ("column_not_found", "column_removed", "input_columns/gone", None),
        ("column_in_use", "column_removed", "input_columns/quantity", None),
        ("unknown_field", "column_changed", "input_columns/tier/default_value", 5),
        ("unknown_field", "column_changed", "output_columns/price/operators", []),
        ("column_not_found", "column_changed", "input_columns/gone/label", "x"),
        ("invalid_value", "column_changed", "input_columns/tier/expression", "1 +"),
        ("cell_invalid", "column_changed", "input_columns/tier/operators", ["in"]),
        ("cell_invalid", "column_changed", "output_columns/level/allowed_values", ["low"]),
        ("invalid_value", "column_changed", "input_columns/tier/type", "text"),
        ("cell_invalid", "column_changed", "input_columns/tier/type", "number"),
        ("cell_invalid", "column_changed", "output_columns/level/type", "number"),
        ("invalid_value", "column_changed", "input_columns/tier/type", None),
        ("invalid_value", "column_changed", "input_columns/tier/type", {"column": {"name": "x"}, "cells": {}}),
        ("invalid_path", "column_renamed", "input_columns/tier", {"from": "tier", "to": "x"}),
        ("column_not_found", "column_renamed", "input_columns/*names", {"from": "gone", "to": "x"}),
        ("column_exists", "column_renamed", "input_columns/*names", {"from": "tier", "to": "quantity"}),
        ("invalid_value", "column_renamed", "input_columns/*names", {"from": "tier", "to": "tier"}),
        ("invalid_value", "column_renamed", "input_columns/*names", {"from": "tier", "to": 5}),
        ("invalid_value", "column_renamed", "input_columns/*names", {"from": "tier", "to": "8"}),
        ("invalid_path", "document_replaced", "rules", {}),
        ("unknown_operation", "rule_painted", "rules/r1", None),
    ],
)
def test_what_does_not_fit_is_refused(code: str, kind: str, path: str, new: Any) -> None:
    assert refusal(kind, path, new).code == code


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("rule_not_found", {"cells": {"gone": CELL}}),
        ("invalid_value", {"cells": []}),
        ("invalid_value", {"cells": {"r1": [{"column": "x"}]}}),
        ("invalid_value", {"default": 5}),
        ("invalid_value", {"after": 5}),
        ("column_not_found", {"after": "gone"}),
        ("cell_invalid", {"cells": {"r1": [{"operator": ">=", "value": "x"}]}}),
    ],
)
def test_a_column_that_does_not_fit_is_refused(code: str, extra: dict[str, Any]) -> None:
    new = {"column": {"name": "x", "type": "number"}, "after": None, **extra}
    assert refusal("column_added", "input_columns/x", new).code == code


def test_limits_are_named() -> None:
    new = {"rule": {"id": "n"}, "after": None}
    assert str(MAX_RULES) in refusal("rule_added", "rules/n", new, FULL).message
    bulk = {"rules": {"n": {"id": "n"}}, "after": {"n": None}}
    assert refusal("rules_changed", "rules", bulk, FULL).code == "too_many_rules"
    column = {"column": {"name": "x", "type": "any"}, "after": None}
    assert refusal("column_added", "output_columns/x", column, WIDE).code == "too_many_columns"


def test_a_refused_document_names_its_faults() -> None:
    with pytest.raises(OperationError) as caught:
        edited("document_replaced", new={"rules": [{"priority": "x"}]})
    assert caught.value.code == "table_invalid" and "rules[0].priority" in caught.value.params["faults"]


def test_cells_in_the_way_are_named() -> None:
    error = refusal("column_changed", "input_columns/tier/type", "boolean")
    assert error.params["cells"] == [{"rule": "r1", "column": "tier"}, {"rule": "r2", "column": "tier"}]
    error = refusal("column_changed", "input_columns/tier/operators", ["in"])
    assert [cell["rule"] for cell in error.params["cells"]] == ["r1", "r2"] and "1 more" in error.message


def test_a_name_of_several_words_is_kept_while_texts_need_it() -> None:
    state = edited("column_renamed", "input_columns", "*names", new={"from": "tier", "to": "cost in euro"})
    state = edited(
        "cell_changed", "rules", "r3", "conditions", "quantity", new=[{"feel": "< cost in euro"}], state=state
    )
    new = {"from": "cost in euro", "to": "cost"}
    assert refusal("column_renamed", "input_columns/*names", new, state).code == "cell_invalid"
    assert refusal("column_removed", "input_columns/cost in euro", None, state).code == "cell_invalid"

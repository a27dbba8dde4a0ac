"""What changed between two documents, and that nothing else is said."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.diffs import diff_tables
from apps.decision_tables.engine.reading import normalized
from tests.decision_tables.operations.tables import PRICING, edited

NOTHING: dict[str, Any] = {"columns": [], "rules": [], "settings": []}


def cells(new: dict[str, Any], old: dict[str, Any] = PRICING) -> list[tuple[Any, ...]]:
    return [
        (
            rule["change"],
            rule["rule_id"],
            *((each["column"], each["part"], each["old"], each["new"]) for each in rule["cells"]),
        )
        for rule in diff_tables(old, new)["rules"]
    ]


def test_the_same_in_other_words_is_no_change() -> None:
    assert diff_tables(PRICING, deepcopy(PRICING)) == NOTHING
    assert diff_tables(PRICING, normalized(PRICING)) == NOTHING
    assert diff_tables({}, {"rules": [], "aggregation": None}) == NOTHING


def test_cells_are_named_with_both_sides() -> None:
    state = edited("cell_changed", "rules", "r1", "outputs", "price", new=9)
    assert cells(state) == [("changed", "r1", ("price", "output", 8.5, 9))]
    state = edited("cell_changed", "rules", "r2", "conditions", "tier", new=None)
    assert cells(state) == [("changed", "r2", ("tier", "condition", [{"operator": "==", "value": "5"}], None))]


def test_what_stands_beside_the_cells() -> None:
    state = edited("rule_changed", "rules", "r1", "annotation", new="why")
    state = edited("rule_changed", "rules", "r1", "enabled", new=False, state=state)
    state = edited("rule_changed", "rules", "r1", "priority", new=7, state=state)
    ((_change, _rule, *parts),) = cells(state)
    assert {part: new for _column, part, _old, new in parts} == {"annotation": "why", "priority": 7, "enabled": False}


def test_rules_come_and_go_with_their_cells() -> None:
    state = edited("rule_removed", "rules", "r2")
    (gone,) = diff_tables(PRICING, state)["rules"]
    assert gone["change"] == "removed" and gone["row"] == {"old": 2, "new": None} and len(gone["cells"]) == 2
    (come,) = diff_tables(state, PRICING)["rules"]
    assert come["change"] == "added" and come["cells"][0]["old"] is None


def test_only_what_was_moved_is_said_to_be() -> None:
    state = edited("rule_moved", "rules", "r3", "position", new=None)
    assert cells(state) == [("moved", "r3")]
    state = edited("column_moved", "input_columns", "tier", "position")
    assert [(each["change"], each["name"]) for each in diff_tables(PRICING, state)["columns"]] == [("moved", "tier")]


def test_columns_and_settings() -> None:
    state = edited("column_removed", "output_columns", "level")
    state = edited("column_changed", "input_columns", "quantity", "label", new="Pieces", state=state)
    state = edited("settings_changed", "hit_policy", new="ANY", state=state)
    diff = diff_tables(PRICING, state)
    assert [(each["change"], each["side"], each["name"]) for each in diff["columns"]] == [
        ("changed", "input", "quantity"),
        ("removed", "output", "level"),
    ]
    assert [each["field"] for each in diff["settings"]] == ["hit_policy", "default_outputs"]
    assert diff_tables(state, PRICING)["columns"][-1]["change"] == "added"


@given(order=st.permutations([f"r{at}" for at in range(8)]))
@settings(max_examples=60, deadline=None)
def test_the_others_keep_their_order(order: list[str]) -> None:
    old = {"rules": [{"id": f"r{at}"} for at in range(8)]}
    moved = {each["rule_id"] for each in diff_tables(old, {"rules": [{"id": name} for name in order]})["rules"]}
    still = [name for name in order if name not in moved]
    assert still == sorted(still) and (moved or order == sorted(order))

"""Names in cells that no input has."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.verification.findings import Finding
from tests.decision_tables.verification.small import condition, rule, table, verified

COLUMNS = [
    {"name": "n", "type": "number"},
    {"name": "tier", "type": "string", "expression": "customer.tier"},
]


def warnings(*rules: dict[str, Any]) -> list[Finding]:
    return verified(table(*rules, columns=COLUMNS)).of("types").findings


def asks(rule_id: str, text: str, **outputs: Any) -> dict[str, Any]:
    return rule(rule_id, {"column": "n", "feel": text}, **outputs)


def test_a_name_that_is_no_input_is_told_with_its_cell() -> None:
    (told,) = warnings(rule("r1", o={"feel": "nosuch * 2"}))
    assert (told.kind, told.severity, told.cells) == ("type_error", "warning", (("r1", "o"),))
    assert told.message == "The cell o of rule r1 uses the name “nosuch”, which is no input of this table."


def test_all_cells_with_the_name_are_told_at_once() -> None:
    (told,) = warnings(
        asks("a", "> abc", o={"feel": "abc"}),
        asks("b", "> abc"),
        asks("c", "-"),
        {**rule("d", o={"feel": "abc"}), "enabled": False},
    )
    assert told.cells == (("a", "n"), ("a", "o"), ("b", "n"))
    assert told.rules == ("a", "b")
    assert told.message.startswith("3 cells use the name “abc”")


@pytest.mark.parametrize("text", ["> n", "? > max(n, 2)", "customer.tier = tier", "some x in [1, 2] satisfies x = ?"])
def test_names_that_mean_something_are_not_told(text: str) -> None:
    assert warnings(asks("r", text), rule("q", condition("n", "==", 1), o=2)) == []


def test_other_names_of_a_filter_may_be_entries() -> None:
    assert warnings(rule("r", o={"feel": "count(customer.orders[amount > n])"})) == []

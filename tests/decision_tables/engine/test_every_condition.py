"""Every operator of every type with every sample value, alone and in pairs, against every sample input."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from apps.decision_tables.engine.columns import OPERATORS_OF, ORDERING
from apps.decision_tables.engine.compiling import compile_table
from apps.decision_tables.engine.reading import read_table
from tests.decision_tables.engine.oracle import FEEL, SAMPLES, holds, known
from tests.decision_tables.engine.strategies import KINDS_WITH_ORDER

Conditions = list[dict[str, Any]]


def conditions(column_type: str) -> Conditions:
    """All that a cell of the type can say about the samples."""
    samples = [sample for sample, _ in SAMPLES[column_type]]
    ordered = [sample for sample, (kind, _) in SAMPLES[column_type] if kind in KINDS_WITH_ORDER]
    texts = [sample for sample, _ in SAMPLES["string"]]
    ends = [
        [low, high]
        for low, high in product(ordered, ordered)
        if known(low, column_type)[0] == known(high, column_type)[0]
    ]
    lists: list[Any] = [[], samples, *([sample] for sample in samples)]
    values: dict[str, list[Any]] = {"==": [None, *samples], "!=": [None, *samples], "isEmpty": [None]}
    values |= {"isNotEmpty": [None], "between": ends, "notBetween": ends, **dict.fromkeys(ORDERING, ordered)}
    values |= dict.fromkeys(("in", "notIn"), lists)
    values |= dict.fromkeys(("startsWith", "endsWith"), texts)
    values["contains"] = texts if column_type == "string" else [sample for sample, _ in SAMPLES["any"]]
    found = [
        {"column": "a", "operator": operator, "value": value}
        for operator in sorted(OPERATORS_OF[column_type] - {"matches"})
        for value in values[operator]
    ]
    return found + [{"column": "a", "feel": text} for text, _ in FEEL.get(column_type, ())]


def document(column_type: str, cells: list[Conditions]) -> dict[str, Any]:
    return {
        "hit_policy": "RULE_ORDER",
        "input_columns": [{"name": "a", "type": column_type}],
        "rules": [{"id": f"r{at}", "conditions": cell} for at, cell in enumerate(cells)],
    }


def held(column_type: str, cells: list[Conditions], value: Any) -> list[str]:
    return [f"r{at}" for at, cell in enumerate(cells) if all(holds(one, value, column_type) for one in cell)]


@pytest.mark.parametrize("column_type", sorted(SAMPLES))
def test_each_condition_alone(column_type: str) -> None:
    for one in (conditions(column_type)[at::4] for at in range(4)):
        cells = [[condition] for condition in one]
        compiled = compile_table(read_table(document(column_type, cells)))
        for value in (None, *(sample for sample, _ in SAMPLES[column_type])):
            assert compiled.evaluate({"a": value}).rule_ids == held(column_type, cells, value), value


@pytest.mark.parametrize("memory", [0, 1 << 20])
@pytest.mark.parametrize("column_type", sorted(SAMPLES))
def test_pairs_of_conditions_must_both_hold(column_type: str, memory: int) -> None:
    some = conditions(column_type)
    cells = [[one, other] for one, other in zip(some, some[7::5] + some, strict=False)]
    compiled = compile_table(read_table(document(column_type, cells)), mask_bytes=memory)
    for value in (None, *(sample for sample, _ in SAMPLES[column_type])):
        assert compiled.evaluate({"a": value}).rule_ids == held(column_type, cells, value), value


@pytest.mark.parametrize("column_type", sorted(SAMPLES))
def test_columns_of_equality_alone_answer_by_a_dictionary(column_type: str) -> None:
    cells = [[one] for one in conditions(column_type) if one.get("operator") in ("==", "!=", "in", "notIn", "isEmpty")]
    for memory in (0, 1 << 20):
        compiled = compile_table(read_table(document(column_type, cells)), mask_bytes=memory)
        for value in (None, *(sample for sample, _ in SAMPLES[column_type])):
            assert compiled.evaluate({"a": value}).rule_ids == held(column_type, cells, value), value

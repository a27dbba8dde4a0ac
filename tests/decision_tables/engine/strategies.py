"""Random tables and inputs, of every type, operator and policy."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from apps.decision_tables.engine.columns import HIT_POLICIES, OPERATORS_OF
from tests.decision_tables.engine.oracle import FEEL, SAMPLES

ALLOWED = [30, 10, 20]
KINDS_WITH_ORDER = {"s", "n", "d", "dt", "t", "dd", "ym"}


def values(column_type: str) -> st.SearchStrategy[Any]:
    """Values of a type."""
    return st.sampled_from([sample for sample, _ in SAMPLES[column_type]])


def ordered(column_type: str, kinds: set[str]) -> st.SearchStrategy[Any]:
    """Values of these kinds."""
    return st.sampled_from([sample for sample, (kind, _) in SAMPLES[column_type] if kind in kinds])


@st.composite
def conditions(draw: st.DrawFn, name: str, column_type: str) -> dict[str, Any]:
    """A condition that the column can have."""
    if column_type in FEEL and draw(st.integers(0, 3)) == 0:
        return {"column": name, "feel": draw(st.sampled_from(FEEL[column_type]))[0]}
    operator = draw(st.sampled_from(sorted(OPERATORS_OF[column_type] - {"matches"})))
    condition = {"column": name, "operator": operator}
    if operator in ("isEmpty", "isNotEmpty"):
        return condition
    return {**condition, "value": draw(_value(operator, column_type))}


def _value(operator: str, column_type: str) -> st.SearchStrategy[Any]:
    if operator in ("==", "!="):
        return st.none() | values(column_type)
    if operator in ("in", "notIn"):
        return st.lists(values(column_type), max_size=4)
    if operator in ("startsWith", "endsWith") or (operator == "contains" and column_type == "string"):
        return values("string")
    if operator == "contains":
        return values("any")
    if operator in ("between", "notBetween"):
        kinds = sorted({kind for _, (kind, _) in SAMPLES[column_type]} & KINDS_WITH_ORDER)
        return st.sampled_from(kinds).flatmap(
            lambda kind: st.tuples(ordered(column_type, {kind}), ordered(column_type, {kind})).map(list)
        )
    return ordered(column_type, KINDS_WITH_ORDER)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """A whole document with two input and two output columns."""
    types = draw(st.lists(st.sampled_from(sorted(SAMPLES)), min_size=2, max_size=2))
    columns = [{"name": name, "type": kind} for name, kind in zip("ab", types, strict=True)]
    outputs = st.fixed_dictionaries({}, optional={"x": st.sampled_from(ALLOWED), "y": st.sampled_from([None, 1, 2])})
    one = st.one_of(*(conditions(column["name"], column["type"]) for column in columns))
    rules = draw(st.lists(st.tuples(st.lists(one, max_size=2), outputs, st.integers(0, 3), st.booleans()), max_size=6))
    policy = draw(st.sampled_from(HIT_POLICIES))
    return {
        "schema_version": 1,
        "hit_policy": policy,
        "aggregation": draw(st.sampled_from([None, "list", "sum", "min", "max", "count"])),
        "input_columns": columns,
        "output_columns": [{"name": "x", "type": "number", "allowed_values": ALLOWED}, {"name": "y", "type": "number"}],
        "rules": [
            {
                "id": f"r{at}",
                "conditions": tests,
                "outputs": given,
                "priority": priority,
                "enabled": enabled or at % 2 == 0,
            }
            for at, (tests, given, priority, enabled) in enumerate(rules)
        ],
        "default_outputs": draw(st.sampled_from([{}, {"x": 10}])),
        "metadata": {},
        "requires": [],
    }


@st.composite
def inputs_of(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """Inputs for a table: mostly of the right type, some null, some of another type, some left out."""
    found = {}
    for column in document["input_columns"]:
        kind = draw(st.sampled_from([column["type"]] * 6 + ["any", "null", "missing"]))
        if kind != "missing":
            found[column["name"]] = None if kind == "null" else draw(values(kind))
    return found

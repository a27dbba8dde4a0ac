"""Small random tables, and a plain reading of them over a few values that stand for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from hypothesis import strategies as st

from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.engine.verification.findings import Verification
from apps.decision_tables.engine.verification.verifying import verify

Inputs = dict[str, Any]
VALUES: dict[str, list[Any]] = {
    "n": [-1, 0, 0.5, 1, 1.5, 2, 2.5],
    "s": ["", "A", "a", "aZ", "ab", "b", "bz", "xb", "xab", "zz", "aza", "aba", "az"],
    "b": [True, False],
    "m": [1, 3],
}
COLUMNS = [
    {"name": "n", "type": "number"},
    {"name": "s", "type": "string"},
    {"name": "b", "type": "boolean"},
    {"name": "m", "type": "number", "allowed_values": [1, 3]},
]


def condition(column: str, operator: str, value: Any = None) -> dict[str, Any]:
    entry = {"column": column, "operator": operator}
    return entry if operator in ("isEmpty", "isNotEmpty") else {**entry, "value": value}


def rule(rule_id: str, *conditions: dict[str, Any], **outputs: Any) -> dict[str, Any]:
    return {"id": rule_id, "conditions": list(conditions), "outputs": outputs}


def table(*rules: dict[str, Any], columns: Any = COLUMNS, **members: Any) -> dict[str, Any]:
    outputs = [{"name": "o", "type": "number"}]
    return {"input_columns": columns, "output_columns": outputs, "rules": list(rules), **members}


def verified(document: dict[str, Any], seconds: float = 5.0) -> Verification:
    return verify(read_table(document), budget_seconds=seconds)


def found(document: dict[str, Any], check: str) -> list[Any]:
    return [(each.kind, each.severity, *each.rules) for each in verified(document).of(check).findings]


def holds(entry: dict[str, Any], value: Any) -> bool:
    operator, wanted = entry["operator"], entry.get("value")
    if operator == "isEmpty":
        return value is None or value == ""
    if operator == "isNotEmpty":
        return value is not None and value != ""
    if value is None:
        return bool(operator == "==" and wanted is None)
    if wanted is None:
        return bool(operator == "!=")
    return _TESTS[operator](value, wanted)


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda value, wanted: bool(value == wanted),
    "!=": lambda value, wanted: bool(value != wanted),
    "<": lambda value, wanted: bool(value < wanted),
    "<=": lambda value, wanted: bool(value <= wanted),
    ">": lambda value, wanted: bool(value > wanted),
    ">=": lambda value, wanted: bool(value >= wanted),
    "in": lambda value, wanted: value in wanted,
    "notIn": lambda value, wanted: value not in wanted,
    "between": lambda value, wanted: bool(wanted[0] <= value <= wanted[1]),
    "startsWith": lambda value, wanted: str(value).startswith(wanted),
    "contains": lambda value, wanted: wanted in value,
    "endsWith": lambda value, wanted: str(value).endswith(wanted),
}


def matching(document: dict[str, Any], inputs: Inputs) -> list[str]:
    """The enabled rules that match, by the words of the specification."""
    return [
        each["id"]
        for each in document["rules"]
        if each.get("enabled", True) and all(holds(entry, inputs.get(entry["column"])) for entry in each["conditions"])
    ]


def all_inputs(document: dict[str, Any]) -> Iterator[Inputs]:
    """Inputs of every kind; null where a rule asks for it."""
    entries = [entry for each in document["rules"] if each.get("enabled", True) for entry in each["conditions"]]
    asked = {e["column"] for e in entries if e["operator"] in ("isEmpty", "isNotEmpty") or e.get("value") is None}
    values = [VALUES[name] + ([None] if name in asked else []) for name in VALUES]
    return (dict(zip(VALUES, row, strict=True)) for row in product(*values))


NUMBERS, TEXTS = st.sampled_from([0, 1, 2]), st.sampled_from(["", "a", "ab", "b"])
CONDITIONS = st.one_of(
    st.builds(lambda o, v: condition("n", o, v), st.sampled_from(["==", "!=", "<", ">="]), NUMBERS),
    st.builds(lambda a, b: condition("n", "between", [a, b]), NUMBERS, NUMBERS),
    st.builds(lambda o, v: condition("s", o, v), st.sampled_from(["==", "!=", "<", ">=", "startsWith"]), TEXTS),
    st.builds(lambda o, v: condition("s", o, v), st.sampled_from(["in", "notIn"]), st.lists(TEXTS, max_size=2)),
    st.builds(lambda v: condition("b", "==", v), st.booleans() | st.none()),
    st.builds(lambda o, v: condition("m", o, v), st.sampled_from(["==", "!=", "<"]), st.sampled_from([1, 2, 3])),
    st.builds(condition, st.sampled_from(["n", "s", "b"]), st.sampled_from(["isEmpty", "isNotEmpty"])),
)
ASKING = st.builds(lambda o, v: condition("s", o, v), st.sampled_from(["contains", "endsWith"]), st.sampled_from("ab"))


def documents(conditions: st.SearchStrategy[Any] = CONDITIONS, **members: Any) -> st.SearchStrategy[dict[str, Any]]:
    rows = st.lists(st.tuples(st.lists(conditions, max_size=3), st.integers(0, 2), st.booleans()), max_size=7)
    return rows.map(
        lambda found: table(
            *(
                {**rule(f"r{at}", *held, o=out), "enabled": on or at % 2 == 0}
                for at, (held, out, on) in enumerate(found)
            ),
            **members,
        )
    )

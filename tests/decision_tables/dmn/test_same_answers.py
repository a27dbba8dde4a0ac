"""An exported table means what it meant: the DMN engine and the engine of our tables give the same answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.compiling import CompiledTable, compile_table
from apps.decision_tables.engine.dmn.evaluation import DmnModel
from apps.decision_tables.engine.faults import EvaluationError
from apps.decision_tables.engine.feel.jsonvalues import from_json, to_json
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.interchange.dmn.reading import read_definitions
from apps.decision_tables.interchange.dmn.tables import write_dmn

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "number": st.one_of(st.integers(-3, 3), st.sampled_from([0.5, -1.25])),
    "string": st.sampled_from(["", "a", "b", "abc"]),
    "boolean": st.booleans(),
    "date": st.sampled_from(["2026-01-01", "2026-01-02", "2025-12-31"]),
    "datetime": st.sampled_from(["2026-01-01T10:00:00Z", "2026-01-01T11:00:00+01:00", "2026-01-02T00:00:00Z"]),
    "time": st.sampled_from(["10:00:00", "11:30:00"]),
    "duration": st.sampled_from(["P1D", "PT24H", "PT1H"]),
}
FEEL = {
    "number": ["< 2", "[-1..2)", "not(1)", "1, 2", "null", "? * 2 > 1", "-"],
    "string": ['"a","b"', 'not("a")', "string length(?) > 1", "null"],
}
POLICIES = ["FIRST", "UNIQUE", "ANY", "PRIORITY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"]


@st.composite
def cells(draw: st.DrawFn, column: str, kind: str) -> dict[str, Any]:
    value = VALUES[kind]
    choices: list[st.SearchStrategy[Any]] = [
        st.fixed_dictionaries({"operator": st.sampled_from(["isEmpty", "isNotEmpty"])}),
        st.fixed_dictionaries({"operator": st.sampled_from(["==", "!="]), "value": st.one_of(st.none(), value)}),
        st.fixed_dictionaries({"operator": st.sampled_from(["in", "notIn"]), "value": st.lists(value, max_size=3)}),
    ]
    if kind != "boolean":
        order = st.sampled_from([">", ">=", "<", "<="])
        choices.append(st.fixed_dictionaries({"operator": order, "value": value}))
        ends = st.lists(value, min_size=2, max_size=2)
        choices.append(st.fixed_dictionaries({"operator": st.sampled_from(["between", "notBetween"]), "value": ends}))
    if kind == "string":
        textual = st.sampled_from(["contains", "startsWith", "endsWith", "matches"])
        choices.append(st.fixed_dictionaries({"operator": textual, "value": st.sampled_from(["a", "bc"])}))
    if kind in FEEL:
        choices.append(st.fixed_dictionaries({"feel": st.sampled_from(FEEL[kind])}))
    return {"column": column, **draw(st.one_of(choices))}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    kinds = [draw(st.sampled_from(sorted(VALUES))) for _ in range(2)]
    columns = [{"name": f"in {number}", "type": kind} for number, kind in enumerate(kinds)]
    rules = []
    for number in range(draw(st.integers(0, 4))):
        conditions = [
            draw(cells(column["name"], column["type"])) for column in columns for _ in range(draw(st.integers(0, 2)))
        ]
        outputs = {"out": draw(st.integers(0, 2))}
        priority, enabled = draw(st.integers(1, 3)), draw(st.integers(0, 9)) > 0
        rule = {"id": f"r{number}", "conditions": conditions, "outputs": outputs, "priority": priority}
        rules.append({**rule, "enabled": enabled})
    output: dict[str, Any] = {"name": "out", "type": "number"}
    if draw(st.booleans()):
        output["allowed_values"] = [2, 0, 1]
    policy = draw(st.sampled_from(POLICIES))
    aggregation = draw(st.sampled_from([None, "sum", "min", "max", "count"])) if policy == "COLLECT" else None
    defaults = draw(st.sampled_from([{}, {"out": 1}]))
    return {"hit_policy": policy, "aggregation": aggregation, "input_columns": columns, "output_columns": [output],
            "rules": rules, "default_outputs": defaults}  # fmt: skip


def ours(table: CompiledTable, inputs: dict[str, Any], has_default: bool) -> Any:
    try:
        found = table.evaluate(inputs)
    except EvaluationError:
        return None
    return found.outputs.get("out") if found.matched or has_default else None


def theirs(model: DmnModel, document: dict[str, Any], inputs: dict[str, Any]) -> Any:
    kinds = {column["name"]: column["type"] for column in document["input_columns"]}
    values = {name: None if value is None else from_json(value, kinds[name]) for name, value in inputs.items()}
    found = to_json(model.decide("T", values))
    nothing: Any = [] if document["aggregation"] is None else Decimal(0) if document["aggregation"] == "count" else None
    return None if document["hit_policy"] == "COLLECT" and found == nothing else found


@settings(max_examples=50, deadline=None)
@given(document=tables(), data=st.data())
def test_both_engines_agree(document: dict[str, Any], data: st.DataObject) -> None:
    table = compile_table(read_table(document))
    model = DmnModel(read_definitions(write_dmn(document, "t", "T")))
    for _ in range(3):
        inputs = {
            column["name"]: data.draw(st.one_of(st.none(), VALUES[column["type"]]))
            for column in document["input_columns"]
        }
        assert ours(table, inputs, bool(document["default_outputs"])) == theirs(model, document, inputs)
